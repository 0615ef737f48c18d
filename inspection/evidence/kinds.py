"""The record kind ``evidence``. It belongs to a visit: a petition's papers name its writer, and what names a
petitioner is kept sealed (:mod:`inspection.complaints.attachments`), never among these."""

from __future__ import annotations

from inspection.evidence.models import Evidence
from inspection.evidence.rules import LARGEST, MediaType
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry


class EvidenceSchema(fields.RecordSchema):
    """A file of a visit; ``size`` in bytes, coordinates in degrees (WGS 84), accuracy in metres."""

    visit = fields.Identifier(required=True)
    subject = fields.Identifier()
    sha256 = fields.Sha256(required=True, maximum=64)
    size = fields.Whole(required=True, minimum=1, maximum=LARGEST)
    media_type = fields.Choice(MediaType, required=True)
    taken_at = fields.Timestamp()
    latitude = fields.Amount(minimum="-90", maximum="90", places=8)
    longitude = fields.Amount(minimum="-180", maximum="180", places=8)
    accuracy = fields.Amount(minimum="0", places=3)
    caption = fields.Text(maximum=1000)
    stored = fields.Flag()


registry.add(
    Kind(
        name="evidence",
        scope="campaign",
        schema=EvidenceSchema,
        model=Evidence,
        parent="visit",
        groups={"position": ("latitude", "longitude", "accuracy")},
        fixed=("sha256", "size", "media_type"),
        server_fields=frozenset({"stored"}),
    )
)
