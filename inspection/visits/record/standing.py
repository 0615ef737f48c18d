"""Where the record of a visit stands: a draft, or signed by whom and over which content, and what came later."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal.models import ConflictRow, Entry
from inspection.visits.models import FrozenRecord, Signature
from inspection.visits.record.comparing import Difference, differences
from inspection.visits.record.content import Content, digest
from inspection.visits.record.gathering import gathered


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature with the moment its phone gave it, by that phone's clock."""

    signature: Signature
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Amendment:
    """An entry that came after the first signature, by its number on the record."""

    number: int
    kind: str
    record: uuid.UUID
    person: uuid.UUID
    made_at: datetime
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit record. ``signed`` is the content that was signed first (or is asked for) and ``digest`` its digest;
    both are those of today's content while nobody has signed. ``kept`` is False when a signature came without its
    content, so that today's is shown in its place."""

    visit: uuid.UUID
    now: Content
    signed: Content
    digest: str
    kept: bool
    signatures: Sequence[Signed]
    amendments: Sequence[Amendment]
    open_conflicts: Sequence[ConflictRow]

    @property
    def is_signed(self) -> bool:
        """Whether anybody has signed, or refused to."""
        return bool(self.signatures)

    @property
    def differences(self) -> list[Difference]:
        """What is no longer as it was signed."""
        return differences(self.signed, self.now) if self.is_signed else []

    @property
    def whole(self) -> bool:
        """Whether the content that was kept is the one that was signed."""
        return digest(self.signed) == self.digest


def standing_of(session: Session, visit: uuid.UUID, content_digest: str | None = None) -> Standing | None:
    """The record of a visit, as it was signed first or with ``content_digest``; None when there is no such visit."""
    now = gathered(session, visit)
    if now is None:
        return None
    signatures = _signatures(session, visit)
    first = content_digest or next((one.signature.digest for one in signatures if one.signature.digest), None)
    frozen = _frozen(session, visit, first) if first else None
    signed = frozen.content if frozen is not None and frozen.content else now
    return Standing(
        visit=visit,
        now=now,
        signed=signed,
        digest=first or digest(now),
        kept=first is None or bool(frozen is not None and frozen.content),
        signatures=signatures,
        amendments=_amendments(session, visit),
        open_conflicts=_conflicts(session, now),
    )


def signed_as(session: Session, start: str) -> list[Signature]:
    """The signatures over contents whose digest begins with ``start``, the oldest first."""
    query = select(Signature).where(Signature.digest.startswith(start, autoescape=True), ~Signature.voided)
    return list(session.scalars(query.order_by(Signature.id).limit(20)))


def _signatures(session: Session, visit: uuid.UUID) -> list[Signed]:
    """In the order in which they reached the journal."""
    rows = list(session.scalars(select(Signature).where(Signature.visit == visit, ~Signature.voided)))
    query = select(Entry.record, Entry.made_at, Entry.seq).where(Entry.record.in_([row.id for row in rows]))
    first: dict[uuid.UUID, tuple[int, datetime]] = {}
    for record, made_at, seq in session.execute(query.order_by(Entry.seq)):
        first.setdefault(record, (seq, datetime.fromisoformat(made_at)))
    known = sorted((row for row in rows if row.id in first), key=lambda row: first[row.id][0])
    return [Signed(row, first[row.id][1]) for row in known]


def _frozen(session: Session, visit: uuid.UUID, content_digest: str) -> FrozenRecord | None:
    query = select(FrozenRecord).where(FrozenRecord.visit == visit, FrozenRecord.digest == content_digest)
    return session.scalar(query.limit(1))


def _amendments(session: Session, visit: uuid.UUID) -> list[Amendment]:
    query = select(Entry).where(
        (Entry.record == visit) | (Entry.parent == visit), Entry.amendment.is_not(None)
    )
    return [
        Amendment(
            number=entry.amendment or 0,
            kind=entry.kind,
            record=entry.record,
            person=entry.user,
            made_at=datetime.fromisoformat(entry.made_at),
            fields={name: pair[1] for name, pair in entry.content.items() if pair is not None},
        )
        for entry in session.scalars(query.order_by(Entry.amendment))
    ]


def _conflicts(session: Session, content: Content) -> list[ConflictRow]:
    records = [uuid.UUID(content["visit"]["id"])]
    records += [uuid.UUID(record) for part in content["parts"].values() for record in part]
    found: list[ConflictRow] = []
    for start in range(0, len(records), 500):
        query = select(ConflictRow).where(
            ConflictRow.open, ConflictRow.target.in_(records[start : start + 500])
        )
        found += session.scalars(query.order_by(ConflictRow.field))
    return found
