"""What is done to a case beside moving it on: a step, another content of its paper, what its decision orders."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from inspection.complaints import operations
from inspection.complaints.models import Complaint
from inspection.complaints.rules import Stage, StepKind
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.reads.cases import REMEDY_FIELDS
from inspection.office.views.complaints import case_page_of, intake_shape
from inspection.office.views.guards import must, readable
from inspection.office.writing import change, field_problems, raise_refused, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb

CONTENT_FIELDS = ("petition_kind", "field", "summary", "subject_name", "establishment", "topic")
"""What another content of one paper says of itself; the rest it shares with the first."""


@blueprint.post("/complaints/<uuid:record>/steps")
@require_page(Permission.HANDLE_COMPLAINTS)
def take_case_step(record: uuid.UUID) -> ResponseReturnValue:
    """Take a step that leaves the status as it is."""
    view = readable(db.session(), record, "complaint")
    must(Verb.CREATE, "complaint_step", view.scope)
    try:
        step = StepKind(request.form.get("step", ""))
    except ValueError:
        raise Refusal("unprocessable") from None
    shape = record_forms.Shape(registry["complaint_step"], ("happened_on", "number", "receiver", "content"))
    entered = record_forms.posted(shape, request.form)
    problems = record_forms.problems(shape, entered, caller().language, creating=True)
    problem = None
    if not problems:
        values = {name: value for name, value in entered.items() if value is not None}
        try:
            with write() as session:
                result = operations.take_step(session, caller().author, record, step, values)
                raise_refused(result)
            tell(result)
            return redirect(url_for("office.complaint", record=record))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return case_page_of(record, step_entered=(step, entered, problems), problem=problem), 422


@blueprint.get("/complaints/<uuid:record>/contents/new")
@require_page(Permission.RECORD_COMPLAINTS)
def new_content(record: uuid.UUID) -> ResponseReturnValue:
    """The form of another content of a received paper."""
    readable(db.session(), record, "complaint")
    built = record_forms.build(intake_shape(CONTENT_FIELDS), {}, caller().language)
    first = db.session().get_one(Complaint, record)
    return render_template("office/complaint_content.html", first=first, fields=built, problem=None)


@blueprint.post("/complaints/<uuid:record>/contents/new")
@require_page(Permission.RECORD_COMPLAINTS)
def create_content(record: uuid.UUID) -> ResponseReturnValue:
    """Enter another content as a case of its own, linked to the first."""
    readable(db.session(), record, "complaint")
    shape = intake_shape(CONTENT_FIELDS)
    entered = record_forms.posted(shape, request.form)
    finding = "find" in request.form
    problems = {} if finding else record_forms.problems(shape, entered, caller().language, creating=True)
    problem = None
    if not problems and not finding:
        values = {name: value for name, value in entered.items() if value is not None}
        try:
            with write() as session:
                made, result = operations.receive_content(session, caller().author, record, values)
                raise_refused(result)
            tell(result)
            return redirect(url_for("office.complaint", record=made))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    built = record_forms.build(shape, entered, caller().language, problems)
    first = db.session().get_one(Complaint, record)
    page = render_template("office/complaint_content.html", first=first, fields=built, problem=problem)
    return page, 200 if finding else 422


@blueprint.get("/complaints/<uuid:record>/remedies/new")
@require_page(Permission.HANDLE_COMPLAINTS)
def new_remedy(record: uuid.UUID) -> ResponseReturnValue:
    """The form of what a decision orders, or of what was carried out."""
    readable(db.session(), record, "complaint")
    settled = db.session().get_one(Complaint, record).settled_on
    start = {"stage": Stage.DUE.value, "on": settled.isoformat() if settled else None}
    return _remedy_form(record, start)


@blueprint.post("/complaints/<uuid:record>/remedies/new")
@require_page(Permission.HANDLE_COMPLAINTS)
def create_remedy(record: uuid.UUID) -> ResponseReturnValue:
    """Enter what a decision orders, or what was carried out."""
    view = readable(db.session(), record, "complaint")
    must(Verb.CREATE, "complaint_remedy", view.scope)
    shape = record_forms.Shape(registry["complaint_remedy"], REMEDY_FIELDS)
    entered = record_forms.posted(shape, request.form)
    problems = record_forms.problems(shape, entered, caller().language, creating=True)
    problem = None
    if not problems:
        values = {name: value for name, value in entered.items() if value is not None}
        try:
            tell(
                change(kind="complaint_remedy", scope=view.scope, fields={**values, "complaint": str(record)})
            )
            return redirect(url_for("office.complaint", record=record))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return _remedy_form(record, entered, problems, problem), 422


def _remedy_form(
    record: uuid.UUID,
    entered: Mapping[str, object],
    problems: dict[str, list[str]] | None = None,
    problem: str | None = None,
) -> str:
    shape = record_forms.Shape(registry["complaint_remedy"], REMEDY_FIELDS)
    return render_template(
        "office/complaint_remedy.html",
        complaint=db.session().get_one(Complaint, record),
        fields=record_forms.build(shape, entered, caller().language, problems),
        problem=problem,
    )
