"""Carrying what is written below one record over to another of the same kind and scope, and taking it back.

Whatever kinds lie below, each value arrives as an entry under the name of who wrote it, with ``admitted_by`` naming
the person who decided: so two people who answered one question differently are in conflict over it, as if both had
written to one record from the beginning. Nothing is taken away from the source, and what a late phone adds to it can
be carried after.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.journal import store
from inspection.journal.batch import Loaded
from inspection.journal.canonical import Json
from inspection.journal.edit import next_number
from inspection.journal.kinds import Kind
from inspection.journal.operation import Author, NoGrants, Operation, Status
from inspection.journal.state import VOIDED, FieldState, flatten
from inspection.journal.submit import submit
from inspection.journal.versions import NOTHING_SEEN, Generations

Identify = Callable[[str, Mapping[str, Any]], uuid.UUID | None]
"""The id that a new record of a kind must have by its values; None where any will do."""

Tree = Mapping[uuid.UUID, Loaded]


@dataclass(frozen=True, slots=True)
class Written:
    """One value as somebody wrote it: the writer's device, number, person and time go with it."""

    device: str
    user: str
    n: int
    made_at: str
    key: str
    value: Json
    entry: int
    disputed: bool = False

    @property
    def by(self) -> tuple[str, str, int, str]:
        """What the values of one operation share."""
        return self.device, self.user, self.n, self.made_at


@dataclass(slots=True)
class Step:
    """An operation on its way under its writer's name. Lower stages come first."""

    stage: int
    device: str
    user: str
    operation: Operation


@dataclass
class Carrying:
    """One carrying. ``since`` is the entry up to which everything was carried before, ``known`` what it became then,
    ``left`` the keys of the source itself that stay behind. ``records`` maps every old id to its new one."""

    session: Session
    source: uuid.UUID
    target: uuid.UUID
    identify: Identify
    since: int = 0
    known: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    left: Collection[str] = ()
    tree: Tree = field(init=False)
    there: Tree = field(init=False)
    records: dict[uuid.UUID, uuid.UUID] = field(init=False)
    generations: Generations = field(init=False)

    def __post_init__(self) -> None:
        self.tree = tree(self.session, self.source)
        self.generations = store.generations(self.session)
        self.records = {**self.known, self.source: self.target}
        for each, loaded in self.tree.items():
            if each not in self.records and not left_behind(each, self.source, self.tree):
                values = refer(flatten(loaded.state.fields, loaded.kind.groups), self.records)
                self.records[each] = self.identify(loaded.kind.name, values) or uuid7()
        self.there = store.load_records(self.session, self.records.values())

    def steps(self) -> list[Step]:
        """What is to be written: creations before edits, level by level, signatures last."""
        found: list[Step] = []
        levels: dict[uuid.UUID, int] = {}
        for each, loaded in self.tree.items():
            above = levels.get(loaded.parent) if loaded.parent is not None else None
            levels[each] = 0 if above is None else above + 1
            if each in self.records:
                late = len(self.tree) if loaded.kind.seals_parent else 0
                found += self._steps(each, loaded, (late + levels[each]) * 2)
        return sorted(found, key=lambda step: (step.stage, step.device, step.user, step.operation.n))

    def facts(self) -> list[Operation]:
        """What the server alone says of the records, said again of what they became."""
        found = []
        for each, new in self.records.items():
            if each not in self.tree:
                continue
            there = self.there.get(new)
            known = server_facts(there) if there is not None else {}
            said = server_facts(self.tree[each])
            facts = {name: value for name, value in said.items() if known.get(name) is None}
            if facts:
                base = NOTHING_SEEN if there is None else self.generations.version(there.state.seq)
                found.append(operation(self.tree[each].kind, new, self.scope, facts, base))
        return found

    def _steps(self, each: uuid.UUID, loaded: Loaded, stage: int) -> Iterator[Step]:
        kind, new = loaded.kind, self.records[each]
        there = self.there.get(new)
        skipped = {*kind.server_fields, *kind.fixed}
        if each == self.source:
            skipped |= {*self.left, VOIDED}
        groups: dict[tuple[Any, ...], dict[str, Any]] = {}
        if there is None:
            opened, states = loaded.state.fields[kind.parent or ""], loaded.state.fields
            writer = _written(kind.parent or "", opened)
            first = {name: states[name].value for name in (*kind.needed, *kind.fixed) if name in states}
            groups[writer.by, NOTHING_SEEN, False] = {
                name: value for name, value in first.items() if name not in kind.server_fields
            }
        for written in written_since(loaded, self.since, skipped):
            if written.value is None and not (there is not None and self.since):
                continue
            base = self._base(there, written.key)
            values = spread(kind, written.key, written.value)
            groups.setdefault((written.by, base, written.disputed), {}).update(values)
        for at, ((by, base, _), values) in enumerate(groups.items()):
            device, user, n, made_at = by
            made = operation(kind, new, self.scope, refer(values, self.records), base)
            creates = there is None and at == 0
            yield Step(stage if creates else stage + 1, device, user, replace(made, n=n, made_at=made_at))

    def _base(self, there: Loaded | None, key: str) -> str:
        """A blank hides nobody's word, so it is written over; anything else has not been seen by the writer."""
        stored = there.state.fields.get(key) if there is not None else None
        if there is not None and (stored is None or blank(stored.value)):
            return self.generations.version(there.state.seq)
        return NOTHING_SEEN

    @property
    def scope(self) -> str:
        """The scope in which both live."""
        return self.tree[self.source].scope


def tree(session: Session, record: uuid.UUID) -> dict[uuid.UUID, Loaded]:
    """A record and all that lies below it, parents first."""
    return {record: store.load_records(session, [record])[record]} | store.load_below(session, record)


def server_facts(loaded: Loaded) -> dict[str, Json]:
    """What the server alone says of a record."""
    flat = flatten(loaded.state.fields, loaded.kind.groups)
    return {name: flat[name] for name in loaded.kind.server_fields if flat.get(name) is not None}


def left_behind(each: uuid.UUID, top: uuid.UUID, records: Tree) -> bool:
    """Whether a record, or one above it below ``top``, is voided."""
    while each != top:
        loaded = records[each]
        if loaded.state.voided:
            return True
        if loaded.parent is None:
            return False
        each = loaded.parent
    return False


def written_since(loaded: Loaded, since: int, skipped: Collection[str]) -> Iterator[Written]:
    """The values and candidates that entries after ``since`` brought to a record."""
    for key, stored in loaded.state.fields.items():
        if key in skipped:
            continue
        if stored.version > since and stored.writers:
            yield _written(key, stored)
        for one in stored.candidates:
            if one.entry > since:
                number = stored.latest.get(one.device, 0)
                yield Written(one.device, one.user, number, one.made_at, key, one.value, one.entry, True)


def _written(key: str, stored: FieldState) -> Written:
    device = stored.writers[0]
    return Written(
        device, stored.user, stored.latest[device], stored.made_at, key, stored.value, stored.version
    )


def spread(kind: Kind, key: str, value: Json) -> dict[str, Any]:
    """The value of one key by field name: the members of a group side by side."""
    if key not in kind.groups:
        return {key: value}
    members = value if isinstance(value, dict) else {}
    return {member: members.get(member) for member in kind.groups[key]}


def blank(value: Json) -> bool:
    """Whether a value says nothing: null, or a group of nulls."""
    return value is None or (isinstance(value, dict) and all(each is None for each in value.values()))


def refer(values: Mapping[str, Any], new: Mapping[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    """``values`` with the ids of records that have a new one put right, in lists too. What a signature covers stays:
    it names what was signed."""
    return {
        name: [_reference(each, new) for each in value] if isinstance(value, list) else _reference(value, new)
        for name, value in values.items()
    }


def _reference(value: Any, new: Mapping[uuid.UUID, uuid.UUID]) -> Any:
    try:
        return str(new.get(uuid.UUID(value), value))
    except (ValueError, TypeError, AttributeError):
        return value


def operation(
    kind: Kind, record: uuid.UUID, scope: str, values: Mapping[str, Any], base: str = NOTHING_SEEN
) -> Operation:
    """A new operation without a number yet."""
    return Operation(
        id=uuid7(), n=0, kind=kind.name, record=record, scope=scope, fields=values,
        made_at=now().isoformat(), base=base,
    )  # fmt: skip


def write_steps(session: Session, steps: Iterable[Step], person: uuid.UUID) -> None:
    """Submit each step under its writer's name; ``person`` admits them.

    :raises Refusal: with the code of the first that the journal refused.
    """
    for (_, device, user), some in groupby(steps, key=lambda one: (one.stage, one.device, one.user)):
        author = Author(uuid.UUID(device), uuid.UUID(user), NoGrants())
        operations = [one.operation for one in some]
        for result in submit(session, author, operations, admitted_by=person):
            if result.status not in (Status.APPLIED, Status.MERGED, Status.CONFLICT):
                raise Refusal(str(result.error["code"]) if result.error else "unprocessable")


def write_own(session: Session, author: Author, operations: Iterable[Operation]) -> None:
    """Submit operations of the deciding person, who has seen everything they change.

    :raises Refusal: ``changed_meanwhile`` when that is not so; or the code with which the journal refused one.
    """
    first = next_number(session, author.device)
    numbered = [replace(made, n=first + at) for at, made in enumerate(operations)]
    for result in submit(session, author, numbered):
        if result.status not in (Status.APPLIED, Status.MERGED):
            raise Refusal(str(result.error["code"]) if result.error else "changed_meanwhile")
