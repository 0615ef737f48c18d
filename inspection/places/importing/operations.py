"""The life of an import: drafted, decided, taken in. Verbs flush; the edge commits.

The row is the queue. It is taken in some lines a transaction, and the count of lines gone through moves in the same
transaction as their operations: a worker that is killed has taken a line in whole or not at all, and the next one goes
on where it stopped.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.journal import store
from inspection.journal.edit import edit_all, office_operation
from inspection.journal.models import Record
from inspection.journal.operation import Author, Operation, Status
from inspection.journal.state import flatten, from_json
from inspection.places.importing.comparing import Known, Line, State, compare_rows
from inspection.places.importing.models import EstablishmentImport, ImportStatus
from inspection.places.importing.rows import Entry
from inspection.places.kinds import ESTABLISHMENT

TAKE_IN = "places.take_in"
"""The name of the job that takes one import in; rung after it was confirmed and committed."""
LINES_AT_ONCE = 200
"""Lines in a transaction: phones wait for the register's counter row no longer than that takes."""
KEPT = timedelta(days=30)
UNHEARD = timedelta(minutes=1)
NEW, SKIP = "new", "skip"


def draft(
    session: Session, author: Author, jurisdiction: uuid.UUID, filename: str, entries: Sequence[Entry]
) -> EstablishmentImport:
    """Compare the rows of a workbook with the register as it stands and keep the comparison."""
    lines = compare_rows(entries, known_establishments(session, f"establishments:{jurisdiction}"))
    counts = Counter(line.state.value for line in lines)
    made = EstablishmentImport(
        id=uuid7(),
        jurisdiction=jurisdiction,
        person=author.user,
        device=author.device,
        filename=filename[:200],
        made_at=now(),
        status=ImportStatus.DRAFT.value,
        lines=[_to_json(line) for line in lines],
        counts={state.value: counts[state.value] for state in State},
        choices={},
        taken=0,
        created=0,
        updated=0,
    )
    session.add(made)
    session.flush()
    return made


def known_establishments(session: Session, scope: str) -> Iterator[Known]:
    """The establishments of the register, without voided ones and without those that repeat another."""
    generations = store.generations(session)
    rows = session.execute(
        select(Record.id, Record.seq, Record.state).where(
            Record.scope == scope, Record.kind == ESTABLISHMENT.name
        )
    )
    for record, seq, form in rows:
        state = from_json(form)
        values = flatten(state.fields, ESTABLISHMENT.groups)
        if not state.voided and values.get("merged_into") is None:
            yield Known(record, generations.version(seq), values)


def decide(session: Session, made: EstablishmentImport, choices: Mapping[str, str]) -> None:
    """Note what was chosen for doubtful and changed rows.

    :raises Refusal: ``changed_meanwhile`` when it is no draft any more; ``unprocessable`` for a choice that the row
        does not offer.
    """
    if made.status != ImportStatus.DRAFT:
        raise Refusal("changed_meanwhile")
    offered = {str(line["row"]): offers(line) for line in made.lines}
    if any(choice not in offered.get(row, ()) for row, choice in choices.items()):
        raise Refusal("unprocessable")
    made.choices = {**made.choices, **choices}
    session.flush()


def offers(line: Mapping[str, Any]) -> list[str]:
    """What may be chosen for a line; the first is what happens when nobody chooses."""
    match line["state"]:
        case State.NEW:
            return [NEW, SKIP]
        case State.CHANGED:
            return [line["record"], SKIP]
        case State.DOUBTFUL:
            return [NEW, SKIP, *(each["record"] for each in line["alike"] if each["record"])]
        case _:
            return [SKIP]


def confirm(session: Session, identifier: uuid.UUID, author: Author) -> EstablishmentImport:
    """Queue a draft in the name of who confirms it; one that is queued already stays so.

    :raises Refusal: ``not_found``; ``changed_meanwhile`` when it was discarded or is done.
    """
    made = _held(session, identifier)
    if made.status == ImportStatus.DRAFT:
        made.status, made.person, made.device = ImportStatus.QUEUED.value, author.user, author.device
        made.rung_at = now()
    elif made.status != ImportStatus.QUEUED:
        raise Refusal("changed_meanwhile")
    session.flush()
    return made


def discard(session: Session, identifier: uuid.UUID) -> EstablishmentImport:
    """Put a draft away; nothing of it is taken in.

    :raises Refusal: ``not_found``; ``changed_meanwhile`` when it was confirmed.
    """
    made = _held(session, identifier)
    if made.status not in (ImportStatus.DRAFT, ImportStatus.DISCARDED):
        raise Refusal("changed_meanwhile")
    made.status = ImportStatus.DISCARDED.value
    session.flush()
    return made


def take_some_in(session: Session, identifier: uuid.UUID, author: Author) -> bool:
    """Take the next lines in; whether there are more."""
    made = session.get(EstablishmentImport, identifier, with_for_update=True)
    if made is None or made.status != ImportStatus.QUEUED:
        return False
    lines = made.lines[made.taken : made.taken + LINES_AT_ONCE]
    operations = [each for line in lines if (each := _operation(made, line)) is not None]
    refused = None
    for operation, result in zip(operations, edit_all(session, author, operations), strict=True):
        if result.status in (Status.REJECTED, Status.RETRY):
            refused = refused or result.error or {"code": "server_fault"}
        elif operation.base == "0":
            made.created += 1
        else:
            made.updated += 1
    if refused:
        made.status, made.problem = ImportStatus.FAILED.value, str(refused["code"])
    made.taken += len(lines)
    made.rung_at = now()
    if made.taken == len(made.lines) and not refused:
        made.status = ImportStatus.DONE.value
    session.flush()
    return made.status == ImportStatus.QUEUED


def unheard(session: Session, at: datetime) -> list[uuid.UUID]:
    """Queued imports that nobody has worked on for a while."""
    query = select(EstablishmentImport.id).where(
        EstablishmentImport.status == ImportStatus.QUEUED.value, EstablishmentImport.rung_at < at - UNHEARD
    )
    return list(session.scalars(query))


def sweep(session: Session, at: datetime) -> None:
    """Forget the workbooks of imports that ended, or were never confirmed, weeks ago. What they brought in stays."""
    session.execute(
        delete(EstablishmentImport).where(
            EstablishmentImport.status != ImportStatus.QUEUED.value, EstablishmentImport.made_at < at - KEPT
        )
    )


def _held(session: Session, identifier: uuid.UUID) -> EstablishmentImport:
    made = session.get(EstablishmentImport, identifier, with_for_update=True)
    if made is None:
        raise Refusal("not_found")
    return made


def _operation(made: EstablishmentImport, line: Mapping[str, Any]) -> Operation | None:
    """The operation that a line asks for; the id of a new establishment follows from the import and the row."""
    choice = made.choices.get(str(line["row"]), offers(line)[0])
    if choice == SKIP:
        return None
    values, base = line["changes"], line["base"]
    if choice == NEW:
        record = uuid.uuid5(made.id, str(line["row"]))
    else:
        record = uuid.UUID(choice)
        if line["state"] == State.DOUBTFUL:
            known = next(each for each in line["alike"] if each["record"] == choice)
            values, base = known["changes"], known["base"]
        if not values:
            return None
    scope = f"establishments:{made.jurisdiction}"
    return office_operation(kind=ESTABLISHMENT.name, scope=scope, record=record, fields=values, base=base)


def _to_json(line: Line) -> dict[str, Any]:
    form = asdict(line)
    form["record"] = None if line.record is None else str(line.record)
    for each, likeness in zip(form["alike"], line.alike, strict=True):
        each["record"] = None if likeness.record is None else str(likeness.record)
    return form
