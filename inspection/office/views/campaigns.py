"""Campaigns: the list, one campaign with its visits and team, planning a new one."""

from __future__ import annotations

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import db
from inspection.campaigns.models import Campaign
from inspection.campaigns.rules import is_running
from inspection.complaints.inspections import cases_behind
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.options import options_for, today
from inspection.office.reads import campaigns as reads
from inspection.office.reads.conflict_views import conflict_views
from inspection.office.views.guards import page_number, readable
from inspection.office.writing import change, field_problems, once, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.visits import pairs

CAMPAIGNS_A_PAGE = 50

CAMPAIGN_FIELDS = (
    "name",
    "campaign_type",
    "occasion",
    "decision_number",
    "decision_date",
    "legal_basis",
    "starts_on",
    "ends_on",
    "agencies",
    "units",
    "checklists",
)


@blueprint.get("/campaigns")
@require_page(Permission.READ_CAMPAIGNS)
def campaigns() -> ResponseReturnValue:
    """Every campaign the reader may see, running ones first, page by page."""
    day, page = today(), page_number()
    found = reads.campaigns_in(db.session(), caller().grants.scopes)
    found.sort(key=lambda one: not is_running(one.starts_on, one.ends_on, day))
    shown = found[(page - 1) * CAMPAIGNS_A_PAGE : page * CAMPAIGNS_A_PAGE]
    return render_template(
        "office/campaigns.html",
        running=[one for one in shown if is_running(one.starts_on, one.ends_on, day)],
        others=[one for one in shown if not is_running(one.starts_on, one.ends_on, day)],
        counts=reads.counts_of(db.session(), shown),
        page=page,
        pages=-(-len(found) // CAMPAIGNS_A_PAGE),
        total=len(found),
    )


@blueprint.get("/campaigns/<uuid:record>")
@require_page(Permission.READ_CAMPAIGNS)
def campaign(record: uuid.UUID) -> ResponseReturnValue:
    """One campaign: how far it is, its visits, its team, what people disagree about."""
    session = db.session()
    view = readable(session, record, "campaign")
    row = session.get_one(Campaign, record)
    page = page_number()
    lines, total = reads.visits_of(session, record, page)
    grants = caller().grants
    return render_template(
        "office/campaign.html",
        campaign=row,
        view=view,
        counts=reads.counts_of(session, [row])[record],
        lines=lines,
        total=total,
        page=page,
        pages=-(-total // reads.VISITS_A_PAGE),
        team=reads.team_of(session, record),
        people=options_for(session, "person") if grants.may(Verb.CREATE, "assignment", row.scope) else [],
        conflicts=conflict_views(session, reads.conflicts_in(session, row.scope), caller().language),
        may_edit=grants.may(Verb.EDIT, "campaign", row.scope),
        may_assign=grants.may(Verb.CREATE, "assignment", row.scope),
        running=is_running(row.starts_on, row.ends_on, today()),
        same=len(pairs.proposals(session, record)),
        late=len(pairs.late(session, record)),
        cases=cases_behind(session, row) if grants.holds(Permission.READ_REGISTER) else [],
    )


def _shape() -> record_forms.Shape:
    session = db.session()
    pointers = {
        name: options_for(session, kind) for name, kind in (("agencies", "agency"), ("units", "unit"))
    }
    pointers["checklists"] = options_for(session, "checklist")
    return record_forms.Shape(registry["campaign"], CAMPAIGN_FIELDS, pointers)


@blueprint.get("/campaigns/new")
@require_page(Permission.PLAN_CAMPAIGNS)
def new_campaign() -> ResponseReturnValue:
    """The form of a new campaign."""
    shape = _shape()
    chosen = {name: [one for one, _ in shape.options[name]] for name in ("agencies", "checklists")}
    built = record_forms.build(shape, {"campaign_type": "periodic", **chosen}, caller().language)
    return render_template("office/campaign_new.html", fields=built, problem=None, once=uuid7())


@blueprint.post("/campaigns/new")
@require_page(Permission.PLAN_CAMPAIGNS)
def create_campaign() -> ResponseReturnValue:
    """Plan a campaign; its id opens the scope in which its visits will travel."""
    shape, language = _shape(), caller().language
    entered = record_forms.posted(shape, request.form)
    problems = record_forms.problems(shape, entered, language, creating=True)
    words = None
    if not problems:
        values = {name: value for name, value in entered.items() if value is not None}
        key = once(values)
        record = uuid.uuid5(caller().person, f"campaign\n{key}") if key else uuid7()
        values["jurisdiction"] = str(caller().grants.jurisdiction)
        try:
            tell(change(kind="campaign", scope=f"campaign:{record}", record=record, fields=values))
            return redirect(url_for("office.campaign", record=record))
        except Refusal as refusal:
            if db.session().get(Campaign, record) is not None:  # the same form, sent twice at once
                return redirect(url_for("office.campaign", record=record))
            problems, words = field_problems(refusal), words_of(refusal)
    built = record_forms.build(shape, entered, language, problems)
    return render_template("office/campaign_new.html", fields=built, problem=words, once=uuid7()), 422
