"""Versions, bases and cursors as they travel: ``generation.sequence`` and ``generation.sequence.hash``.

A *generation* is the life of a journal between two restores from backup. Sequence numbers above the point
that was restored may be given a second time, so a number means something only together with its generation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NOTHING_SEEN = "0"
"""The base of a record that its writer had never seen."""

WITNESS_DIGITS = 8
"""Hex digits of the chain hash that a cursor carries, so that every phone is a witness of the chain."""

_VERSION = re.compile(r"([0-9a-f]{4})\.([0-9]{1,18})")
_CURSOR = re.compile(r"([0-9a-f]{4})\.([0-9]{1,18})\.([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a phone has read a scope, and the chain hash it saw there."""

    generation: str
    seq: int
    witness: str

    def __str__(self) -> str:
        return f"{self.generation}.{self.seq}.{self.witness}"


@dataclass(frozen=True, slots=True)
class Generations:
    """The present generation, and for every earlier one the sequence number to which each scope was restored.

    ``restored`` maps an old generation to ``{scope: restored sequence}``; a scope that did not exist at the
    restore point is absent and counts as 0.
    """

    current: str
    restored: Mapping[str, Mapping[str, int]]

    def version(self, seq: int) -> str:
        """A record version as it travels."""
        return f"{self.current}.{seq}"

    def restored_to(self, generation: str, scope: str) -> int | None:
        """Up to which sequence number ``generation`` still agrees with the present, None for an unknown
        generation."""
        if generation not in self.restored:
            return None
        return self.restored[generation].get(scope, 0)

    def seen(self, base: str, scope: str) -> int | None:
        """The sequence number that ``base`` stands for in the present generation; None when it cannot be
        read.

        A base of an older generation counts as at most the restore point; one of a generation nobody knows
        counts as nothing seen.
        """
        if base == NOTHING_SEEN:
            return 0
        match = _VERSION.fullmatch(base)
        if match is None:
            return None
        generation, seq = match[1], int(match[2])
        if generation == self.current:
            return seq
        return min(seq, self.restored_to(generation, scope) or 0)


def read_cursor(text: object) -> Cursor | None:
    """A cursor from its text, None when it is not one."""
    match = _CURSOR.fullmatch(text) if isinstance(text, str) else None
    return Cursor(match[1], int(match[2]), match[3]) if match else None


def entry_number(reference: object) -> int | None:
    """The sequence number of an entry reference ``generation.sequence``, None when it is not one."""
    match = _VERSION.fullmatch(reference) if isinstance(reference, str) else None
    return int(match[2]) if match else None
