"""The record kinds ``office_policy`` and ``access_event``."""

from __future__ import annotations

from enum import StrEnum

from inspection.administration.models import AccessEvent, OfficePolicy
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.people.permissions import Role


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


class OfficePolicySchema(fields.RecordSchema):
    """The rules of an office. A field that nobody has set has the product's own value."""

    second_factor_roles = fields.Choices(Role)
    session_hours = fields.Whole(minimum=1, maximum=24)


class AccessEventSchema(fields.RecordSchema):
    """Written once and never changed."""

    act = fields.Choice(Act, required=True)
    person = fields.Identifier()
    device = fields.Identifier()
    note = fields.Text(maximum=300)


registry.add(
    Kind(name="office_policy", scope="administration", schema=OfficePolicySchema, model=OfficePolicy)
)
registry.add(
    Kind(
        name="access_event",
        scope="administration",
        schema=AccessEventSchema,
        model=AccessEvent,
        fixed=("act", "person", "device", "note"),
    )
)
