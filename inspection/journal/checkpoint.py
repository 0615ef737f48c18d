"""Checkpoints: a Merkle root over the heads of all scopes, or of those that a report reads, at one moment, signed,
kept, and written to a file.

A leaf is SHA-256(0x00 ‖ scope ‖ 0x00 ‖ sequence ‖ 0x00 ‖ hash), a node SHA-256(0x01 ‖ left ‖ right); an odd
node moves up unchanged.

A cut tail of the journal shows against the newest checkpoint that anybody outside holds, so each is also a file in
``DATA_DIR/checkpoints`` to be copied away.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from config.extensions import now
from inspection.journal import signing
from inspection.journal.canonical import encode
from inspection.journal.chain import Break
from inspection.journal.history import Head, heads
from inspection.journal.models import Entry, SealedHeads

FILES = "checkpoints"


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


def take(session: Session, *which: ColumnElement[bool]) -> Checkpoint:
    """The checkpoint of what ``session`` sees, or of the scopes of which ``which`` holds: open it in one snapshot with
    whatever cites it."""
    sealed = tuple(heads(session, *which))
    root_hex = root(sealed).hex()
    return Checkpoint(root_hex[:16], root_hex, now(), sealed)


def keep(session: Session, sealed: Checkpoint, data_dir: Path) -> SealedHeads:
    """Sign a checkpoint and keep it; one of the same heads is kept once."""
    found = session.get(SealedHeads, sealed.root_hex)
    if found is not None:
        return found
    key = signing.private_key(data_dir)
    kept = SealedHeads(
        root=sealed.root_hex,
        taken_at=sealed.taken_at,
        heads=[[head.scope, head.seq, head.hash] for head in sealed.heads],
        key=signing.key_id(key.public_key()),
        signature=key.sign(signed_words(sealed.root_hex, sealed.taken_at)),
    )
    session.add(kept)
    session.flush()
    return kept


def signed_words(root_hex: str, taken_at: datetime) -> bytes:
    """What the signature covers: the root, which covers every head, and the moment."""
    return encode({"root": root_hex, "taken_at": taken_at.isoformat()})


def to_json(kept: SealedHeads) -> dict[str, Any]:
    """A checkpoint as it is handed out."""
    return {
        "root": kept.root,
        "taken_at": kept.taken_at.isoformat(),
        "heads": kept.heads,
        "key": kept.key,
        "signature": base64.b64encode(kept.signature).decode(),
    }


def write_file(kept: SealedHeads, data_dir: Path) -> Path:
    """Write a checkpoint to its file."""
    folder = data_dir / FILES
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kept.taken_at:%Y%m%dT%H%M%SZ}-{kept.root[:16]}.json"
    path.write_text(json.dumps(to_json(kept), indent=1))
    return path


def against(session: Session, handed_out: Mapping[str, Any]) -> list[Break]:
    """Where today's journal contradicts a checkpoint of earlier: a head of then that is not on the chain of now.

    :raises ValueError: when the checkpoint itself is altered: its root is not the root over its heads.
    """
    then = [Head(str(scope), int(seq), str(hash_)) for scope, seq, hash_ in handed_out["heads"]]
    if root(then).hex() != handed_out["root"]:
        raise ValueError("the root is not the root over these heads")
    places = [(head.scope, head.seq) for head in then]
    query = select(Entry.scope, Entry.seq, Entry.hash).where(tuple_(Entry.scope, Entry.seq).in_(places))
    standing = {(scope, seq): found.hex() for scope, seq, found in session.execute(query)}
    return [
        Break(head.scope, head.seq, "missing" if (head.scope, head.seq) not in standing else "altered")
        for head in then
        if standing.get((head.scope, head.seq)) != head.hash
    ]
