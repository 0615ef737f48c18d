"""Checking everything that the journal proves: the chains, what is shown beside them, and what was sealed.

A scope is checked in one snapshot of its own, so that a check of years of work stands in nobody's way and can say how
far it is. Four things are held against each other, and a finding says which two disagree:

``chain``
    the entries among themselves, and with the head that the scope's counter row records (:mod:`.chain`);
``projection``
    the tables that people see, with what the entries lead to (:mod:`.rebuild`);
``checkpoint``
    what was sealed earlier, with the entries of today: a cut tail and a database from an old backup show here;
``signature``
    a checkpoint, with the key that this installation signs with.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.extensions import now
from inspection.journal import checkpoint, history, rebuild, signing
from inspection.journal.kinds import registry
from inspection.journal.models import Entry, Record, Scope, SealedHeads, Verification

MOST_CHECKPOINTS = 50
"""The newest checkpoints that are held against the journal. Each covers everything that was there when it was taken, so
older ones add nothing but for somebody who holds one: that one is compared by hand."""


MOST_FINDINGS = 1000
"""Findings that a check keeps: a journal with more is broken as a whole."""
UNHEARD = timedelta(minutes=2)
CHECK = "journal.check"
"""The name of the job that carries one check out; rung after its order was committed."""


class Held(StrEnum):
    """What was held against the journal when a fault showed."""

    CHAIN = "chain"
    PROJECTION = "projection"
    CHECKPOINT = "checkpoint"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: in which scope, at which sequence number or record, and what is wrong. ``problem`` is for whoever
    looks into it and stays in English."""

    held: Held
    scope: str
    seq: int | None
    record: str | None
    problem: str

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def scopes(session: Session) -> list[str]:
    """Every scope that has a counter row or an entry, in order."""
    counted = set(session.scalars(select(Scope.id).where(Scope.head > 0)))
    return sorted(counted | set(session.scalars(select(Entry.scope).distinct())))


def of_scope(session: Session, scope: str) -> list[Finding]:
    """What does not hold in one scope."""
    broken = history.verify(session, scope)
    if broken:
        return [Finding(Held.CHAIN, each.scope, each.seq, None, each.problem) for each in broken]
    return _projections(session, scope)


def _projections(session: Session, scope: str) -> list[Finding]:
    """What the tables show otherwise than the entries say. Asked only of a chain that holds: what a broken one leads
    to is no measure."""
    return [
        Finding(Held.PROJECTION, scope, None, str(each.record), f"{each.table}: {', '.join(each.columns)}")
        for each in rebuild.differences(session, scope)
    ]


def of_the_rest(session: Session, data_dir: Path) -> list[Finding]:
    """What does not hold beyond single scopes: rows that belong to no scope, and what was sealed."""
    found = list(_strays(session))
    newest = select(SealedHeads).order_by(SealedHeads.taken_at.desc()).limit(MOST_CHECKPOINTS)
    for sealed in session.scalars(newest):
        if not signed(sealed, data_dir):
            found.append(Finding(Held.SIGNATURE, "", None, None, f"checkpoint {sealed.root[:16]}"))
        found += against(session, checkpoint.to_json(sealed))
    return list(dict.fromkeys(found))


def against(session: Session, handed_out: Mapping[str, Any]) -> list[Finding]:
    """Where today's journal contradicts a checkpoint of earlier.

    :raises ValueError: when the checkpoint itself is altered: its root is not the root over its heads.
    """
    return [
        Finding(Held.CHECKPOINT, each.scope, each.seq, None, each.problem)
        for each in checkpoint.against(session, handed_out)
    ]


def signed(sealed: SealedHeads, data_dir: Path) -> bool:
    """Whether the signature of a checkpoint is of a key of this installation and covers its root and moment."""
    public = signing.public_key(data_dir, sealed.key)
    if public is None:
        return False
    try:
        public.verify(sealed.signature, checkpoint.signed_words(sealed.root, sealed.taken_at))
    except InvalidSignature:
        return False
    return True


def disowned(session: Session, root: str, data_dir: Path) -> list[Finding]:
    """A checkpoint that this journal keeps under the root and that bears no signature of this installation."""
    sealed = session.get(SealedHeads, root)
    if sealed is None or signed(sealed, data_dir):
        return []
    return [Finding(Held.SIGNATURE, "", None, None, f"checkpoint {root[:16]}")]


def order(session: Session, person: uuid.UUID) -> Verification:
    """Queue a check, or find the one that is open."""
    open_one = session.scalars(select(Verification).where(Verification.finished_at.is_(None))).first()
    if open_one is not None:
        return open_one
    at = now()
    made = Verification(
        id=uuid7(), ordered_by=person, ordered_at=at, touched_at=at, finished_at=None, progress=0.0,
        scopes=0, entries=0, findings=[],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def step(session: Session, check: uuid.UUID, progress: float) -> bool:
    """Say how far a check is; whether it is still wanted."""
    made = session.get(Verification, check)
    if made is None or made.finished_at is not None:
        return False
    made.progress, made.touched_at = progress, now()
    session.flush()
    return True


def finish(session: Session, check: uuid.UUID, findings: Sequence[Finding]) -> None:
    """Keep what a check found."""
    made = session.get_one(Verification, check)
    heads = history.heads(session)
    made.progress, made.finished_at, made.touched_at = 1.0, now(), now()
    made.scopes, made.entries = len(heads), sum(head.seq for head in heads)
    made.findings = [each.to_json() for each in findings[:MOST_FINDINGS]]
    session.flush()


def unheard(session: Session) -> list[uuid.UUID]:
    """Open checks on which nobody has worked for a while."""
    query = select(Verification.id).where(
        Verification.finished_at.is_(None), Verification.touched_at < now() - UNHEARD
    )
    return list(session.scalars(query))


def whole(session: Session, data_dir: Path) -> list[Finding]:
    """Everything, in the one snapshot that ``session`` sees."""
    found = [each for scope in scopes(session) for each in of_scope(session, scope)]
    return found + of_the_rest(session, data_dir)


def _strays(session: Session) -> Iterator[Finding]:
    """Rows of projections in scopes that have no entry at all: no scope's own check would meet them."""
    known = select(Entry.scope).where(Entry.seq == 1)
    models: Iterable[Any] = (Record, *(kind.model for kind in registry.values()))
    for model in models:
        for record, scope in session.execute(select(model.id, model.scope).where(model.scope.not_in(known))):
            yield Finding(Held.PROJECTION, scope, None, str(record), f"{model.__tablename__}: left over")
