"""The target list of a campaign: whom to visit, chosen by risk and time, shared out among the teams."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db
from inspection.campaigns.models import Campaign, Target
from inspection.campaigns.rules import TargetReason, target_id
from inspection.campaigns.targeting import share_out
from inspection.journal import store
from inspection.journal.edit import office_operation
from inspection.office import formats
from inspection.office.blueprint import blueprint, say
from inspection.office.options import options_for, today
from inspection.office.reads import records
from inspection.office.reads import targets as reads
from inspection.office.reads.names import as_ids
from inspection.office.views.guards import must, page_number, readable
from inspection.office.writing import change_all
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.places.rules import EstablishmentType, Risk

CANDIDATES_A_PAGE = 50
MOST_AT_ONCE = 500


@blueprint.get("/campaigns/<uuid:record>/targets")
@require_page(Permission.READ_CAMPAIGNS)
def targets(record: uuid.UUID) -> ResponseReturnValue:
    """The list as it stands and, for who plans, whom to add, the first to visit first."""
    session = db.session()
    campaign = _campaign(record)
    may_plan = caller().grants.may(Verb.CREATE, "target", campaign.scope)
    wanted, page = _wanted(), page_number()
    ranked = reads.candidates(session, campaign, wanted, today()) if may_plan else []
    return render_template(
        "office/targets.html",
        campaign=campaign,
        lines=reads.targets_of(session, campaign),
        version=store.generations(session).version,
        teams=reads.teams_of(session, record),
        may_plan=may_plan,
        wanted=wanted,
        ranked=ranked[(page - 1) * CANDIDATES_A_PAGE : page * CANDIDATES_A_PAGE],
        total=len(ranked),
        page=page,
        pages=-(-len(ranked) // CANDIDATES_A_PAGE),
        units=options_for(session, "unit") if may_plan else [],
        types=[one.value for one in EstablishmentType],
        risks=[one.value for one in Risk],
    )


@blueprint.post("/campaigns/<uuid:record>/targets")
@require_page(Permission.READ_CAMPAIGNS)
def add_targets(record: uuid.UUID) -> ResponseReturnValue:
    """Put the chosen establishments on the list, or the first so many of those that the filter found."""
    session = db.session()
    campaign = _campaign(record)
    must(Verb.CREATE, "target", campaign.scope)
    ranked = {one.candidate.id: one.reason for one in reads.candidates(session, campaign, _wanted(), today())}
    if "first" in request.form:
        count = request.form.get("count", "")
        chosen = list(ranked)[: int(count) if count.isascii() and count.isdigit() else 0]
    else:
        asked = as_ids(request.form.getlist("establishment"))
        chosen = [one for one in ranked if one in asked]
    if not chosen or len(chosen) > MOST_AT_ONCE:
        flash(say("target.choose", most=MOST_AT_ONCE), "warning")
        return _back(record)
    by_hand = "first" not in request.form
    known = records.load_many(session, [target_id(record, one) for one in chosen])
    operations = []
    for one in chosen:
        reason = ranked[one] if not by_hand or ranked[one] is not TargetReason.NEVER else TargetReason.CHOSEN
        fields: dict[str, object] = {"reason": reason.value}
        before = known.get(target_id(record, one))
        if before is None:
            fields |= {"campaign": str(record), "establishment": str(one)}
        else:
            fields |= {"voided": None, "team": None}
        base = before.version if before else "0"
        operations.append(
            office_operation(
                kind="target", scope=campaign.scope, record=target_id(record, one), fields=fields, base=base
            )
        )
    change_all(operations)
    flash(say("target.added", count=len(operations)), "success")
    return _back(record)


@blueprint.post("/campaigns/<uuid:record>/targets/share")
@require_page(Permission.READ_CAMPAIGNS)
def share_targets(record: uuid.UUID) -> ResponseReturnValue:
    """Share the list out among the teams, neighbours together. What was visited already stays with its team."""
    session = db.session()
    campaign = _campaign(record)
    must(Verb.EDIT, "target", campaign.scope)
    teams = reads.teams_of(session, record)
    open_lines = [line for line in reads.targets_of(session, campaign) if line.visit is None]
    if not teams or not open_lines:
        flash(say("target.no_teams" if not teams else "target.nothing_open"), "warning")
        return _back(record)
    versions = {line.target.id: line.target for line in open_lines}
    version = store.generations(session).version
    operations = [
        office_operation(
            kind="target",
            scope=campaign.scope,
            record=target,
            fields={"team": team},
            base=version(versions[target].version),
        )
        for team, share in zip(teams, share_out(reads.spots_of(open_lines), len(teams)), strict=True)
        for target in share
        if versions[target].team != team
    ]
    change_all(operations)
    flash(say("target.shared", count=len(open_lines), teams=len(teams)), "success")
    return _back(record)


@blueprint.post("/campaigns/<uuid:record>/targets/<uuid:target>")
@require_page(Permission.READ_CAMPAIGNS)
def change_target(record: uuid.UUID, target: uuid.UUID) -> ResponseReturnValue:
    """Give one establishment to another team or day, or take it off the list."""
    session = db.session()
    campaign = _campaign(record)
    found = session.get(Target, target)
    if found is None or found.campaign != record:
        raise Refusal("not_found")
    base = request.form.get("base", "0")
    if "remove" in request.form:
        must(Verb.VOID, "target", campaign.scope)
        fields: dict[str, object] = {"voided": {"reason": say("target.removed")}}
    else:
        must(Verb.EDIT, "target", campaign.scope)
        day = request.form.get("planned_on", "")
        fields = {"team": request.form.get("team", "").strip()[:100] or None, "planned_on": day or None}
    change_all(
        [office_operation(kind="target", scope=campaign.scope, record=target, fields=fields, base=base)]
    )
    flash(say("flash.saved"), "success")
    return _back(record)


def _campaign(record: uuid.UUID) -> Campaign:
    readable(db.session(), record, "campaign")
    return db.session().get_one(Campaign, record)


def _wanted() -> reads.Wanted:
    """What the filter asks for; a day that is none asks for nothing."""
    try:
        not_since = formats.as_day(request.values.get("not_since", ""))
    except ValueError:
        not_since = None
    return reads.Wanted(
        words=request.values.get("words", "").strip()[:100],
        unit=request.values.get("unit", ""),
        establishment_type=request.values.get("type", ""),
        risk=request.values.get("risk", ""),
        not_since=not_since,
    )


def _back(record: uuid.UUID) -> ResponseReturnValue:
    kept = {
        name: request.form[name]
        for name in ("words", "unit", "type", "risk", "not_since")
        if request.form.get(name)
    }
    address = url_for("office.targets", record=record)
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)
