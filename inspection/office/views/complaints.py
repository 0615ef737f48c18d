"""The complaint register: the list, entering a petition, a case and its course.

The petitioner's name, address and contact never reach the server in clear: the page encrypts them to the
office key, and the inputs in which they are typed have no name, so that no browser posts them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from uuid_utils.compat import uuid7

from config.application import LARGEST_FORM
from config.errors import Refusal
from config.extensions import db, write
from config.settings import Settings
from inspection.complaints import attachments, opening, operations, readings
from inspection.complaints.course import next_statuses
from inspection.complaints.keys import current_public_key
from inspection.complaints.models import Complaint, SealedIdentity
from inspection.complaints.queries import OPEN
from inspection.complaints.rules import CASES, PetitionerType, PetitionKind, Status, StepKind
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.options import find_establishments, options_for, place_words, today
from inspection.office.reads import cases, records, register
from inspection.office.reads.cases import REMEDY_FIGURES
from inspection.office.reads.conflict_views import conflict_views
from inspection.office.reads.names import names_of
from inspection.office.reads.values import label
from inspection.office.views.guards import must, page_number, readable
from inspection.office.writing import field_problems, once, raise_refused, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Role, Verb
from inspection.places.models import Unit

INTAKE_FIELDS = (
    "petition_kind",
    "channel",
    "received_on",
    "field",
    "summary",
    "subject_name",
    "establishment",
    "unit",
    "petitioner_type",
    "identity_held_at",
    "people",
    "forwarded_by",
    "forwarded_number",
    "forwarded_on",
    "topic",
    "level",
    "previously",
    "settled_by",
    "act_known_on",
    "concrete_evidence",
    "complexity",
    "several_places",
    "remote",
    "agency",
    "handler",
    "note",
)
STEP_FIELDS: dict[Status, tuple[str, ...]] = {
    Status.ACCEPTED: ("accepted_on", "acceptance_number", "complexity", "remote", "agency", "handler"),
    Status.REFUSED: ("ended_on", "refusal_code", "refusal_reason", "refusal_number"),
    Status.TRANSFERRED: ("ended_on", "receiver", "closing_number", "competent"),
    Status.GUIDED: ("ended_on", "receiver", "closing_number", "closing_reason", "competent"),
    Status.SETTLED: ("settled_on", "outcome", "decision_number"),
    Status.FILED: ("ended_on", "closing_reason", "processable", "unprocessable_reason"),
    Status.WITHDRAWN: ("ended_on", "closing_number", "closing_reason"),
    Status.TERMINATED: ("ended_on", "closing_number", "closing_reason"),
}
"""What each step of a case asks for on its form."""


@blueprint.get("/complaints")
@require_page(Permission.READ_REGISTER)
def complaints() -> ResponseReturnValue:
    """The register, narrowed as the reader asks."""
    session, scopes = db.session(), caller().grants.scopes
    asked = {name: request.args.get(name, "").strip()[:100] for name in register.Filters.__dataclass_fields__}
    filters = register.Filters(**asked)
    page = page_number()
    found, total = register.cases(session, scopes, filters, today(), page)
    return render_template(
        "office/complaints.html",
        cases=found,
        total=total,
        page=page,
        pages=-(-total // register.ROWS_A_PAGE),
        filters=filters,
        years=register.years(session, scopes),
        statuses=[status.value for status in Status],
        kinds=[kind.value for kind in PetitionKind],
        today=today(),
    )


def intake_shape(names: tuple[str, ...]) -> record_forms.Shape:
    """A form of these fields of a case."""
    session = db.session()
    pointers = {"unit": "place", "agency": "agency"}
    options = {name: options_for(session, kind) for name, kind in pointers.items() if name in names}
    if "handler" in names:
        options["handler"] = options_for(session, "person", Role.HANDLER)
    findings = {}
    if "establishment" in names:
        words, chosen = request.form.get("establishment-words", ""), request.form.get("establishment")
        findings["establishment"] = find_establishments(session, words, chosen)
    return record_forms.Shape(registry["complaint"], names, options, findings)


def _office_key() -> dict[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    return current_public_key(settings.data_dir)


@blueprint.get("/complaints/new")
@require_page(Permission.RECORD_COMPLAINTS)
def new_complaint() -> ResponseReturnValue:
    """The form of a new petition."""
    start = {"received_on": today().isoformat(), "channel": "desk", "petitioner_type": "one"}
    built = record_forms.build(intake_shape(INTAKE_FIELDS), start, caller().language)
    return render_template(
        "office/complaint_new.html", fields=built, key=_office_key(), problem=None, once=uuid7()
    )


@blueprint.post("/complaints/new")
@require_page(Permission.RECORD_COMPLAINTS)
def create_complaint() -> ResponseReturnValue:
    """Enter a petition; the journal gives it the next number of the register."""
    reading = caller()
    if reading.grants.jurisdiction is None:
        raise Refusal("forbidden")
    shape = intake_shape(INTAKE_FIELDS)
    entered = record_forms.posted(shape, request.form)
    finding = "find" in request.form
    problems = {} if finding else record_forms.problems(shape, entered, reading.language, creating=True)
    problem = None
    if not problems and not finding:
        values = {name: value for name, value in entered.items() if value is not None}
        try:
            with write() as session:
                record, result = operations.receive(
                    session,
                    reading.author,
                    reading.grants.jurisdiction,
                    values,
                    _sealed(),
                    key=once(values),
                )
            raise_refused(result)
            tell(result)
            return redirect(url_for("office.complaint", record=record))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    built = record_forms.build(shape, entered, reading.language, problems)
    page = render_template(
        "office/complaint_new.html", fields=built, key=_office_key(), problem=problem, once=uuid7()
    )
    return page, 200 if finding else 422


def _sealed() -> dict[str, object] | None:
    key, box = request.form.get("sealed_key", ""), request.form.get("sealed_box", "")
    tokens = request.form.get("sealed_marks", "").split()
    return {"key": key, "box": box} | ({"marks": tokens} if tokens else {}) if key or box else None


@blueprint.get("/complaints/<uuid:record>")
@require_page(Permission.READ_REGISTER)
def complaint(record: uuid.UUID) -> ResponseReturnValue:
    """A case: what it is about, where it stands, what may come next. That an auditor opened it is noted first."""
    note_reading(record, readable(db.session(), record, "complaint").scope)
    return case_page_of(record)


def note_reading(record: uuid.UUID, scope: str) -> None:
    """Let the journal say that an auditor opens something of a case."""
    reading = caller()
    if reading.grants.may(Verb.CREATE, "reading", scope) and not readings.is_noted(
        db.session(), record, reading.person, today()
    ):
        with write() as session:
            readings.note(session, reading.author, session.get_one(Complaint, record), today())


@blueprint.post("/complaints/<uuid:record>/status")
@require_page(Permission.HANDLE_COMPLAINTS)
def move_complaint(record: uuid.UUID) -> ResponseReturnValue:
    """Bring a case to its next status."""
    view = readable(db.session(), record, "complaint")
    must(Verb.EDIT, "complaint", view.scope)
    try:
        target = Status(request.form.get("target", ""))
    except ValueError:
        raise Refusal("unprocessable") from None
    shape = intake_shape(STEP_FIELDS.get(target, ()))
    entered = record_forms.posted(shape, request.form)
    filled = {name: value for name, value in entered.items() if value is not None}
    problems = record_forms.problems(shape, filled, caller().language, creating=False)
    problem = None
    if not problems:
        try:
            with write() as session:
                result = operations.move(
                    session, caller().author, record, target, filled, request.form.get("base", "0")
                )
            raise_refused(result)
            tell(result)
            return redirect(url_for("office.complaint", record=record))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return case_page_of(record, entered={target: entered}, problems={target: problems}, problem=problem), 422


StepEntered = tuple[StepKind, dict[str, object], dict[str, list[str]]]
ATTACHMENT_FIELDS = ("attachment_type", "title")
STEP_RECORD_FIELDS = ("happened_on", "number", "receiver", "content")


def case_page_of(
    record: uuid.UUID,
    *,
    entered: Mapping[Status, Mapping[str, object]] = MappingProxyType({}),
    problems: Mapping[Status, dict[str, list[str]]] = MappingProxyType({}),
    problem: str | None = None,
    step_entered: StepEntered | None = None,
) -> str:
    """The page of a case; what was entered and refused stands in its form again."""
    session, reading = db.session(), caller()
    view = readable(session, record, "complaint")
    row = session.get_one(Complaint, record)
    may_edit = reading.grants.may(Verb.EDIT, "complaint", row.scope) and not row.voided
    steps = []
    if may_edit:
        petitioner = PetitionerType(row.petitioner_type) if row.petitioner_type else None
        following = next_statuses(PetitionKind(row.petition_kind), Status(row.status), petitioner)
        for status in [one for one in Status if one in following]:
            shape = intake_shape(STEP_FIELDS[status])
            dated = {name: today().isoformat() for name in ("accepted_on", "settled_on", "ended_on")}
            values = {**dated, **{name: view.values.get(name) or dated.get(name) for name in shape.names}}
            values |= dict(entered.get(status, {}))
            fields = record_forms.build(shape, values, reading.language, problems.get(status))
            steps.append((status, fields, status in entered))
    sealed = session.get(SealedIdentity, record) is not None
    place = session.get(Unit, row.unit) if row.unit else None
    author = view.last_author
    page = cases.case_page(
        session, row, reading.language, today(), desk=reading.grants.holds(Permission.RECORD_COMPLAINTS)
    )
    pointed = {row.establishment, row.handler, row.agency, row.visit, author[0] if author else None}
    pointed |= {visit.establishment for one in page.triggered for visit, _ in one.visits}
    pointed |= {line.target for line in page.inspections}
    return render_template(
        "office/complaint.html",
        complaint=row,
        view=view,
        steps=steps,
        names=names_of(session, pointed, reading.language),
        course=_course(view.id),
        place=place_words(session, place, today()) if place is not None else None,
        page=page,
        step_forms=_step_forms(page.following, step_entered) if may_edit else [],
        relations=sorted(one.value for one in CASES),
        sealed=sealed,
        may_open=opening.may_open(reading.author, row),
        openings=_openings(view.id),
        attached=attachments.attachments_of(session, record),
        attachment_fields=attachment_fields(),
        largest=LARGEST_FORM,
        remedy_columns=[(name, label("complaint_remedy", name, reading.language)) for name in REMEDY_FIGURES],
        media_types=",".join(attachments.MEDIA_TYPES),
        conflicts=conflict_views(session, records.open_conflicts(session, [record]), reading.language),
        may_settle=reading.grants.may(Verb.SETTLE, "complaint", row.scope),
        may_edit=may_edit,
        problem=problem,
        today=today(),
        open_statuses=OPEN,
    )


def attachment_fields() -> list[record_forms.FormField]:
    """What an officer says of files that are attached."""
    shape = record_forms.Shape(registry["complaint_attachment"], ATTACHMENT_FIELDS)
    return record_forms.build(shape, {"attachment_type": "petition"}, caller().language)


def _step_forms(
    following: tuple[StepKind, ...], entered: StepEntered | None
) -> list[tuple[StepKind, list[record_forms.FormField], bool]]:
    """A form for every step that may be taken now, and for the one that was refused."""
    shape = record_forms.Shape(registry["complaint_step"], STEP_RECORD_FIELDS)
    offered = [*following, *([entered[0]] if entered and entered[0] not in following else [])]
    forms = []
    for step in offered:
        values: dict[str, object] = {"happened_on": today().isoformat()}
        problems = None
        if entered is not None and entered[0] is step:
            values, problems = values | entered[1], entered[2]
        built = record_forms.build(shape, values, caller().language, problems)
        forms.append((step, built, problems is not None))
    return forms


def _course(record: uuid.UUID) -> list[tuple[str, str, str]]:
    """Every status the case has had: status, moment, who brought it there."""
    session = db.session()
    entries = [one for one in records.history(session, record) if "status" in one.values]
    names = names_of(session, {one.entry.user for one in entries}, caller().language)
    return [
        (str(one.values["status"]), one.entry.made_at, names.get(str(one.entry.user), "")) for one in entries
    ]


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening: why, when, by whom, and of which attachment if it was not the identity."""

    reason: str
    when: str
    who: str
    attachment: str | None


def _openings(record: uuid.UUID) -> list[Opened]:
    """Every opening of the sealed identity and of sealed attachments."""
    session = db.session()
    views = records.load_many(session, [one.id for one in opening.openings_of(session, record)])
    written = [(one.values, author) for one in views.values() if (author := one.author("reason"))]
    names = names_of(session, {author[0] for _, author in written}, caller().language)
    return [
        Opened(str(values["reason"]), when, names.get(who, ""), values.get("attachment"))
        for values, (who, when) in sorted(written, key=lambda one: one[1][1])
    ]
