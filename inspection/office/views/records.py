"""Any record: its history in the journal, and the form that changes it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.checklists.queries import editions_on
from inspection.complaints.operations import set_clock
from inspection.complaints.rules import Because
from inspection.office import record_forms, words
from inspection.office.blueprint import blueprint
from inspection.office.options import find_establishments, options_for
from inspection.office.reads import records as reads
from inspection.office.reads.cases import REMEDY_FIELDS
from inspection.office.reads.conflict_views import conflict_views, subject_of
from inspection.office.reads.names import names_of
from inspection.office.reads.values import describe, mentioned
from inspection.office.record_forms import Option, Shape
from inspection.office.views.guards import must, readable
from inspection.office.writing import change, field_problems, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Role, Verb
from inspection.visits.models import Visit
from inspection.visits.queries import checklists_of

EDITABLE: dict[str, tuple[str, ...]] = {
    "campaign": (
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
    ),
    "visit": (
        "visited_on",
        "visit_type",
        "started_at",
        "finished_at",
        "unit",
        "lead",
        "representative",
        "note",
    ),
    "answer": ("result", "reason", "value", "unit", "text", "day", "note"),
    "violation": (
        "description",
        "severity",
        "corrected",
        "found_on",
        "sanction",
        "authority",
        "decision_number",
        "decided_on",
        "amount",
        "due_on",
        "remedied_on",
    ),
    "measure": ("measure_type", "product_count", "quantity", "quantity_unit", "note"),
    "instrument_check": ("subject", "maker", "serial", "evidence", "verified_on", "stated_until", "note"),
    "package_check": ("product", "barcode", "maker", "note"),
    "sample": (
        "product",
        "quantity",
        "quantity_unit",
        "lot",
        "purpose",
        "sealed",
        "sampled_at",
        "sent_to",
        "sent_on",
        "result",
        "result_on",
        "result_number",
        "indicator",
        "required_value",
        "found_value",
        "note",
    ),
    "establishment": (
        "name",
        "establishment_type",
        "risk",
        "address",
        "unit",
        "owner",
        "licence_number",
        "phone",
        "operating",
    ),
    "complaint": (
        "petition_kind",
        "channel",
        "received_on",
        "field",
        "summary",
        "establishment",
        "subject_name",
        "unit",
        "petitioner_type",
        "identity_held_at",
        "people",
        "forwarded_by",
        "forwarded_number",
        "forwarded_on",
        "handler",
        "due_on",
        "note",
    ),
    "complaint_remedy": REMEDY_FIELDS[1:],
    "complaint_attachment": ("attachment_type", "title"),
    "recipient": ("name", "email", "register"),
    "agency": ("name_vi", "name_en"),
    "person": ("full_name", "position", "agency", "email", "roles"),
}
"""What the office may change on a page, by kind. What a status change brings along has its own form."""

POINTERS: dict[str, tuple[str, Role | None]] = {
    "agencies": ("agency", None),
    "agency": ("agency", None),
    "units": ("unit", None),
    "unit": ("unit", None),
    "checklists": ("checklist", None),
    "lead": ("person", None),
    "handler": ("person", Role.HANDLER),
}


def shape_of(session: Session, record: reads.RecordView) -> Shape:
    """The form of a record. What a field points to now stays among its options even when it would not be
    offered anew."""
    kind, language = record.kind, caller().language
    options: dict[str, list[Option]] = {}
    for name in EDITABLE[kind.name]:
        if name == "roles":
            options[name] = role_options()
        elif name in POINTERS and not (kind.name == "answer" and name == "unit"):
            of_any_time = kind.name == "complaint" and name == "unit"
            options[name] = (
                options_for(session, "place") if of_any_time else options_for(session, *POINTERS[name])
            )
    present = {name: record.values.get(name) for name in options}
    names = names_of(session, mentioned(present.values()), language)
    for name, value in present.items():
        offered = {one for one, _ in options[name]}
        chosen = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
        options[name] += [(one, names.get(one, one)) for one in chosen if one not in offered]
    findings = {}
    if kind.name == "complaint":
        words = request.form.get("establishment-words", "")
        given = request.form if "establishment" in request.form else record.values
        pointed = given.get("establishment")
        findings["establishment"] = find_establishments(session, words, pointed)
    return Shape(kind, EDITABLE[kind.name], options, findings)


def role_options() -> list[Option]:
    """Every role with its name."""
    return [(role.value, words.choice("choice.roles", role.value, caller().language)) for role in Role]


@blueprint.get("/records/<uuid:record>/edit")
@require_page(Permission.OFFICE)
def edit_record(record: uuid.UUID) -> ResponseReturnValue:
    """The form that changes a record, made from the version it names."""
    session = db.session()
    view = _editable(session, record)
    shape = shape_of(session, view)
    return _form(
        session,
        view,
        shape,
        view.values,
        base=view.version,
        shown=record_forms.shown_values(shape, view.values),
    )


@blueprint.post("/records/<uuid:record>/edit")
@require_page(Permission.OFFICE)
def change_record(record: uuid.UUID) -> ResponseReturnValue:
    """Submit what the person changed, from the version the form was made from."""
    session, language = db.session(), caller().language
    view = _editable(session, record)
    shape = shape_of(session, view)
    base, shown = request.form.get("base", "0"), request.form.get("shown", "{}")
    entered = record_forms.posted(shape, request.form)
    values = record_forms.changed(shape, entered, shown)
    if "find" in request.form:
        return _form(session, view, shape, entered, base=base, shown=shown)
    problems = record_forms.problems(shape, values, language, creating=False)
    words_shown = None
    if not values and not problems:
        return redirect(page_of(view))
    if view.kind.name == "visit" and values.get("visited_on") and not problems:
        values |= _editions_on(session, record, date.fromisoformat(str(values["visited_on"])))
    if not problems:
        try:
            tell(change(kind=view.kind.name, scope=view.scope, record=record, fields=values, base=base))
            if view.kind.name == "complaint":
                with write() as changing:
                    set_clock(changing, caller().author, record, Because.CLASSIFIED)
            return redirect(page_of(view))
        except Refusal as refusal:
            problems, words_shown = field_problems(refusal), words_of(refusal)
    again = replace(view, values={**view.values, **entered})
    return _form(
        session, again, shape, entered, base=base, shown=shown, problems=problems, problem=words_shown
    ), 422


@blueprint.post("/records/<uuid:record>/void")
@require_page(Permission.OFFICE)
def void_record(record: uuid.UUID) -> ResponseReturnValue:
    """Void a record or restore it. Nothing is deleted."""
    session = db.session()
    view = readable(session, record)
    must(Verb.VOID, view.kind.name, view.scope)
    restore = request.form.get("restore") == "yes"
    reason = request.form.get("reason", "").strip()
    if not restore and not reason:
        raise Refusal("unprocessable")
    fields = {"voided": None if restore else {"reason": reason[:2000]}}
    tell(
        change(
            kind=view.kind.name,
            scope=view.scope,
            record=record,
            fields=fields,
            base=request.form.get("base", "0"),
        )
    )
    return redirect(url_for("office.history", record=record))


@blueprint.get("/records/<uuid:record>/history")
@require_page(Permission.READ_HISTORY)
def history(record: uuid.UUID) -> ResponseReturnValue:
    """What was written to a record, by whom and when, and what became of it."""
    session, language = db.session(), caller().language
    view = readable(session, record)
    entries = reads.history(session, record)
    pointed = mentioned(value for one in entries for value in one.values.values())
    people = {person for one in entries for person in (one.entry.user, one.entry.admitted_by)}
    names = names_of(session, pointed | mentioned(view.values.values()) | people, language)
    below, newest = reads.below(session, view)
    lines = [
        (
            one,
            [
                (one.outcomes.get(key, ""), describe(view.kind, key, value, names, language))
                for key, value in one.values.items()
            ],
        )
        for one in reversed(entries)
    ]
    return render_template(
        "office/history.html",
        view=view,
        subject=subject_of(view.values, names),
        lines=lines,
        names=names,
        below=below,
        void_base=newest,
        back=page_of(view),
        conflicts=conflict_views(session, reads.open_conflicts(session, [record]), language),
        may_settle=caller().grants.may(Verb.SETTLE, view.kind.name, view.scope),
        may_void=caller().grants.may(Verb.VOID, view.kind.name, view.scope),
        may_edit=view.kind.name in EDITABLE and caller().grants.may(Verb.EDIT, view.kind.name, view.scope),
    )


def _editions_on(session: Session, visit: uuid.UUID, day: date) -> dict[str, object]:
    """A visit that is moved to another day is judged by the law of that day: the editions it names become those."""
    found = session.get_one(Visit, visit)
    if not found.checklists:
        return {}
    held = editions_on(session, f"reference:{caller().grants.jurisdiction}", day)
    codes = {each.code for each in checklists_of(session, found)}
    return {"checklists": [str(each.id) for each in held if each.code in codes]}


def _editable(session: Session, record: uuid.UUID) -> reads.RecordView:
    view = readable(session, record)
    if view.kind.name not in EDITABLE:
        raise Refusal("not_found")
    must(Verb.EDIT, view.kind.name, view.scope)
    return view


def _form(
    session: Session,
    view: reads.RecordView,
    shape: Shape,
    values: dict[str, object],
    *,
    base: str,
    shown: str,
    problems: dict[str, list[str]] | None = None,
    problem: str | None = None,
) -> str:
    built = record_forms.build(shape, values, caller().language, problems)
    names = names_of(session, mentioned(view.values.values()), caller().language)
    return render_template(
        "office/record_edit.html",
        view=view,
        fields=built,
        base=base,
        shown=shown,
        problem=problem,
        subject=subject_of(view.values, names),
        back=page_of(view),
    )


PAGES_OF_ALL = {
    "agency": "office.agencies",
    "office_policy": "office.policy",
    "access_event": "office.access_events",
    "recipient": "office.recipients",
}
"""Kinds shown on one page together."""


def page_of(view: reads.RecordView) -> str:
    """The page on which a record is shown."""
    values = view.values
    match view.kind.name:
        case "campaign":
            return url_for("office.campaign", record=view.id)
        case "assignment":
            return url_for("office.campaign", record=uuid.UUID(str(values["campaign"])))
        case "visit":
            return url_for("office.visit", record=view.id)
        case (
            "answer"
            | "violation"
            | "measure"
            | "signature"
            | "evidence"
            | "instrument_check"
            | "package_check"
            | "sample"
        ):
            return url_for("office.visit", record=uuid.UUID(str(values["visit"])))
        case "establishment":
            return url_for("office.establishment", record=view.id)
        case (
            "identity_opening"
            | "reading"
            | "complaint_step"
            | "complaint_link"
            | "complaint_remedy"
            | "complaint_attachment"
        ):
            return url_for("office.complaint", record=uuid.UUID(str(values["complaint"])))
        case "complaint":
            return url_for("office.complaint", record=view.id)
        case "person":
            return url_for("office.person", record=view.id)
        case kind if kind in PAGES_OF_ALL:
            return url_for(PAGES_OF_ALL[kind])
        case _:
            return url_for("office.history", record=view.id)
