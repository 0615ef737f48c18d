"""The record kinds ``unit``, ``establishment`` and ``distinction``."""

from __future__ import annotations

from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.places.models import Distinction, Establishment, Unit
from inspection.places.rules import EstablishmentType, Level, Risk


class UnitSchema(fields.RecordSchema):
    """An administrative unit. ``valid_to`` is its last day; ``predecessors`` are ids of units."""

    code = fields.Text(required=True, maximum=20)
    name = fields.Text(required=True, maximum=200)
    name_en = fields.Text(maximum=200)
    level = fields.Choice(Level, required=True)
    parent = fields.Identifier()
    valid_from = fields.Date(required=True)
    valid_to = fields.Date()
    predecessors = fields.Identifiers()
    source = fields.Text(maximum=1000)
    verified = fields.Text(maximum=200)


class EstablishmentSchema(fields.RecordSchema):
    """A place of production or trade. Coordinates in degrees (WGS 84), accuracy in metres. ``merged_into`` names the
    record of the same place that it was found to repeat."""

    name = fields.Text(required=True, maximum=300)
    address = fields.Text(maximum=500)
    unit = fields.Identifier()
    owner = fields.Text(maximum=200)
    licence_number = fields.Text(maximum=100)
    establishment_type = fields.Choice(EstablishmentType, required=True)
    risk = fields.Choice(Risk)
    phone = fields.Text(maximum=50)
    latitude = fields.Amount(minimum="-90", maximum="90", places=8)
    longitude = fields.Amount(minimum="-180", maximum="180", places=8)
    accuracy = fields.Amount(minimum="0", places=3)
    operating = fields.Flag()
    external_id = fields.Text(maximum=100)
    merged_into = fields.Identifier()


class DistinctionSchema(fields.RecordSchema):
    """Somebody looked at two establishments that look alike and found that they are two."""

    first = fields.Identifier(required=True)
    second = fields.Identifier(required=True)


registry.add(Kind(name="unit", scope="reference", schema=UnitSchema, model=Unit))
ESTABLISHMENT = registry.add(
    Kind(
        name="establishment",
        scope="establishments",
        schema=EstablishmentSchema,
        model=Establishment,
        groups={"position": ("latitude", "longitude", "accuracy")},
    )
)
registry.add(
    Kind(
        name="distinction",
        scope="establishments",
        schema=DistinctionSchema,
        model=Distinction,
        fixed=("first", "second"),
    )
)
