"""The record kinds ``agency``, ``person``, ``recovery``, ``erasure`` and ``office_policy``."""

from __future__ import annotations

from enum import StrEnum

from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.people.models import Agency, Erasure, OfficePolicy, Person, Recovery
from inspection.people.permissions import Role


class AgencyCode(StrEnum):
    """The agencies of an interagency team: police, market surveillance, the economy and infrastructure
    office, the health office, the district medical centre."""

    POLICE = "police"
    MARKET = "market"
    ECONOMY = "economy"
    HEALTH = "health"
    MEDICAL = "medical"


class AgencySchema(fields.RecordSchema):
    """An agency that sends people into teams."""

    code = fields.Choice(AgencyCode, required=True)
    name_vi = fields.Text(required=True, maximum=200)
    name_en = fields.Text(required=True, maximum=200)


class PersonSchema(fields.RecordSchema):
    """Somebody who works with the system. Somebody who left is not active, and is never removed: his work
    stays signed."""

    full_name = fields.Text(required=True, maximum=200)
    agency = fields.Identifier()
    roles = fields.Choices(Role, required=True)
    position = fields.Text(maximum=200)
    email = fields.Email()
    active = fields.Flag(required=True)


class RecoverySchema(fields.RecordSchema):
    """One opening of a phone's sealed work at the office. Written once, never changed."""

    device = fields.Identifier(required=True)
    person = fields.Identifier(required=True)
    sha256 = fields.Text(required=True, maximum=64)
    reason = fields.Text(required=True, maximum=2000)


class ErasureSchema(fields.RecordSchema):
    """A value was erased under the law; written by the server alone (:mod:`inspection.journal.erasure`)."""

    record = fields.Identifier(required=True)
    kind = fields.Text(required=True, maximum=32)
    field = fields.Text(required=True, maximum=64)
    basis = fields.Text(required=True, maximum=500)


class OfficePolicySchema(fields.RecordSchema):
    """The rules of an office. A field that nobody has set has the product's own value."""

    second_factor_roles = fields.Choices(Role)
    session_hours = fields.Whole(minimum=1, maximum=24)


registry.add(
    Kind(
        name="erasure",
        scope="reference",
        schema=ErasureSchema,
        model=Erasure,
        fixed=("record", "kind", "field", "basis"),
    )
)
registry.add(
    Kind(name="agency", scope="reference", schema=AgencySchema, model=Agency, parent=None, groups={})
)
registry.add(
    Kind(name="person", scope="reference", schema=PersonSchema, model=Person, parent=None, groups={})
)
registry.add(
    Kind(
        name="recovery",
        scope="reference",
        schema=RecoverySchema,
        model=Recovery,
        parent=None,
        groups={},
        fixed=("device", "person", "sha256", "reason"),
    )
)
registry.add(
    Kind(name="office_policy", scope="administration", schema=OfficePolicySchema, model=OfficePolicy)
)
