"""What the server adds when a petition enters the journal, and what it keeps beside it.

These are the hooks of the kind ``complaint``. ``prepare`` runs once per record, inside the write transaction
and under the lock of its scope, so a register number is spent only by a petition that is really created.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date

from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from config.extensions import now
from config.settings import Settings
from inspection.calendar.queries import working_calendar
from inspection.complaints import keys, marks, sealing
from inspection.complaints.cases import case_from
from inspection.complaints.clocks import running
from inspection.complaints.models import Complaint, PetitionerMark, RegisterCounter, SealedIdentity
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import Because
from inspection.journal.operation import Operation


def next_register_number(session: Session, jurisdiction: uuid.UUID, year: int) -> int:
    """The next number of a jurisdiction's register in a year: 1, 2, 3 … without gaps.

    The counter row is locked until the transaction ends, and a transaction that fails gives its number back.
    A counter that is not there yet starts after the highest number already in the register.
    """
    highest = (
        select(func.coalesce(func.max(Complaint.register_number), 0) + 1)
        .where(Complaint.jurisdiction == jurisdiction, Complaint.register_year == year)
        .scalar_subquery()
    )
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = (
        insert(RegisterCounter)
        .values(jurisdiction=jurisdiction, year=year, last=highest)
        .on_conflict_do_update(
            index_elements=[RegisterCounter.jurisdiction, RegisterCounter.year],
            set_={"last": RegisterCounter.last + 1},
        )
        .returning(RegisterCounter.last)
    )
    return session.execute(statement, execution_options={"populate_existing": True}).scalar_one()


def prepare(session: Session, operation: Operation) -> Mapping[str, object]:
    """The register number and year of a new petition, and the last day of its first clock.

    The year is the one in which the petition was received. Where the law sets no time, the officer's day stays.
    """
    fields = operation.fields
    received_on = date.fromisoformat(fields["received_on"])
    jurisdiction = uuid.UUID(fields["jurisdiction"])
    number = next_register_number(session, jurisdiction, received_on.year)
    added: dict[str, object] = {"register_number": number, "register_year": received_on.year}
    first = running(case_from(fields), time_limits(), working_calendar(session, jurisdiction))
    if first is not None and first.due_on is not None:
        added |= {"due_on": first.due_on.isoformat(), "due_because": Because.RECEIVED.value}
    elif fields.get("due_on"):
        added["due_because"] = Because.OFFICER.value
    return added


def well_formed(sealed: object) -> bool:
    """Whether what came beside an operation is a sealed identity, with or without its blind tokens."""
    if not isinstance(sealed, Mapping):
        return False
    box = {name: value for name, value in sealed.items() if name != "marks"}
    return sealing.well_formed(box) and marks.well_formed(sealed.get("marks", []))


def attach(session: Session, operation: Operation) -> None:
    """Keep the sealed identity that came with a petition. A later one stands before it and replaces nothing."""
    sealed = operation.sealed
    if not sealed:
        return
    key, box = str(sealed.get("key", "")), str(sealed.get("box", ""))
    found = session.get(SealedIdentity, operation.record)
    if found is None:
        session.add(SealedIdentity(id=operation.record, key=key, box=box, created_at=now(), earlier=[]))
    elif found.box != box:
        former = {"key": found.key, "box": found.box, "created_at": found.created_at.isoformat()}
        found.earlier = [*found.earlier, former]
        found.key, found.box, found.created_at = key, box, now()
    given = sealed.get("marks")
    if given:
        session.execute(delete(PetitionerMark).where(PetitionerMark.complaint == operation.record))
        kept = marks.marks(_settings().data_dir, given)
        session.add_all(PetitionerMark(complaint=operation.record, mark=mark) for mark in kept)
    session.flush()


def seal(content: bytes) -> str:
    """Seal an operation that is kept aside to the office key: it may carry an identity in a field where none
    belongs."""
    return json.dumps(sealing.seal(keys.current_public_key(_settings().data_dir), content.decode()))


def unseal(sealed: str) -> bytes:
    """What :func:`seal` sealed.

    :raises SealingError: when this installation does not hold the key.
    """
    value = json.loads(sealed)
    private = keys.private_key(_settings().data_dir, str(value["key"]))
    return sealing.open_sealed(private, value).encode()


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
