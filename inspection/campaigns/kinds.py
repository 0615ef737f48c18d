"""The record kinds ``campaign`` and ``assignment``."""

from __future__ import annotations

from inspection.campaigns.models import Assignment, Campaign
from inspection.campaigns.rules import CampaignType, Duty, Occasion
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry


class CampaignSchema(fields.RecordSchema):
    """A round of inspections ordered by one decision; its record id names the scope of its visits."""

    jurisdiction = fields.Identifier(required=True)
    name = fields.Text(required=True, maximum=300)
    campaign_type = fields.Choice(CampaignType, required=True)
    occasion = fields.Choice(Occasion)
    decision_number = fields.Text(maximum=100)
    decision_date = fields.Date()
    legal_basis = fields.Text(maximum=4000)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    agencies = fields.Identifiers()
    units = fields.Identifiers()
    checklists = fields.Identifiers()
    complaint = fields.Identifier()


class AssignmentSchema(fields.RecordSchema):
    """A person's place in a team. Leaving is voiding."""

    campaign = fields.Identifier(required=True)
    person = fields.Identifier(required=True)
    agency = fields.Identifier()
    duty = fields.Choice(Duty, required=True)
    team = fields.Text(maximum=100)


registry.add(
    Kind(
        name="campaign",
        scope="campaign",
        schema=CampaignSchema,
        model=Campaign,
        opens_scope=True,
        fixed=("jurisdiction",),
    )
)
registry.add(
    Kind(name="assignment", scope="campaign", schema=AssignmentSchema, model=Assignment, parent="campaign")
)
