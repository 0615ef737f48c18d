"""Taking back what was carried (:mod:`inspection.journal.carry`).

What the carrying created is voided or emptied, what it brought to records that were there before is undone value by
value, and what people have changed since goes back to where the value came from. A decision that somebody made on the
target meanwhile (a conflict settled there) stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.batch import Loaded
from inspection.journal.canonical import Json
from inspection.journal.carry import (
    Identify,
    Step,
    blank,
    operation,
    refer,
    spread,
    write_own,
    write_steps,
    written_since,
)
from inspection.journal.history import of_record
from inspection.journal.models import Entry
from inspection.journal.operation import Author, Operation
from inspection.journal.state import VOIDED, FieldState, flatten
from inspection.journal.versions import NOTHING_SEEN, Generations


@dataclass
class TakingBack:
    """The taking back of all that was carried from ``source``: by the entries of ``scope`` in ``spans`` (first and
    last of each), and ``records`` maps what was carried to what it became."""

    session: Session
    source: uuid.UUID
    scope: str
    spans: Sequence[tuple[int, int]]
    records: Mapping[uuid.UUID, uuid.UUID]
    identify: Identify
    reason: str
    generations: Generations = field(init=False)

    def __post_init__(self) -> None:
        self.generations = store.generations(self.session)

    def carry_out(self, author: Author) -> None:
        """Write it; ``author`` is the person who decides.

        :raises Refusal: whatever the journal refuses.
        """
        old = store.load_records(self.session, self.records.keys())
        new = store.load_records(self.session, self.records.values())
        made = {record: new[record] for record in self.records.values() if self._made(new[record])}
        back = {became: each for each, became in self.records.items() if became in made}
        steps = [
            one for record, each in back.items() for one in self._back(made[record], old[each], each, back)
        ]
        write_steps(self.session, steps, author.user)
        own = [self._away(record, loaded, back[record]) for record, loaded in made.items()]
        own += [
            self._as_before(record, loaded) for record, loaded in self._touched({*made, *old, self.source})
        ]
        write_own(self.session, author, [one for one in own if one.fields])

    def _made(self, loaded: Loaded) -> bool:
        """Whether the carrying created the record."""
        return self._brought(loaded.state.fields[loaded.kind.parent or ""].version)

    def _back(
        self, made: Loaded, old: Loaded, each: uuid.UUID, back: Mapping[uuid.UUID, uuid.UUID]
    ) -> list[Step]:
        """What people wrote to a new record, as steps on the old one."""
        steps = []
        for one in written_since(made, 0, {*made.kind.server_fields, *made.kind.fixed}):
            if self._brought(one.entry):
                continue
            base = NOTHING_SEEN if one.disputed else self.generations.version(old.state.seq)
            values = refer(spread(made.kind, one.key, one.value), back)
            again = operation(made.kind, each, self.scope, values, base)
            steps.append(Step(0, one.device, one.user, replace(again, n=one.n, made_at=one.made_at)))
        return sorted(steps, key=lambda step: (step.device, step.user, step.operation.n))

    def _away(self, record: uuid.UUID, loaded: Loaded, old: uuid.UUID) -> Operation:
        """A new record out of sight. One whose id follows from what it is about is emptied, since whoever writes about
        the same thing again writes to that id."""
        flat = flatten(loaded.state.fields, loaded.kind.groups)
        if self.identify(loaded.kind.name, flat) is None:
            values: dict[str, Any] = {VOIDED: {"reason": self.reason, "moved_to": str(old)}}
        else:
            keep = {*loaded.kind.fixed, *loaded.kind.needed, *loaded.kind.server_fields, VOIDED}
            values = {}
            for key, stored in loaded.state.fields.items():
                if key not in keep and not blank(stored.value):
                    values |= spread(loaded.kind, key, None)
        return self._edit(record, loaded, values, all_candidates=True)

    def _touched(self, others: set[uuid.UUID]) -> list[tuple[uuid.UUID, Loaded]]:
        """Records that were there before and got something."""
        within = or_(*(Entry.seq.between(first, last) for first, last in self.spans))
        query = select(Entry.record).where(Entry.scope == self.scope, within).distinct()
        found = store.load_records(self.session, set(self.session.scalars(query)) - others)
        return [(record, loaded) for record, loaded in found.items() if not self._opens(loaded)]

    def _opens(self, loaded: Loaded) -> bool:
        return loaded.kind.parent is None or self._made(loaded)

    def _as_before(self, record: uuid.UUID, loaded: Loaded) -> Operation:
        values: dict[str, Any] = {}
        for key, stored in loaded.state.fields.items():
            if self._brought(stored.version):
                values |= spread(loaded.kind, key, self._before(record, key))
            elif any(self._brought(one.entry) for one in stored.candidates):
                values |= spread(loaded.kind, key, stored.value)
        return self._edit(record, loaded, values, all_candidates=False)

    def _brought(self, entry: int) -> bool:
        return any(first <= entry <= last for first, last in self.spans)

    def _before(self, record: uuid.UUID, key: str) -> Json:
        """The value of a key without what was carried; null when it had none, or when it was erased by law."""
        value: Json = None
        for entry in of_record(self.session, record):
            if not self._brought(entry.seq) and entry.outcomes.get(key) == "applied":
                kept = entry.content.get(key)
                value = kept[1] if kept else None
        return value

    def _edit(
        self, record: uuid.UUID, loaded: Loaded, values: Mapping[str, Any], *, all_candidates: bool
    ) -> Operation:
        base = self.generations.version(loaded.state.seq)
        edit = operation(loaded.kind, record, self.scope, values, base)
        settled = [
            self.generations.version(one.entry)
            for stored in loaded.state.fields.values()
            for one in stored.candidates
            if all_candidates or self._brought(one.entry)
        ]
        return replace(edit, settles=tuple(settled))


def restored(loaded: Loaded, record: uuid.UUID, generations: Generations) -> Operation:
    """The operation that takes a void back, whatever was said against the void meanwhile."""
    stored: FieldState = loaded.state.fields[VOIDED]
    edit = operation(loaded.kind, record, loaded.scope, {VOIDED: None}, generations.version(loaded.state.seq))
    return replace(edit, settles=tuple(generations.version(one.entry) for one in stored.candidates))
