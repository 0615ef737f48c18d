"""Violations after the visit: the list, the decision, the remedy, and taking back what was entered last."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db
from inspection.checklists.rules import Payer
from inspection.journal.kinds import registry
from inspection.journal.state import VOIDED
from inspection.office import formats, record_forms
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.reads import records
from inspection.office.reads.names import names_of
from inspection.office.record_forms import Shape
from inspection.office.views.guards import must, page_number, readable
from inspection.office.writing import change, field_problems, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.visits.models import Violation
from inspection.visits.rules import RecordCase, Sanction
from inspection.visits.violations import queries
from inspection.visits.violations.powers import explanation_from, late_payment, powers_on, time_limits
from inspection.visits.violations.rules import Stage, Step, Sum, dues, held_against, interest

ROWS_A_PAGE = 50
FORMS = {
    "record": ("recorded_on", "record_number", "record_case", "result_on"),
    "value": ("goods_value", "goods_basis", "illegal_gain", "ended_on"),
    "decision": (
        "payer",
        "sanction",
        "authority",
        "decision_number",
        "decided_on",
        "amount",
        "amount_reason",
        "decision_case",
    ),
    "payment": ("served_on", "paid_on", "paid_amount", "receipt_number"),
    "remedy": ("due_on", "corrected", "remedied_on", "followed_up_by"),
}
"""What each of the forms of a violation asks for; payment only once there is a fine."""
FILTERS = ("open", "undecided", "unpaid", *(stage.value for stage in Stage))
DONE = (Stage.REMEDIED, Stage.CHECKED)


@blueprint.get("/violations")
@require_page(Permission.READ_CAMPAIGNS)
def violations() -> ResponseReturnValue:
    """Every violation the reader may see, by where it stands."""
    wanted = request.args.get("stage", "")
    words = request.args.get("words", "").strip()[:100].casefold()
    cases = queries.cases_in(db.session(), caller().grants.scopes, today())
    counts = {name: sum(_is(case, name) for case in cases) for name in FILTERS}
    found = [case for case in cases if wanted not in FILTERS or _is(case, wanted)]
    if words:
        found = [case for case in found if words in _words(case)]
    page = page_number()
    return render_template(
        "office/violations.html",
        cases=found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE],
        counts=counts,
        total=len(found),
        page=page,
        pages=-(-len(found) // ROWS_A_PAGE),
        wanted=wanted,
        words=request.args.get("words", ""),
        filters=FILTERS,
        today=today(),
    )


def _is(case: queries.Case, name: str) -> bool:
    if name == "open":
        return case.stage not in DONE
    if name == "unpaid":
        return case.facts.unpaid > 0
    return not case.facts.sanction if name == "undecided" else case.stage == name


def _words(case: queries.Case) -> str:
    shop = case.establishment
    return " ".join(
        part or ""
        for part in (shop.name if shop else "", case.violation.code, case.violation.decision_number)
    ).casefold()


@blueprint.get("/violations/<uuid:record>")
@require_page(Permission.READ_CAMPAIGNS)
def violation(record: uuid.UUID) -> ResponseReturnValue:
    """A violation with its stage, the range of the act, who may fine, and the forms that move it on."""
    return _page(record)


def _page(
    record: uuid.UUID,
    form: str = "",
    entered: dict[str, Any] | None = None,
    problems: dict[str, list[str]] | None = None,
    problem: str | None = None,
) -> ResponseReturnValue:
    session, reading = db.session(), caller()
    view = readable(session, record, "violation")
    case = queries.case_of(session, session.get_one(Violation, record), today())
    act, day = case.type, case.violation.decided_on or today()
    tiers, ranges = queries.ranges_in(case)
    fined = case.facts.sanction == Sanction.FINE
    shapes = {name: _shape(session, case, name) for name in FORMS if fined or name != "payment"}
    filled = {name: (entered or {}) if name == form else view.values for name in shapes}
    built = {
        name: record_forms.build(shape, filled[name], reading.language, problems if name == form else None)
        for name, shape in shapes.items()
    }
    payer = Payer(case.violation.payer or Payer.INDIVIDUAL)
    pointed = {case.violation.followed_up_by, view.last_author[0] if view.last_author else None}
    most = next((one.maximum for one in ranges if one.payer is payer), 0)
    steps = dues(
        case.facts, time_limits(), queries.calendar_of(session, case), most >= explanation_from(payer)
    )
    payable = next((step.day for step in steps if step.limit.code is Step.PAYMENT), None)
    per_day, late_source = late_payment()
    earlier = queries.earlier_of(session, case, reading.grants.scopes)
    page = render_template(
        "office/violation.html",
        case=case,
        view=view,
        ranges=ranges,
        held=held_against(case.violation.amount, case.violation.payer, ranges),
        powers=powers_on(act.domain, payer, day) if act else [],
        payer=payer,
        tiers=tiers,
        dues=steps,
        unpaid=case.facts.unpaid,
        interest=interest(case.facts, payable, today(), per_day),
        late_source=late_source,
        earlier=earlier,
        repeated=any(one.repeated for one in earlier),
        forms=built,
        shown={name: record_forms.shown_values(shape, view.values) for name, shape in shapes.items()},
        base=request.form.get("base", view.version),
        form=form,
        problem=problem,
        names=names_of(session, pointed, reading.language),
        may_edit=reading.grants.may(Verb.EDIT, "violation", view.scope) and not case.violation.voided,
        today=today(),
    )
    return (page, 422) if form else page


def _shape(session: Session, case: queries.Case, form: str) -> Shape:
    language = caller().language
    visits = [
        (str(one.id), formats.day(one.visited_on, language))
        for one in queries.follow_up_choices(session, case)
    ]
    return Shape(registry["violation"], FORMS[form], {"followed_up_by": visits})


@blueprint.post("/violations/<uuid:record>/<string:form>")
@require_page(Permission.READ_CAMPAIGNS)
def change_violation(record: uuid.UUID, form: str) -> ResponseReturnValue:
    """Enter the violation record, the decision or the remedy, from the version that the form was made from."""
    session, language = db.session(), caller().language
    view = readable(session, record, "violation")
    must(Verb.EDIT, "violation", view.scope)
    if form not in FORMS:
        raise Refusal("not_found")
    case = queries.case_of(session, session.get_one(Violation, record), today())
    shape = _shape(session, case, form)
    entered = record_forms.posted(shape, request.form)
    changed = record_forms.changed(shape, entered, request.form.get("shown", "{}"))
    problems = record_forms.problems(shape, entered, language, creating=False) | _faults(case, form, entered)
    if problems:
        return _page(record, form, entered, problems)
    if not changed:
        flash(say("flash.nothing_changed"), "success")
        return redirect(url_for("office.violation", record=record))
    try:
        tell(
            change(
                kind="violation",
                scope=view.scope,
                record=record,
                base=request.form.get("base", "0"),
                fields=changed,
            )
        )
    except Refusal as refusal:
        return _page(record, form, entered, field_problems(refusal), words_of(refusal))
    return redirect(url_for("office.violation", record=record))


def _faults(case: queries.Case, form: str, entered: dict[str, Any]) -> dict[str, list[str]]:
    """What cannot be meant: a fine without its sum, a sum outside a range that was read without a reason, days that
    run backwards or have not come."""
    faults: dict[str, list[str]] = {}
    if form == "decision" and entered.get("sanction") == "fine":
        faults |= {
            name: [say("form.required")]
            for name in ("payer", "authority", "decision_number", "decided_on", "amount")
            if entered.get(name) in (None, "")
        }
        _, ranges = queries.ranges_in(case)
        amount = entered.get("amount")
        held = held_against(amount if isinstance(amount, int) else None, entered.get("payer"), ranges)
        if held is Sum.OUTSIDE and not entered.get("amount_reason"):
            faults["amount_reason"] = [say("violation.reason_needed")]
    for first, second in (
        ("goods_value", "goods_basis"),
        ("paid_on", "paid_amount"),
        ("paid_amount", "paid_on"),
    ):
        if entered.get(first) not in (None, "") and entered.get(second) in (None, ""):
            faults[second] = [say("form.required")]
    if (
        entered.get("record_case") == RecordCase.TECHNICAL
        and entered.get("recorded_on")
        and not entered.get("result_on")
    ):
        faults["result_on"] = [say("form.required")]
    ended = _day(entered.get("ended_on"))
    if ended is not None and ended > case.facts.found_on:
        faults["ended_on"] = [say("violation.after_found")]
    for name in ("recorded_on", "result_on", "decided_on", "served_on", "paid_on", "remedied_on"):
        day = _day(entered.get(name))
        if day is not None and day > today():
            faults[name] = [say("violation.future")]
        elif day is not None and day < case.facts.found_on:
            faults[name] = [say("violation.before_found")]
    return faults


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None


@blueprint.post("/violations/<uuid:record>/undo")
@require_page(Permission.READ_CAMPAIGNS)
def undo_violation(record: uuid.UUID) -> ResponseReturnValue:
    """Take the newest entry back by entering what stood there before; both stay in the history."""
    session = db.session()
    view = readable(session, record, "violation")
    must(Verb.EDIT, "violation", view.scope)
    entries = [one for one in records.history(session, record) if VOIDED not in one.values]
    if len(entries) < 2 or request.form.get("base") != view.version:
        raise Refusal("changed_meanwhile")
    fields: dict[str, Any] = {}
    for key in entries[-1].values:
        before = next((one.values[key] for one in reversed(entries[:-1]) if key in one.values), None)
        members = view.kind.groups.get(key)
        if members is None:
            fields[key] = before
        else:
            fields |= {member: (before or {}).get(member) for member in members}
    result = change(kind="violation", scope=view.scope, record=record, base=view.version, fields=fields)
    tell(result)
    return redirect(url_for("office.violation", record=record))
