"""Writing records in the server's own name through the journal, each only once: setting up, the demonstration."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from inspection.journal import store
from inspection.journal.edit import next_number
from inspection.journal.models import Record
from inspection.journal.operation import Author, Operation, Result, Status
from inspection.journal.state import flatten
from inspection.journal.submit import submit
from inspection.people.grants import system_grants
from inspection.people.operations import SYSTEM_DEVICE, SYSTEM_PERSON

LARGEST_BATCH = 500
ACCEPTED = (Status.APPLIED, Status.MERGED)


class NotTakenError(Exception):
    """The journal did not take a record that travels with the product: its own data are wrong."""


@dataclass
class Writer:
    """Collects operations of the server's own device and submits them in order.

    ``moment`` is when the operations are said to be made unless they say so themselves. ``versions`` holds
    the version of every record written so far.
    """

    session: Session
    jurisdiction: uuid.UUID
    moment: datetime
    waiting: list[tuple[uuid.UUID, Operation]] = field(default_factory=list)
    versions: dict[uuid.UUID, str] = field(default_factory=dict)

    def exists(self, record: uuid.UUID) -> bool:
        """Whether the journal has the record."""
        return self.session.scalar(select(Record.id).where(Record.id == record)) is not None

    def add(
        self,
        kind: str,
        record: uuid.UUID,
        scope: str,
        fields: Mapping[str, object],
        *,
        by: uuid.UUID = SYSTEM_PERSON,
        at: datetime | None = None,
        base: str = "0",
    ) -> None:
        """Queue one operation; empty fields are left out of a creation."""
        said = (
            {name: value for name, value in fields.items() if value is not None}
            if base == "0"
            else dict(fields)
        )
        made_at = (at or self.moment).isoformat()
        self.waiting.append((by, Operation(uuid7(), 0, kind, record, scope, said, made_at, base=base)))

    def create(
        self,
        kind: str,
        record: uuid.UUID,
        scope: str,
        fields: Mapping[str, object],
        *,
        by: uuid.UUID = SYSTEM_PERSON,
        at: datetime | None = None,
    ) -> bool:
        """Queue a record unless the journal has it; True when it was queued."""
        if self.exists(record):
            return False
        self.add(kind, record, scope, fields, by=by, at=at)
        return True

    def bring_up_to_date(
        self, kind: str, record: uuid.UUID, scope: str, fields: Mapping[str, object]
    ) -> None:
        """Queue what differs between ``fields`` and the record as it stands, all of it when there is none yet."""
        loaded = store.load_records(self.session, [record]).get(record)
        if loaded is None:
            self.add(kind, record, scope, fields)
            return
        stands = flatten(loaded.state.fields, loaded.kind.groups)
        wanted = loaded.kind.loader.load(dict(fields), partial=True)
        changed = {name for name, value in wanted.items() if stands.get(name) != value}
        for members in loaded.kind.groups.values():
            if changed.intersection(members):
                changed.update(members)
        if changed:
            base = store.generations(self.session).version(loaded.state.seq)
            self.add(
                kind, record, scope, {name: wanted[name] for name in wanted if name in changed}, base=base
            )

    def flush(self) -> list[Result]:
        """Submit what is queued.

        :raises NotTakenError: when an operation is not simply accepted.
        """
        results: list[Result] = []
        while self.waiting:
            by = self.waiting[0][0]
            batch: list[Operation] = []
            while self.waiting and self.waiting[0][0] == by and len(batch) < LARGEST_BATCH:
                batch.append(self.waiting.pop(0)[1])
            results += self._submit(by, batch)
        return results

    def _submit(self, by: uuid.UUID, batch: list[Operation]) -> list[Result]:
        first = next_number(self.session, SYSTEM_DEVICE)
        numbered = [replace(operation, n=first + at) for at, operation in enumerate(batch)]
        results = submit(self.session, author(by, self.jurisdiction), numbered)
        generations = store.generations(self.session)
        for operation, result in zip(numbered, results, strict=True):
            if result.status not in ACCEPTED or result.seq is None:
                raise NotTakenError(f"{operation.kind} {operation.record}: {result.status} {result.error}")
            self.versions[operation.record] = generations.version(result.seq)
        return results


def author(person: uuid.UUID, jurisdiction: uuid.UUID) -> Author:
    """The server itself, writing in the name of ``person``."""
    return Author(SYSTEM_DEVICE, person, system_grants(person, jurisdiction))
