"""Verbs of the desk: receive a petition, move it on, take a step, link it, keep its clock right. They flush and never
commit.

Every write is an operation of the journal. The office's pages and the HTTP API call these; phones send operations of
their own, to which the same rules of the kind apply (:mod:`inspection.complaints.checking`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from marshmallow import EXCLUDE, ValidationError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from inspection.calendar.queries import working_calendar
from inspection.complaints import queries
from inspection.complaints.cases import FACTS, case_from, case_of
from inspection.complaints.clocks import Case, Clock, running
from inspection.complaints.course import MISSING, StepTaken, may_move, missing_for
from inspection.complaints.intake import well_formed
from inspection.complaints.models import Complaint
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import Because, PetitionerType, PetitionKind, Relation, Status, StepKind
from inspection.journal import store
from inspection.journal.edit import edit
from inspection.journal.examine import by_key
from inspection.journal.kinds import registry
from inspection.journal.models import Entry
from inspection.journal.operation import Author, Result
from inspection.journal.operation import Status as Answer

SET_CLOCKS = "complaints.set_clocks"
"""The name of the job that keeps due dates right; rung when the calendar of days off was changed."""

TAKEN = frozenset({Answer.APPLIED, Answer.MERGED})
CLOCK_STEPS = frozenset({StepKind.EXTENSION, StepKind.SUSPENSION, StepKind.RESUMPTION})


def receive(
    session: Session,
    author: Author,
    jurisdiction: uuid.UUID,
    fields: Mapping[str, object],
    sealed: Mapping[str, object] | None = None,
    *,
    key: str | None = None,
) -> tuple[uuid.UUID, Result]:
    """Enter a petition in the register of ``jurisdiction``; the journal gives its number, year and first due date.

    ``sealed`` is the petitioner's identity, encrypted where it was typed, with its blind tokens if there are any.
    The same ``key`` of the same person stands for the same petition: sent again, even at the same moment, it is
    entered once.

    :raises Refusal: ``unprocessable`` when ``sealed`` is no sealed value; ``idempotency_key_reused`` when the key came
        before with another petition.
    """
    if sealed is not None and not well_formed(sealed):
        raise Refusal("unprocessable", errors={"sealed": ["Không phải hộp niêm phong. / Not a sealed box."]})
    record = uuid7() if key is None else uuid.uuid5(author.user, f"complaint\n{key}")
    values = {"status": Status.RECEIVED.value, **fields, "jurisdiction": str(jurisdiction)}
    scope = f"complaint:{record}"
    if key is not None:
        before = _entered(session, scope, values)
        if before is not None:
            return record, before
    result = edit(
        session,
        author,
        kind="complaint",
        scope=scope,
        fields=values,
        record=record,
        sealed=sealed,
    )
    return record, result


SAME_ON_ONE_PAPER = (
    "channel",
    "received_on",
    "petitioner_type",
    "people",
    "forwarded_by",
    "forwarded_number",
    "forwarded_on",
    "unit",
    "handler",
    "agency",
)
"""What all contents of one received paper share."""


def receive_content(
    session: Session, author: Author, first: uuid.UUID, fields: Mapping[str, object]
) -> tuple[uuid.UUID, Result]:
    """Enter another content of a paper that is in the register already: a case of its own, with its own number and
    kind, linked to the paper's first case. The identity stays with the first.

    :raises Refusal: ``not_found``.
    """
    found = _found(session, first)
    paper = found.paper or found.id
    shared = {name: _canonical(getattr(found, name)) for name in SAME_ON_ONE_PAPER}
    values = {
        **{name: value for name, value in shared.items() if value is not None},
        **fields,
        "paper": str(paper),
    }
    record, result = receive(session, author, found.jurisdiction, values)
    if result.status not in TAKEN:
        return record, result
    session.flush()
    own = replace(author, grants=author.grants.opened(f"complaint:{record}"))
    linked = link(session, own, record, Relation.SAME_PAPER, paper)
    return record, result if linked.status in TAKEN else linked


def _entered(session: Session, scope: str, values: Mapping[str, object]) -> Result | None:
    """The answer to a petition that was entered under the same key before; the scope's lock is held from here on.

    :raises Refusal: ``idempotency_key_reused``.
    """
    store.lock_scopes(session, [scope], [scope])
    first = session.get(Entry, (scope, 1))
    if first is None:
        return None
    kind = registry["complaint"]
    stored = {name: pair[1] for name, pair in first.content.items() if pair is not None}
    try:
        sent = by_key(kind, kind.loader.load(dict(values), partial=True, unknown=EXCLUDE))
    except ValidationError:
        sent = {}
    if not sent or any(not _says(stored.get(name), value) for name, value in sent.items()):
        raise Refusal("idempotency_key_reused")
    return Result(str(first.operation), Answer.APPLIED, seq=1, replayed=True)


def _says(stored: object, sent: object) -> bool:
    """Whether a stored value is what was sent; of a group only the members that were."""
    if isinstance(stored, Mapping) and isinstance(sent, Mapping):
        return all(stored.get(name) == value for name, value in sent.items())
    return stored == sent


def move(
    session: Session,
    author: Author,
    complaint: uuid.UUID,
    target: Status,
    fields: Mapping[str, object],
    base: str,
) -> Result:
    """Bring a case to ``target`` with the ``fields`` that belong to the step; its clock follows in the same entry.

    :raises Refusal: ``not_found``; ``illegal_transition``; ``unprocessable`` naming the fields that are wrong or that
        the step needs. The journal asks the same of every operation.
    """
    found = _found(session, complaint)
    values = _loaded({**fields, "status": target.value})
    stored = {name: _canonical(getattr(found, name)) for name in registry["complaint"].columns}
    kind = PetitionKind(found.petition_kind)
    petitioner = PetitionerType(found.petitioner_type) if found.petitioner_type else None
    if not may_move(kind, Status(found.status), target, petitioner):
        raise Refusal("illegal_transition")
    missing = missing_for(kind, target, {**stored, **values})
    if missing:
        raise Refusal("unprocessable", errors={name: [MISSING] for name in missing})
    return edit(
        session,
        author,
        kind="complaint",
        scope=found.scope,
        fields=with_whole_groups(found, values | _moved_clock(session, found, values, Because.ACCEPTED)),
        record=complaint,
        base=base,
    )


def take_step(
    session: Session, author: Author, complaint: uuid.UUID, step: StepKind, fields: Mapping[str, object]
) -> Result:
    """Take a step that leaves the status as it is, and set the clock anew where the step moves it.

    :raises Refusal: ``not_found``.
    """
    found = _found(session, complaint)
    values = {**fields, "complaint": str(complaint), "step": step.value}
    result = edit(session, author, kind="complaint_step", scope=found.scope, fields=values)
    if result.status in TAKEN and step in CLOCK_STEPS:
        session.flush()
        set_clock(session, author, complaint, Because.STEP)
    return result


def link(
    session: Session,
    author: Author,
    complaint: uuid.UUID,
    relation: Relation,
    target: uuid.UUID,
    note: str | None = None,
) -> Result:
    """Link a case to another one, to an inspection, a violation or an attachment.

    :raises Refusal: ``not_found``.
    """
    found = _found(session, complaint)
    fields = {"complaint": str(complaint), "relation": relation.value, "target": str(target), "note": note}
    return edit(session, author, kind="complaint_link", scope=found.scope, fields=fields)


def set_clock(session: Session, author: Author, complaint: uuid.UUID, because: Because) -> Result | None:
    """Write the last day of the running clock when it is not what the register says; None when nothing changed. Where
    the law sets no time, an officer's own day stays."""
    found = session.get_one(Complaint, complaint, populate_existing=True)
    values = _moved_clock(session, found, {}, because)
    if not values:
        return None
    base = store.generations(session).version(found.version)
    return edit(
        session, author, kind="complaint", scope=found.scope, fields=values, record=complaint, base=base
    )


def running_clock(session: Session, row: Complaint) -> Clock | None:
    """The clock that a case's handler works against now."""
    return _running(session, row.jurisdiction, case_of(row, queries.steps_of(session, row.id)))


def _moved_clock(
    session: Session, row: Complaint, values: Mapping[str, object], because: Because
) -> dict[str, object]:
    """``due_on`` and why, when ``values`` or what happened since moves the clock of a case."""
    stored = {name: getattr(row, name) for name in FACTS}
    taken = [StepTaken(StepKind(one.step), one.happened_on) for one in queries.steps_of(session, row.id)]
    case = case_from({**stored, **values}, taken)
    clock = _running(session, row.jurisdiction, case)
    if clock is None:
        own = values.get("due_on")
        return {"due_because": Because.OFFICER.value} if own and own != _canonical(row.due_on) else {}
    due_on = None if clock.due_on is None else clock.due_on.isoformat()
    if due_on == _canonical(row.due_on):
        return {"due_on": due_on} if "due_on" in values else {}
    return {"due_on": due_on, "due_because": because.value}


def _running(session: Session, jurisdiction: uuid.UUID, case: Case) -> Clock | None:
    return running(case, time_limits(), working_calendar(session, jurisdiction))


def with_whole_groups(complaint: Complaint, values: Mapping[str, object]) -> dict[str, object]:
    """``values`` with every group they touch made whole from the record: a group merges as one value."""
    kind = registry["complaint"]
    whole = dict(values)
    for name in values:
        for member in kind.groups.get(kind.group_of.get(name, ""), ()):
            if member not in whole:
                whole[member] = _canonical(getattr(complaint, member))
    return whole


def set_clocks(session: Session, author: Author, rows: Sequence[Complaint], because: Because) -> int:
    """Keep the clocks of these open cases right; how many moved."""
    return sum(set_clock(session, author, row.id, because) is not None for row in rows)


def _found(session: Session, complaint: uuid.UUID) -> Complaint:
    found = session.get(Complaint, complaint)
    if found is None or found.voided:
        raise Refusal("not_found")
    return found


def _loaded(values: Mapping[str, object]) -> dict[str, object]:
    """The canonical values of what an officer sent.

    :raises Refusal: ``unprocessable`` naming what is no value of its field.
    """
    try:
        return dict(registry["complaint"].loader.load(dict(values), partial=True))
    except ValidationError as problem:
        raise Refusal("unprocessable", errors=dict(problem.messages_dict)) from None


def _canonical(value: object) -> object:
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, uuid.UUID)
        else value
    )
