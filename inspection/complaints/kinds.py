"""The record kinds ``complaint`` and ``identity_opening``. The petitioner's identity is not a field of either and never
becomes one."""

from __future__ import annotations

from inspection.complaints.intake import attach, prepare, seal, unseal
from inspection.complaints.models import Complaint, IdentityOpening
from inspection.complaints.rules import Channel, Field, Outcome, PetitionerType, PetitionKind, Status
from inspection.complaints.sealing import well_formed
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry


class ComplaintSchema(fields.RecordSchema):
    """One petition. ``register_number`` and ``register_year`` are given by the server when the record is created."""

    jurisdiction = fields.Identifier(required=True)
    petition_kind = fields.Choice(PetitionKind, required=True)
    channel = fields.Choice(Channel, required=True)
    received_on = fields.Date(required=True)
    register_number = fields.Whole(minimum=1)
    register_year = fields.Whole(minimum=1900, maximum=9999)
    field = fields.Choice(Field, required=True)
    summary = fields.Text(required=True, maximum=8000)
    establishment = fields.Identifier()
    subject_name = fields.Text(maximum=300)
    unit = fields.Identifier()
    petitioner_type = fields.Choice(PetitionerType)
    people = fields.Whole(minimum=1)
    forwarded_by = fields.Text(maximum=300)
    forwarded_number = fields.Text(maximum=100)
    forwarded_on = fields.Date()
    status = fields.Choice(Status, required=True)
    accepted_on = fields.Date()
    acceptance_number = fields.Text(maximum=100)
    due_on = fields.Date()
    handler = fields.Identifier()
    refusal_reason = fields.Text(maximum=4000)
    refusal_number = fields.Text(maximum=100)
    outcome = fields.Choice(Outcome)
    settled_on = fields.Date()
    decision_number = fields.Text(maximum=100)
    visit = fields.Identifier()
    note = fields.Text(maximum=8000)


class IdentityOpeningSchema(fields.RecordSchema):
    """One opening of a sealed identity by the handler of the case. Written once, never changed."""

    complaint = fields.Identifier(required=True)
    reason = fields.Text(required=True, maximum=2000)


registry.add(
    Kind(
        name="identity_opening",
        scope="complaint",
        schema=IdentityOpeningSchema,
        model=IdentityOpening,
        parent="complaint",
        fixed=("reason",),
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint",
        scope="complaint",
        schema=ComplaintSchema,
        model=Complaint,
        groups={
            "register": ("register_number", "register_year"),
            "acceptance": ("accepted_on", "acceptance_number"),
            "refusal": ("refusal_reason", "refusal_number"),
            "settlement": ("outcome", "settled_on", "decision_number"),
        },
        opens_scope=True,
        fixed=("jurisdiction",),
        server_fields=frozenset({"register_number", "register_year"}),
        prepare=prepare,
        attach=attach,
        sealed_form=well_formed,
        seal=seal,
        unseal=unseal,
    )
)
