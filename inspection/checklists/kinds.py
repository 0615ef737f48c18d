"""The record kinds ``checklist`` and ``violation_type``."""

from __future__ import annotations

from inspection.checklists.models import Checklist, ViolationType
from inspection.checklists.rules import Domain, Payer
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.places.rules import EstablishmentType, Risk


class ChecklistSchema(fields.RecordSchema):
    """One edition of a domain's checklist. The shape of ``items`` is described beside the data files."""

    code = fields.Text(required=True, maximum=50)
    domain = fields.Choice(Domain, required=True)
    edition = fields.Whole(minimum=1, required=True)
    title_vi = fields.Text(required=True, maximum=300)
    title_en = fields.Text(required=True, maximum=300)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date()
    items = fields.Document(required=True)
    establishment_types = fields.Choices(EstablishmentType)
    risk_groups = fields.Choices(Risk)
    source = fields.Text(maximum=4000)


class ViolationTypeSchema(fields.RecordSchema):
    """An act of the violation catalogue; amounts in whole dong as the decree states them for ``fine_for``."""

    code = fields.Text(required=True, maximum=50)
    domain = fields.Choice(Domain, required=True)
    name_vi = fields.Text(required=True, maximum=1000)
    name_en = fields.Text(maximum=1000)
    legal_basis = fields.Text(required=True, maximum=1000)
    fine_for = fields.Choice(Payer)
    fine_minimum = fields.Whole()
    fine_maximum = fields.Whole()
    tiers = fields.Document()
    measures = fields.Document()
    verified = fields.Text(required=True, maximum=200)
    source = fields.Text(maximum=4000)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date()


registry.add(Kind(name="checklist", scope="reference", schema=ChecklistSchema, model=Checklist))
registry.add(
    Kind(
        name="violation_type",
        scope="reference",
        schema=ViolationTypeSchema,
        model=ViolationType,
        groups={"fine": ("fine_minimum", "fine_maximum")},
    )
)
