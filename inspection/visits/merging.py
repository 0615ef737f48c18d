"""Two visits that were opened without scanning and are one: merged by a person, undone if that was wrong.

Who may settle what people disagree about in a campaign may say that two of its visits are one. The visit that goes is
voided with ``moved_to`` and keeps everything it had; all of it is carried into the other. What a phone that was offline
still sends to it is kept there, shown, and carried after. Each carrying is noted in a record ``visit_merge``.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from inspection.journal import store
from inspection.journal.batch import Loaded
from inspection.journal.carry import Carrying, operation, write_own, write_steps
from inspection.journal.kinds import registry
from inspection.journal.operation import Author
from inspection.journal.state import VOIDED, flatten
from inspection.journal.uncarry import TakingBack, restored
from inspection.people.grants import system_grants
from inspection.visits.models import VisitMerge
from inspection.visits.rules import COMBINED, combine, identify


def merge(
    session: Session, author: Author, kept: uuid.UUID, merged: uuid.UUID, *, base: str, reason: str
) -> uuid.UUID:
    """Let ``merged`` live on as ``kept``; returns the record that says so. ``base`` is the newest version of ``merged``
    and what lies below it that the person had before the eyes.

    :raises Refusal: ``not_found``; ``forbidden``; ``unprocessable`` unless both are visits of one campaign to one
        establishment on one day; ``changed_meanwhile`` when one is voided or somebody wrote to ``merged`` unseen.
    """
    scope = _lock(session, author, kept)
    visits = store.load_records(session, [kept, merged])
    if merged not in visits:
        raise Refusal("not_found")
    if kept == merged or not _same_place_and_day(visits[kept], visits[merged]):
        raise Refusal("unprocessable")
    if visits[kept].state.voided or visits[merged].state.voided:
        raise Refusal("changed_meanwhile")
    carrying = Carrying(session, merged, kept, identify, left=COMBINED)
    first = _head(session, scope) + 1
    generations = store.generations(session)
    void = {VOIDED: {"reason": reason, "moved_to": str(kept)}}
    _carry(session, author, carrying)
    now = store.load_records(session, [kept])[kept]
    combined = combine(_values(now), _values(visits[merged]))
    own = [operation(visits[merged].kind, merged, scope, void, base)]
    if combined:
        version = generations.version(now.state.seq)
        own.append(operation(now.kind, kept, scope, combined, version))
    write_own(session, _deciding(author), own)
    return _note(session, author, carrying, scope, first)


def carry_late(session: Session, author: Author, record: uuid.UUID) -> uuid.UUID:
    """Carry what came to a merged visit since: ``record`` is its newest ``visit_merge``. Returns the next one.

    :raises Refusal: ``not_found``, ``forbidden``; ``changed_meanwhile`` when the merge was undone or there is nothing.
    """
    last = session.get(VisitMerge, record)
    if last is None:
        raise Refusal("not_found")
    scope = _lock(session, author, last.kept)
    noted = _noted(session, last)
    if not noted or not is_late(session, noted[-1]):
        raise Refusal("changed_meanwhile")
    known = {uuid.UUID(old): uuid.UUID(new) for each in noted for old, new in each.records.items()}
    carrying = Carrying(
        session, last.merged, last.kept, identify, since=noted[-1].last, known=known, left=COMBINED
    )
    first = _head(session, scope) + 1
    _carry(session, author, carrying)
    source = store.load_records(session, [last.merged])[last.merged]
    generations = store.generations(session)
    stored = source.state.fields[VOIDED]
    agreed = operation(
        source.kind, last.merged, scope, {VOIDED: stored.value}, generations.version(source.state.seq)
    )
    read = tuple(generations.version(one.entry) for one in stored.candidates)
    write_own(session, _deciding(author), [replace(agreed, settles=read)])
    return _note(session, author, carrying, scope, first)


def undo(session: Session, author: Author, record: uuid.UUID, *, reason: str) -> None:
    """Make two visits of one again: both as they were, with what was written to each since.

    :raises Refusal: ``not_found``, ``forbidden``; ``changed_meanwhile`` when it was undone already, or when the kept
        visit was itself merged into another.
    """
    last = session.get(VisitMerge, record)
    if last is None:
        raise Refusal("not_found")
    scope = _lock(session, author, last.kept)
    noted = _noted(session, last)
    visits = store.load_records(session, [last.kept, last.merged])
    if not noted or visits[last.kept].state.voided:
        raise Refusal("changed_meanwhile")
    deciding, generations = _deciding(author), store.generations(session)
    write_own(session, deciding, [restored(visits[last.merged], last.merged, generations)])
    records = {uuid.UUID(old): uuid.UUID(new) for each in noted for old, new in each.records.items()}
    spans = [(each.first, each.last) for each in noted]
    TakingBack(session, last.merged, scope, spans, records, identify, reason).carry_out(deciding)
    kind = registry["visit_merge"]
    write_own(
        session,
        deciding,
        [
            operation(kind, each.id, scope, {VOIDED: {"reason": reason}}, generations.version(each.version))
            for each in noted
        ],
    )


def keep_apart(
    session: Session, author: Author, one: uuid.UUID, other: uuid.UUID, *, reason: str
) -> uuid.UUID:
    """Note that two visits are two, so that they are not proposed again.

    :raises Refusal: ``not_found``, ``forbidden``, ``unprocessable``.
    """
    scope = _lock(session, author, one)
    visits = store.load_records(session, [one, other])
    if one == other or other not in visits or not _same_place_and_day(visits[one], visits[other]):
        raise Refusal("unprocessable")
    return _write_note(
        session, author, scope, kept=one, merged=other, first=0, last=0, records={},
        voided={"reason": reason},
    )  # fmt: skip


def is_late(session: Session, merge_: VisitMerge) -> bool:
    """Whether something came to the merged visit since it was carried over."""
    source = store.load_records(session, [merge_.merged])[merge_.merged]
    below = store.load_below(session, merge_.merged)
    return any(each.state.seq > merge_.last for each in (source, *below.values()))


def _lock(session: Session, author: Author, visit: uuid.UUID) -> str:
    """The scope of a visit, its counter row locked. Nothing is read before that may change meanwhile.

    :raises Refusal: ``not_found``, ``forbidden``.
    """
    loaded = store.load_records(session, [visit]).get(visit)
    if loaded is None or loaded.kind.name != "visit":
        raise Refusal("not_found")
    if not author.grants.may("settle", "visit", loaded.scope):
        raise Refusal("forbidden")
    store.lock_scopes(session, [loaded.scope], ())
    session.expire_all()
    return loaded.scope


def _head(session: Session, scope: str) -> int:
    return store.lock_scopes(session, [scope], ())[scope].seq


def _noted(session: Session, merge_: VisitMerge) -> list[VisitMerge]:
    """The carryings of one pair that stand, oldest first."""
    query = select(VisitMerge).where(
        VisitMerge.kept == merge_.kept, VisitMerge.merged == merge_.merged, ~VisitMerge.voided
    )
    return list(session.scalars(query.order_by(VisitMerge.first)))


def _same_place_and_day(one: Loaded, other: Loaded) -> bool:
    first, second = _values(one), _values(other)
    same = all(first.get(name) == second.get(name) for name in ("establishment", "visited_on"))
    return same and one.scope == other.scope and one.kind.name == other.kind.name == "visit"


def _values(loaded: Loaded) -> dict[str, object]:
    return dict(flatten(loaded.state.fields, loaded.kind.groups))


def _deciding(author: Author) -> Author:
    """The person once it is clear that they may: what is carried is more than one's own work."""
    return replace(author, grants=system_grants(author.user), self_exempt=False)


def _carry(session: Session, author: Author, carrying: Carrying) -> None:
    write_steps(session, carrying.steps(), author.user)
    write_own(session, replace(_deciding(author), server=True), carrying.facts())


def _note(session: Session, author: Author, carrying: Carrying, scope: str, first: int) -> uuid.UUID:
    new = {
        str(old): str(became)
        for old, became in carrying.records.items()
        if old != carrying.source and old not in carrying.known
    }
    last = _head(session, scope)
    return _write_note(
        session, author, scope, kept=carrying.target, merged=carrying.source, first=first, last=last,
        records=new,
    )  # fmt: skip


def _write_note(session: Session, author: Author, scope: str, **values: object) -> uuid.UUID:
    campaign = scope.partition(":")[2]
    said = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in values.items()}
    record = uuid7()
    note = operation(registry["visit_merge"], record, scope, {"campaign": campaign, **said})
    write_own(session, replace(_deciding(author), server=True), [note])
    return record
