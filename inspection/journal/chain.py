"""The hash chain of a scope. Pure.

Each entry's hash covers the hash before it and a header of everything the entry says except the values
themselves: those are covered through salted digests, so that a value can be erased by law, salt and all, with
the chain intact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspection.journal.canonical import encode, salted

GENESIS = bytes(32)
"""The hash before the first entry of every scope."""


def header(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the chain covers of an entry given by column name."""
    admitted_by = entry["admitted_by"]
    return {
        "scope": entry["scope"],
        "seq": entry["seq"],
        "operation": str(entry["operation"]),
        "device": str(entry["device"]),
        "user": str(entry["user"]),
        "n": entry["n"],
        "kind": entry["kind"],
        "record": str(entry["record"]),
        "parent": None if entry["parent"] is None else str(entry["parent"]),
        "base": entry["base"],
        "made_at": entry["made_at"],
        "received_at": entry["received_at"].isoformat(),
        "outcomes": entry["outcomes"],
        "settled": entry["settled"],
        "amendment": entry["amendment"],
        "admitted_by": None if admitted_by is None else str(admitted_by),
        "digests": entry["digests"],
    }


def link(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """The chain hash of ``entry`` after ``previous``."""
    return hashlib.sha256(previous + encode(header(entry))).digest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and what is wrong there."""

    scope: str
    seq: int
    problem: str


def breaks(entries: Iterable[Mapping[str, Any]]) -> Iterator[Break]:
    """Check entries ordered by (scope, seq), each scope from its first entry, and yield every fault.

    A gap, a swap, an insertion or a changed header breaks the hash from there on: it is reported where it
    first shows, and checking goes on from the hash that is stored there, so that every further fault is
    located too.
    """
    scope, expected, previous = "", 1, GENESIS
    for entry in entries:
        if entry["scope"] != scope:
            scope, expected, previous = entry["scope"], 1, GENESIS
        seq = entry["seq"]
        if seq != expected:
            yield Break(scope, expected, "missing")
        elif link(previous, entry) != entry["hash"]:
            yield Break(scope, seq, "altered")
        for key, kept in entry["content"].items():
            if kept is not None and salted(kept[0], kept[1]) != entry["digests"].get(key):
                yield Break(scope, seq, f"value altered: {key}")
        expected, previous = seq + 1, entry["hash"]
