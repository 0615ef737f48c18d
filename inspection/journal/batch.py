"""The working set of one submission: what was loaded, what it becomes, what is to be written. In memory only."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from inspection.journal.canonical import SALT_BYTES, Json, salted_all
from inspection.journal.chain import link
from inspection.journal.kinds import Kind
from inspection.journal.merge import Decision, Incoming, Outcome, apply, decide
from inspection.journal.operation import Author, Operation
from inspection.journal.state import RecordState, candidate_to_json, conflict_id
from inspection.journal.versions import Generations


@dataclass(slots=True)
class Loaded:
    """A record in the working set. ``state`` is what it is now; ``new`` and ``changed`` say what to write."""

    kind: Kind
    scope: str
    parent: uuid.UUID | None
    state: RecordState
    new: bool = False
    changed: bool = False


@dataclass(slots=True)
class Head:
    """The head of a scope; ``exists`` is false until its first entry."""

    seq: int
    hash: bytes
    exists: bool
    moved: bool = False


@dataclass(slots=True)
class Answered:
    """What was answered to an operation. ``known`` is false for an answer of this submission."""

    operation: uuid.UUID
    device: uuid.UUID
    n: int
    digest: bytes
    status: str
    seq: int | None
    detail: dict[str, Any] | None
    known: bool = False
    changed: bool = True


@dataclass(slots=True)
class Batch:
    """Everything that one submission reads and writes."""

    author: Author
    generations: Generations
    received_at: datetime
    heads: dict[str, Head]
    records: dict[uuid.UUID, Loaded]
    answered: dict[uuid.UUID, Answered] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    conflicts: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    created: list[uuid.UUID] = field(default_factory=list)

    def ancestors(self, record: uuid.UUID) -> list[uuid.UUID]:
        """The record's parent, its parent's parent and so on, as far as loaded."""
        found: list[uuid.UUID] = []
        loaded = self.records.get(record)
        while loaded is not None and loaded.parent is not None and loaded.parent not in found:
            found.append(loaded.parent)
            loaded = self.records.get(loaded.parent)
        return found

    def append(
        self,
        operation: Operation,
        incoming: Incoming,
        values: Mapping[str, Json],
        *,
        disputed: frozenset[str] = frozenset(),
        admitted_by: uuid.UUID | None = None,
    ) -> tuple[int, Decision]:
        """Merge ``incoming`` into its record and chain the entry; returns its sequence number and what was
        decided."""
        loaded = self.records[operation.record]
        head = self.heads[loaded.scope]
        decision = decide(loaded.state, incoming, disputed)
        seq = head.seq + 1
        amendment = self._amend(operation.record, loaded)
        content = _salt(values)
        entry: dict[str, Any] = {
            "scope": loaded.scope,
            "seq": seq,
            "operation": operation.id,
            "device": uuid.UUID(incoming.device),
            "user": uuid.UUID(incoming.user),
            "n": operation.n,
            "kind": loaded.kind.name,
            "record": operation.record,
            "parent": loaded.parent,
            "base": operation.base,
            "made_at": operation.made_at,
            "received_at": self.received_at,
            "outcomes": {key: str(outcome) for key, outcome in decision.outcomes.items()},
            "settled": {key: list(named) for key, named in decision.settled.items()},
            "amendment": amendment,
            "admitted_by": admitted_by,
            "digests": salted_all(content),
            "content": content,
        }
        head.seq, head.hash = seq, link(head.hash, entry)
        head.exists = head.moved = True
        entry["hash"] = head.hash
        self.entries.append(entry)
        self.carry_out(operation.record, loaded, seq, incoming, decision)
        return seq, decision

    def carry_out(
        self, record: uuid.UUID, loaded: Loaded, seq: int, incoming: Incoming, decision: Decision
    ) -> None:
        """Let entry ``seq`` take effect: on the record, on its conflicts, and on what it seals."""
        before = loaded.state.open_conflicts
        loaded.state = apply(loaded.state, seq, incoming, decision)
        loaded.changed = True
        for key in decision.outcomes:
            if key in before or key in loaded.state.open_conflicts:
                row = conflict_row(record, loaded, key)
                self.conflicts[row["id"]] = row
        if loaded.kind.seals_parent and loaded.parent is not None:
            parent = self.records[loaded.parent]
            if parent.state.sealed_at is None:
                parent.state = replace(parent.state, sealed_at=seq)
                parent.changed = True

    def _amend(self, record: uuid.UUID, loaded: Loaded) -> int | None:
        """The number of the amendment that an entry is, when the record or one above it has been signed."""
        if loaded.kind.seals_parent or self.author.server:
            return None
        for above in (record, *self.ancestors(record)):
            root = self.records.get(above)
            if root is not None and root.state.sealed_at is not None:
                root.state = replace(root.state, amendments=root.state.amendments + 1)
                root.changed = True
                return root.state.amendments
        return None


def conflict_row(record: uuid.UUID, loaded: Loaded, key: str) -> dict[str, Any]:
    """The conflict about one key as it stands now, as its table's row."""
    stored = loaded.state.fields[key]
    return {
        "id": conflict_id(record, key),
        "scope": loaded.scope,
        "version": loaded.state.seq,
        "target_kind": loaded.kind.name,
        "target": record,
        "field": key,
        "stored": {
            "value": stored.value,
            "user": stored.user,
            "device": stored.writers[0] if stored.writers else "",
            "made_at": stored.made_at,
            "entry": stored.version,
        },
        "candidates": [candidate_to_json(candidate) for candidate in stored.candidates],
        "open": bool(stored.candidates),
    }


def _salt(values: Mapping[str, Json]) -> dict[str, tuple[str, Json]]:
    random = os.urandom(SALT_BYTES * len(values)).hex()
    width = SALT_BYTES * 2
    return {
        key: (random[at * width : (at + 1) * width], value) for at, (key, value) in enumerate(values.items())
    }


def status_word(decision: Decision) -> str:
    """The answer that a decision amounts to."""
    if decision.disputed:
        return "conflict"
    if decision.met_others or Outcome.SUPERSEDED in decision.outcomes.values():
        return "merged"
    return "applied"
