"""Checkpoints: a Merkle root over the heads of all scopes at one moment.

A leaf is SHA-256(0x00 ‖ scope ‖ 0x00 ‖ sequence ‖ 0x00 ‖ hash), a node SHA-256(0x01 ‖ left ‖ right); an odd
node moves up unchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.extensions import now
from inspection.journal.history import Head, heads


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The sealed heads of one moment. ``id`` is what a document cites: the first 16 hex digits of the root."""

    id: str
    root_hex: str
    taken_at: datetime
    heads: tuple[Head, ...]


def leaf(head: Head) -> bytes:
    """The Merkle leaf of one scope's head."""
    content = b"\x00".join((head.scope.encode(), str(head.seq).encode(), head.hash.encode()))
    return hashlib.sha256(b"\x00" + content).digest()


def root(sealed: Iterable[Head]) -> bytes:
    """The Merkle root over heads sorted by scope; 32 zero bytes for none."""
    level = [leaf(head) for head in sorted(sealed, key=lambda head: head.scope)]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else bytes(32)


def take(session: Session) -> Checkpoint:
    """The checkpoint of what ``session`` sees: open it in one snapshot with whatever cites it."""
    sealed = tuple(heads(session))
    root_hex = root(sealed).hex()
    return Checkpoint(root_hex[:16], root_hex, now(), sealed)
