"""The record kinds ``campaign``, ``assignment`` and ``target``."""

from __future__ import annotations

from inspection.campaigns.belonging import CAMPAIGNS
from inspection.campaigns.models import Assignment, Campaign, Target
from inspection.campaigns.rules import CampaignType, Duty, Occasion, TargetReason
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.people.belonging import belonging


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


class TargetSchema(fields.RecordSchema):
    """An establishment that the campaign means to visit. Its id is derived, see ``rules.target_id``; taking it off the
    list is voiding."""

    campaign = fields.Identifier(required=True)
    establishment = fields.Identifier(required=True)
    team = fields.Text(maximum=100)
    planned_on = fields.Date()
    reason = fields.Choice(TargetReason)
    note = fields.Text(maximum=1000)


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
registry.add(
    Kind(
        name="target",
        scope="campaign",
        schema=TargetSchema,
        model=Target,
        parent="campaign",
        fixed=("establishment",),
    )
)
belonging["campaign"] = CAMPAIGNS
