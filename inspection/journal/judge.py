"""What becomes of each operation of a submission, once everything it needs is locked and loaded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal import store, voids
from inspection.journal.batch import Answered, Batch, Loaded, status_word
from inspection.journal.canonical import Json
from inspection.journal.examine import Examined, by_key, complete, examine, ungrouped, verbs
from inspection.journal.kinds import registry
from inspection.journal.merge import Incoming
from inspection.journal.models import Parked, ParkedStatus, Record
from inspection.journal.operation import Author, Operation, Refused, Result, Status
from inspection.journal.parked import park
from inspection.journal.state import VOIDED, RecordState, conflict_id, flatten
from inspection.journal.surroundings import Values
from inspection.journal.versions import entry_number

COMES_AGAIN = "schema_too_old"
"""The refusal that leaves no receipt: the updated phone sends the same operation again."""


@dataclass
class Judge:
    """Answers the operations of one batch, one after another."""

    session: Session
    batch: Batch
    admitted_by: uuid.UUID | None = None
    by_number: dict[tuple[uuid.UUID, int], Answered] = field(init=False)
    to_attach: list[tuple[Examined, Operation]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.by_number = {(given.device, given.n): given for given in self.batch.answered.values()}

    def answer(self, operation: Operation, examined: Examined | Refused) -> Result:
        """The result of one operation."""
        given = self.batch.answered.get(operation.id)
        if given is not None and (self.admitted_by is None or given.seq is not None):
            if given.digest == operation.digest():
                return replayed(given)
            if self.admitted_by is None:
                return self._refuse(operation, self.batch.author, Refused("operation_id_reused"))
        if self._number_taken(operation, self.batch.author) and self.admitted_by is None:
            return self._refuse(operation, self.batch.author, Refused("device_cloned"))
        if isinstance(examined, Refused):
            return self._refuse(operation, self.batch.author, examined)
        return self._accept(examined, self.batch.author)

    def _number_taken(self, operation: Operation, author: Author) -> bool:
        numbered = self.by_number.get((author.device, operation.n))
        return numbered is not None and numbered.operation != operation.id

    def _accept(self, examined: Examined, author: Author) -> Result:
        operation, batch = examined.operation, self.batch
        loaded = batch.records.get(operation.record)
        values = complete(examined, loaded.state if loaded else None)
        refused = self._refusal(examined, author, loaded, values)
        if refused is not None:
            return self._refuse(operation, author, refused)
        if isinstance(values, Refused):
            return self._refuse(operation, author, values)
        if loaded is None:
            if examined.missing:
                return self._hold(operation, author, (examined.kind.name, operation.record))
            parent = examined.parent
            if parent is not None and parent not in batch.records:
                return self._hold(operation, author, (examined.kind.parent or "", parent))
            if parent is not None and batch.records[parent].scope != operation.scope:
                return self._refuse(operation, author, Refused("wrong_scope"))
        broken = self._broken_rule(examined, loaded, values)
        if broken is not None:
            return self._refuse(operation, author, broken)
        if loaded is None:
            self._open(examined)
            values |= self._given_by_server(examined)
        return self._enter(examined, values, author)

    def _refusal(
        self, examined: Examined, author: Author, loaded: Loaded | None, values: Mapping[str, Json] | Refused
    ) -> Refused | None:
        operation, head = examined.operation, self.batch.heads.get(examined.operation.scope)
        if head is None or not (head.exists or registry.may_begin(examined.kind)):
            return Refused("unknown_scope")
        if loaded is not None and (loaded.scope != operation.scope or loaded.kind.name != examined.kind.name):
            return Refused("wrong_scope")
        if self.batch.generations.seen(operation.base, operation.scope) is None:
            return Refused("malformed")
        allowed = isinstance(values, Refused) or self._may(
            examined, values, author, loaded.state if loaded else None
        )
        return None if allowed else Refused("forbidden")

    def _may(
        self, examined: Examined, values: Mapping[str, Json], author: Author, state: RecordState | None
    ) -> bool:
        """Whether the author may. What a person admits was judged by that person; what was held was judged
        when it came."""
        if self.admitted_by is not None or author is not self.batch.author:
            return True
        scope, kind = examined.operation.scope, examined.kind.name
        if state is None and examined.kind.opens_scope and not author.grants.may_open(kind, values):
            return False
        needed = verbs(values, bool(examined.operation.settles), state)
        return all(author.grants.may(verb, kind, scope) for verb in needed)

    def _broken_rule(
        self, examined: Examined, loaded: Loaded | None, values: Mapping[str, Json]
    ) -> Refused | None:
        """What the kind's own rule says against the operation. Voiding and restoring change no values."""
        kind = examined.kind
        brought = {name: value for name, value in ungrouped(kind, values).items() if name != VOIDED}
        if kind.check is None or not brought:
            return None
        before = {} if loaded is None else flatten(loaded.state.fields, kind.groups)
        return kind.check(_Around(self.session, self.batch), examined.operation, before, brought)

    def _open(self, examined: Examined) -> None:
        operation = examined.operation
        self.batch.records[operation.record] = Loaded(
            examined.kind, operation.scope, examined.parent, RecordState(), new=True, changed=True
        )
        self.batch.created.append(operation.record)
        if examined.kind.opens_scope:
            author = self.batch.author
            self.batch.author = replace(author, grants=author.grants.opened(operation.scope))

    def _given_by_server(self, examined: Examined) -> dict[str, Json]:
        if examined.kind.prepare is None:
            return {}
        return by_key(examined.kind, examined.kind.prepare(self.session, examined.operation))

    def _enter(self, examined: Examined, values: dict[str, Json], author: Author) -> Result:
        operation, batch = examined.operation, self.batch
        seen = batch.generations.seen(operation.base, operation.scope) or 0
        state = batch.records[operation.record].state
        disputed: frozenset[str] = frozenset()
        newest = state.seq
        if values.get(VOIDED) is not None:
            below, newest_below = voids.changed_below(self.session, batch, operation.record, seen, author)
            newest = max(newest, newest_below)
            disputed = frozenset({VOIDED}) if below else disputed
        incoming = Incoming(
            device=str(author.device),
            user=str(author.user),
            n=operation.n,
            made_at=operation.made_at,
            base=seen if seen <= newest else 0,
            values=values,
            settles=frozenset(filter(None, map(entry_number, operation.settles))),
            self_exempt=author.self_exempt,
        )
        seq, decision = batch.append(
            operation, incoming, values, disputed=disputed, admitted_by=self.admitted_by
        )
        if operation.sealed is not None:
            self.to_attach.append((examined, operation))
        clashes = [(operation.record, key) for key in decision.disputed]
        clashes += voids.object_to_voids(batch, operation, incoming, seen)
        status = Status(status_word(decision)) if not clashes else Status.CONFLICT
        named = tuple({"id": str(conflict_id(record, key)), "field": key} for record, key in clashes)
        return self._receive(operation, author, Result(str(operation.id), status, seq=seq, conflicts=named))

    def _hold(self, operation: Operation, author: Author, waits_for: tuple[str, uuid.UUID]) -> Result:
        park(
            self.session,
            device=author.device,
            user=author.user,
            content=operation.content(),
            operation=operation,
            status=ParkedStatus.HELD,
            waits_for=waits_for,
            received_at=self.batch.received_at,
        )
        waiting = {"kind": waits_for[0], "record": str(waits_for[1])}
        return self._receive(operation, author, Result(str(operation.id), Status.HELD, waits_for=waiting))

    def _refuse(self, operation: Operation, author: Author, refused: Refused) -> Result:
        error = refused.error()
        park(
            self.session,
            device=author.device,
            user=author.user,
            content=operation.content(),
            operation=operation,
            status=ParkedStatus.REJECTED,
            error=error,
            received_at=self.batch.received_at,
        )
        result = Result(str(operation.id), Status.REJECTED, error=error)
        return result if refused.code == COMES_AGAIN else self._receive(operation, author, result)

    def _receive(self, operation: Operation, author: Author, result: Result) -> Result:
        detail: dict[str, Any] = {}
        if result.conflicts:
            detail["conflicts"] = [dict(conflict) for conflict in result.conflicts]
        if result.waits_for:
            detail["waits_for"] = dict(result.waits_for)
        if result.error:
            detail["error"] = dict(result.error)
        given = self.batch.answered.get(operation.id)
        fingerprint, number = operation.digest(), operation.n
        if given is not None and given.digest != fingerprint:
            return result
        if self._number_taken(operation, author):
            if self.admitted_by is None:
                return result
            number = _own_number(operation)
        if given is None:
            given = Answered(operation.id, author.device, number, fingerprint, "", None, None)
            self.batch.answered[operation.id] = given
            self.by_number[author.device, number] = given
        given.status, given.seq, given.detail = str(result.status), result.seq, detail or None
        given.changed = True
        return result

    def release_held(self) -> None:
        """Apply what waited for the records that this batch created, and what waited for those in turn."""
        while self.batch.created:
            created, self.batch.created = self.batch.created, []
            held = store.load_held(self.session, created)
            operations = [Operation.from_content(parked.content) for parked in held]
            if not operations:
                return
            ids = [operation.id for operation in operations]
            for given in store.load_answers(self.session, ids, self.batch.author.device):
                self.batch.answered.setdefault(given.operation, given)
            records = store.load_records(self.session, {operation.record for operation in operations})
            self.batch.records = records | self.batch.records
            for parked, operation in zip(held, operations, strict=True):
                self._release(parked, operation)

    def _release(self, parked: Parked, operation: Operation) -> None:
        author = Author(parked.device, parked.user, self.batch.author.grants)
        parked.waits_for, parked.waits_for_kind = None, None
        examined = examine(operation) if operation.scope in self.batch.heads else Refused("wrong_scope")
        if isinstance(examined, Refused):
            result = self._refuse(operation, author, examined)
        else:
            result = self._accept(examined, author)
        if result.seq is not None:
            parked.status = ParkedStatus.ADMITTED

    def attach(self) -> None:
        """Store what travels beside the journal."""
        for examined, operation in self.to_attach:
            if examined.kind.attach is not None:
                examined.kind.attach(self.session, operation)


def _own_number(operation: Operation) -> int:
    """The number under which an admitted operation is received when another one has taken its own: below zero,
    where no phone counts, so that it is known when it comes again from a new device."""
    return -1 - operation.id.int % 2**62


def replayed(given: Answered) -> Result:
    """The stored answer to an operation that comes again."""
    detail = given.detail or {}
    return Result(
        str(given.operation),
        Status(given.status),
        seq=given.seq,
        conflicts=tuple(detail.get("conflicts", ())),
        waits_for=detail.get("waits_for"),
        error=detail.get("error"),
        replayed=True,
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """The surroundings of an operation in its working set."""

    session: Session
    batch: Batch

    def values(self, record: uuid.UUID) -> Values | None:
        loaded = self.batch.records.get(record) or store.load_records(self.session, [record]).get(record)
        return None if loaded is None else _flat(loaded)

    def children(self, kind: str, parent: uuid.UUID) -> dict[uuid.UUID, Values]:
        stored = select(Record.id).where(Record.parent == parent, Record.kind == kind)
        found = store.load_records(self.session, list(self.session.scalars(stored)))
        found |= {record: loaded for record, loaded in self.batch.records.items() if loaded.parent == parent}
        return {
            record: _flat(found[record])
            for record in sorted(found)
            if found[record].kind.name == kind and not found[record].state.voided
        }


def _flat(loaded: Loaded) -> Values:
    return flatten(loaded.state.fields, loaded.kind.groups)
