"""What becomes of each operation of a submission, once everything it needs is locked and loaded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.batch import Batch, Loaded, status_word
from inspection.journal.canonical import Json
from inspection.journal.examine import Examined, by_key, complete, examine, verbs
from inspection.journal.kinds import registry
from inspection.journal.merge import Incoming
from inspection.journal.models import Parked, ParkedStatus, Receipt
from inspection.journal.operation import Author, Operation, Refused, Result, Status
from inspection.journal.parked import park
from inspection.journal.state import VOIDED, RecordState, conflict_id
from inspection.journal.versions import entry_number

COMES_AGAIN = "schema_too_old"
"""The refusal that leaves no receipt: the updated phone sends the same operation again."""


@dataclass
class Judge:
    """Answers the operations of one batch, one after another."""

    session: Session
    batch: Batch
    receipts: list[Receipt]
    admitted_by: uuid.UUID | None = None
    by_operation: dict[uuid.UUID, Receipt] = field(init=False)
    by_number: dict[tuple[uuid.UUID, int], Receipt] = field(init=False)
    to_attach: list[tuple[Examined, Operation]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.by_operation = {receipt.operation: receipt for receipt in self.receipts}
        self.by_number = {(receipt.device, receipt.n): receipt for receipt in self.receipts}

    def answer(self, operation: Operation, examined: Examined | Refused) -> Result:
        """The result of one operation."""
        receipt = self.by_operation.get(operation.id)
        if receipt is not None and self.admitted_by is None:
            if receipt.digest == operation.digest():
                return replayed(receipt)
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
        allowed = isinstance(values, Refused) or self._may(examined, values, author, creates=loaded is None)
        return None if allowed else Refused("forbidden")

    def _may(self, examined: Examined, values: Mapping[str, Json], author: Author, *, creates: bool) -> bool:
        """Whether the author may. What a person admits was judged by that person; what was held was judged
        when it came."""
        if self.admitted_by is not None or author is not self.batch.author:
            return True
        if examined.operation.scope in self.batch.opened:
            return True
        scope, kind = examined.operation.scope, examined.kind.name
        needed = verbs(values, bool(examined.operation.settles), creates)
        return all(author.grants.may(verb, kind, scope) for verb in needed)

    def _open(self, examined: Examined) -> None:
        operation = examined.operation
        self.batch.records[operation.record] = Loaded(
            examined.kind, operation.scope, examined.parent, RecordState(), new=True, changed=True
        )
        self.batch.created.append(operation.record)
        if examined.kind.opens_scope:
            self.batch.opened.add(operation.scope)

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
            below, newest_below = self._changed_below(operation.record, seen, author)
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
        clashes += self._object(operation, incoming, seen)
        status = Status(status_word(decision)) if not clashes else Status.CONFLICT
        named = tuple({"id": str(conflict_id(record, key)), "field": key} for record, key in clashes)
        return self._receive(operation, author, Result(str(operation.id), status, seq=seq, conflicts=named))

    def _changed_below(self, record: uuid.UUID, seen: int, author: Author) -> tuple[bool, int]:
        """Whether somebody else changed something on or below ``record`` that the writer had not seen, and
        the newest version there. A void covers what depends on the record, so its base is the newest version
        of all of it on the writer's screen."""
        for below, loaded in store.load_below(self.session, record).items():
            self.batch.records.setdefault(below, loaded)
        newest, unseen = 0, False
        for other, loaded in self.batch.records.items():
            if other != record and record not in self.batch.ancestors(other):
                continue
            newest = max(newest, loaded.state.seq)
            for key, stored in loaded.state.fields.items():
                foreign = not author.self_exempt or any(
                    writer != str(author.device) for writer in stored.writers
                )
                unseen = unseen or (key != VOIDED and stored.version > seen and foreign)
        return unseen, newest

    def _object(self, operation: Operation, incoming: Incoming, seen: int) -> list[tuple[uuid.UUID, str]]:
        """An edit or a child made without having seen that the record, or one above it, was voided: it is
        kept, and the void becomes disputed, so that nothing disappears from sight unread."""
        disputed: list[tuple[uuid.UUID, str]] = []
        for record in (operation.record, *self.batch.ancestors(operation.record)):
            loaded = self.batch.records.get(record)
            stored = loaded.state.fields.get(VOIDED) if loaded is not None else None
            if loaded is None or stored is None or stored.value is None or stored.version <= seen:
                continue
            if record == operation.record and VOIDED in incoming.values:
                continue
            if incoming.self_exempt and stored.writers == (incoming.device,):
                continue
            if any(
                candidate.device == incoming.device and candidate.value is None
                for candidate in stored.candidates
            ):
                continue
            objection = Operation(
                id=uuid.uuid5(operation.id, str(record)),
                n=operation.n,
                kind=loaded.kind.name,
                record=record,
                scope=loaded.scope,
                fields={VOIDED: None},
                made_at=operation.made_at,
                base=operation.base,
            )
            change = Incoming(
                incoming.device, incoming.user, incoming.n, incoming.made_at, seen, {VOIDED: None}
            )
            _, decision = self.batch.append(objection, change, {VOIDED: None})
            disputed += [(record, key) for key in decision.disputed]
        return disputed

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
        receipt = self.by_operation.get(operation.id)
        if self._number_taken(operation, author) or (
            receipt is not None and receipt.digest != operation.digest()
        ):
            return result
        if receipt is None:
            receipt = Receipt(
                operation=operation.id, device=author.device, n=operation.n, digest=operation.digest()
            )
            self.session.add(receipt)
            self.by_operation[operation.id] = receipt
            self.by_number[author.device, operation.n] = receipt
        receipt.status, receipt.seq, receipt.detail = result.status, result.seq, detail or None
        return result

    def release_held(self) -> None:
        """Apply what waited for the records that this batch created, and what waited for those in turn."""
        while self.batch.created:
            created, self.batch.created = self.batch.created, []
            for parked in store.load_held(self.session, created):
                self._release(parked)

    def _release(self, parked: Parked) -> None:
        operation = operation_of(parked.content)
        author = Author(parked.device, parked.user, self.batch.author.grants)
        receipt = self.session.get(Receipt, operation.id)
        if receipt is not None:
            self.by_operation[operation.id] = receipt
        self.batch.records = store.load_records(self.session, [operation.record]) | self.batch.records
        parked.waits_for, parked.waits_for_kind, parked.status = None, None, ParkedStatus.ADMITTED
        examined = examine(operation) if operation.scope in self.batch.heads else Refused("wrong_scope")
        if isinstance(examined, Refused):
            self._refuse(operation, author, examined)
        else:
            self._accept(examined, author)

    def attach(self) -> None:
        """Store what travels beside the journal."""
        for examined, operation in self.to_attach:
            if examined.kind.attach is not None:
                examined.kind.attach(self.session, operation)


def replayed(receipt: Receipt) -> Result:
    """The stored answer to an operation that comes again."""
    detail = receipt.detail or {}
    return Result(
        str(receipt.operation),
        Status(receipt.status),
        seq=receipt.seq,
        conflicts=tuple(detail.get("conflicts", ())),
        waits_for=detail.get("waits_for"),
        error=detail.get("error"),
        replayed=True,
    )


def operation_of(content: Mapping[str, Any]) -> Operation:
    """The operation whose :meth:`Operation.content` this is."""
    return Operation(
        id=uuid.UUID(content["id"]),
        n=content["n"],
        schema=content["schema"],
        kind=content["kind"],
        record=uuid.UUID(content["record"]),
        scope=content["scope"],
        base=content["base"],
        fields=content["fields"],
        made_at=content["made_at"],
        settles=tuple(content.get("settles", ())),
        sealed=content.get("sealed"),
    )
