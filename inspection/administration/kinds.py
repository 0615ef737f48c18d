"""The record kind ``access_event``."""

from __future__ import annotations

from enum import StrEnum

from inspection.administration.models import AccessEvent
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry


class Act(StrEnum):
    """What can be done to somebody's access."""

    ACCOUNT_CREATED = "account_created"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an act
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an act
    DEVICE_REVOKED = "device_revoked"
    FACTOR_ENROLLED = "factor_enrolled"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_RESET = "factor_reset"
    RECOVERY_USED = "recovery_used"


class AccessEventSchema(fields.RecordSchema):
    """Written once and never changed."""

    act = fields.Choice(Act, required=True)
    person = fields.Identifier()
    device = fields.Identifier()
    note = fields.Text(maximum=300)


registry.add(
    Kind(
        name="access_event",
        scope="administration",
        schema=AccessEventSchema,
        model=AccessEvent,
        fixed=("act", "person", "device", "note"),
    )
)
