"""Visits that were opened twice: proposed, compared, merged or kept apart, undone."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import pairs as reads
from inspection.office.reads.names import names_of
from inspection.office.reads.records import RecordView
from inspection.office.views.guards import must, readable
from inspection.office.writing import words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.visits import merging, pairs
from inspection.visits.models import VisitMerge

LONGEST_REASON = 2000


@blueprint.get("/campaigns/<uuid:record>/same-visits")
@require_page(Permission.READ_CAMPAIGNS)
def same_visits(record: uuid.UUID) -> ResponseReturnValue:
    """Pairs of a campaign's visits that may be one, what came late to a merged one, and what was decided."""
    session, language = db.session(), caller().language
    campaign = readable(session, record, "campaign")
    decided = pairs.decisions(session, record)
    proposed = pairs.proposals(session, record)
    late = pairs.late(session, record)
    shown = {each.id for pair in proposed for each in (pair.first, pair.second)}
    shown |= {visit for each in decided for visit in (each.kept, each.merged)}
    establishments = {pair.first.establishment for pair in proposed}
    return render_template(
        "office/same_visits.html",
        campaign=campaign,
        proposed=proposed,
        late=late,
        decided=decided,
        names=names_of(session, {*shown, *establishments}, language),
        may_merge=caller().grants.may(Verb.SETTLE, "visit", campaign.scope),
    )


@blueprint.get("/visits/<uuid:first>/same/<uuid:second>")
@require_page(Permission.READ_CAMPAIGNS)
def visit_pair(first: uuid.UUID, second: uuid.UUID) -> ResponseReturnValue:
    """Two visits side by side, and what may be done with them."""
    return _pair_page(first, second)


@blueprint.post("/visits/<uuid:first>/same/<uuid:second>")
@require_page(Permission.SETTLE_CONFLICTS)
def merge_visits(first: uuid.UUID, second: uuid.UUID) -> ResponseReturnValue:
    """Merge two visits, or note that they are two."""
    view, _ = _pair(db.session(), first, second)
    must(Verb.SETTLE, "visit", view.scope)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    keep = request.form.get("keep", "")
    if not reason or keep not in {str(first), str(second), "both"}:
        return _pair_page(first, second, say("same.incomplete")), 422
    try:
        with write() as session:
            if keep == "both":
                merging.keep_apart(session, caller().author, first, second, reason=reason)
            else:
                gone = second if keep == str(first) else first
                base = request.form.get(f"base-{gone}", "0")
                merging.merge(session, caller().author, uuid.UUID(keep), gone, base=base, reason=reason)
    except Refusal as refusal:
        return _pair_page(first, second, words_of(refusal)), 422
    flash(say("same.kept_apart" if keep == "both" else "same.merged"), "success")
    if keep == "both":
        return redirect(url_for("office.same_visits", record=view.values["campaign"]))
    return redirect(url_for("office.visit", record=keep))


@blueprint.post("/visit-merges/<uuid:record>/undo")
@require_page(Permission.SETTLE_CONFLICTS)
def undo_merge(record: uuid.UUID) -> ResponseReturnValue:
    """Make two visits of one again."""
    found = _decision(record)
    with write() as session:
        merging.undo(session, caller().author, record, reason=say("same.undone_reason"))
    flash(say("same.undone"), "success")
    return redirect(url_for("office.same_visits", record=found))


@blueprint.post("/visit-merges/<uuid:record>/carry")
@require_page(Permission.SETTLE_CONFLICTS)
def carry_late(record: uuid.UUID) -> ResponseReturnValue:
    """Carry what came to a merged visit since."""
    found = _decision(record)
    with write() as session:
        merging.carry_late(session, caller().author, record)
    flash(say("same.carried"), "success")
    return redirect(url_for("office.same_visits", record=found))


def _decision(record: uuid.UUID) -> uuid.UUID:
    """The campaign of a decision that the reader may take back."""
    view = readable(db.session(), record, "visit_merge")
    must(Verb.SETTLE, "visit", view.scope)
    return db.session().get_one(VisitMerge, record).campaign


def _pair(session: Session, one: uuid.UUID, other: uuid.UUID) -> tuple[RecordView, RecordView]:
    first, second = readable(session, one, "visit"), readable(session, other, "visit")
    if one == other or first.scope != second.scope:
        raise Refusal("not_found")
    return first, second


def _pair_page(one: uuid.UUID, other: uuid.UUID, problem: str | None = None) -> str:
    session, reading = db.session(), caller()
    first, second = _pair(session, one, other)
    campaign = first.values["campaign"]
    names = names_of(session, {campaign, first.values["establishment"]}, reading.language)
    return render_template(
        "office/visit_pair.html",
        sides=[reads.side(session, view, reading.language) for view in (first, second)],
        differences=reads.differences(session, first, second, reading.language),
        campaign=campaign,
        names=names,
        problem=problem,
        may_merge=reading.grants.may(Verb.SETTLE, "visit", first.scope)
        and not (first.state.voided or second.state.voided),
    )
