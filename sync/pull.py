"""Pull: the records of a phone's scopes that changed past its cursors.

State, not history: each record comes once, with its newest sequence number, in that order. The whole answer
is read in one snapshot. Every cursor carries the chain hash that the phone saw, so every phone is a witness:
a cursor that the chain does not confirm, or that is ahead of its head, raises an alarm and is answered with a
resync.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.journal.kinds import registry
from inspection.journal.models import Entry, Record, Scope
from inspection.journal.state import VOIDED
from inspection.journal.store import CONFLICT, chunks, generations
from inspection.journal.versions import WITNESS_DIGITS, Cursor, Generations, read_cursor
from inspection.people.operations import Report

MOST_CHANGES = 2000
MOST_PLACES = 5000
"""Places of a chain in one statement."""
SCOPES_AT_ONCE = 200
"""Scopes whose changes are read with one statement."""
LONGEST_WAIT = 25
LONGEST_VERSION = 40
MOST_UNSENT = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a phone asks: how far it has read each scope, and how much it wants at once (``wait`` in seconds).
    ``phone`` is what it says of itself; older ones say nothing."""

    cursors: Mapping[str, Any]
    limit: int
    wait: int
    phone: Report | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A phone saw a chain that is not the present one."""

    scope: str
    cursor: str
    problem: str


@dataclass(slots=True)
class Answer:
    """The answer, and the alarms that the cursors raised."""

    scopes: list[str]
    changes: list[dict[str, Any]] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    resync: list[dict[str, Any]] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    more: bool = False

    def to_json(self) -> dict[str, Any]:
        """The answer as it travels."""
        form: dict[str, Any] = {
            "scopes": self.scopes,
            "changes": self.changes,
            "cursors": self.cursors,
            "more": self.more,
        }
        if self.resync:
            form["resync"] = self.resync
        return form


def read_request(body: Any) -> Request:
    """The envelope of a pull.

    :raises Refusal: ``malformed_request``.
    """
    if not isinstance(body, dict) or not body.keys() <= {"cursors", "limit", "wait", "phone"}:
        raise Refusal("malformed_request")
    cursors, limit, wait = body.get("cursors", {}), body.get("limit", 1000), body.get("wait", 0)
    if not isinstance(cursors, dict):
        raise Refusal("malformed_request")
    for number, least in ((limit, 1), (wait, 0)):
        if not isinstance(number, int) or isinstance(number, bool) or number < least:
            raise Refusal("malformed_request")
    phone = _read_report(body["phone"]) if body.get("phone") is not None else None
    return Request(cursors, min(limit, MOST_CHANGES), min(wait, LONGEST_WAIT), phone)


def _read_report(said: Any) -> Report:
    if not isinstance(said, dict) or said.keys() != {"app_version", "unsent", "oldest"}:
        raise Refusal("malformed_request")
    version, unsent, oldest = said["app_version"], said["unsent"], said["oldest"]
    if not isinstance(version, str) or not 0 < len(version) <= LONGEST_VERSION or not version.isprintable():
        raise Refusal("malformed_request")
    if not isinstance(unsent, int) or isinstance(unsent, bool) or not 0 <= unsent <= MOST_UNSENT:
        raise Refusal("malformed_request")
    try:
        made = None if oldest is None else datetime.fromisoformat(oldest).astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as problem:
        raise Refusal("malformed_request") from problem
    return Report(version, unsent, made)


def pull(session: Session, scopes: Iterable[str], request: Request) -> Answer:
    """Read the changes of ``scopes`` past the request's cursors; ``session`` must be one snapshot."""
    known = generations(session)
    heads: dict[str, tuple[int, str]] = {}
    for some in chunks(sorted(scopes)):
        query = select(Scope.id, Scope.head, Scope.head_hash).where(Scope.id.in_(some), Scope.head > 0)
        heads |= {scope: (head, hash_.hex()) for scope, head, hash_ in session.execute(query)}
    answer = Answer(sorted(heads))
    starts = _starts(session, answer, heads, known, request)
    behind = {scope: starts[scope] for scope in answer.scopes if starts[scope] != heads[scope][0]}
    for scope in answer.scopes:
        if scope not in behind:
            head, head_hash = heads[scope]
            answer.cursors[scope] = str(Cursor(known.current, head, head_hash[:WITNESS_DIGITS]))
    left = request.limit
    waiting = list(behind)
    while waiting and left > 0:
        some, waiting = waiting[:SCOPES_AT_ONCE], waiting[SCOPES_AT_ONCE:]
        left = _read_scopes(session, answer, known, {scope: behind[scope] for scope in some}, heads, left)
    answer.more = answer.more or bool(waiting)
    return answer


def _starts(
    session: Session,
    answer: Answer,
    heads: Mapping[str, tuple[int, str]],
    known: Generations,
    request: Request,
) -> dict[str, int]:
    """From which sequence number each scope is to be read."""
    cursors = {scope: read_cursor(request.cursors[scope]) for scope in heads if scope in request.cursors}
    behind = [
        (s, c.seq) for s, c in cursors.items() if c and c.generation == known.current and c.seq < heads[s][0]
    ]
    seen = {(s, c[0]): c[1] for s, c in heads.items()} | _hashes(session, behind)
    starts = dict.fromkeys(heads, 0)
    for scope, cursor in cursors.items():
        if cursor is None:
            answer.resync.append({"scope": scope, "restored_to": None})
        elif cursor.generation != known.current:
            answer.resync.append(
                {"scope": scope, "restored_to": known.restored_to(cursor.generation, scope) or 0}
            )
        elif cursor.seq > heads[scope][0]:
            answer.alarms.append(Alarm(scope, str(cursor), "ahead of the head"))
            answer.resync.append({"scope": scope, "restored_to": heads[scope][0]})
        elif cursor.seq and seen.get((scope, cursor.seq), "")[:WITNESS_DIGITS] != cursor.witness:
            answer.alarms.append(Alarm(scope, str(cursor), "not confirmed by the chain"))
            answer.resync.append({"scope": scope, "restored_to": 0})
        else:
            starts[scope] = cursor.seq
    return starts


def _hashes(session: Session, places: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for at in range(0, len(places), MOST_PLACES):
        some = places[at : at + MOST_PLACES]
        query = select(Entry.scope, Entry.seq, Entry.hash).where(tuple_(Entry.scope, Entry.seq).in_(some))
        found |= {(scope, seq): hash_.hex() for scope, seq, hash_ in session.execute(query)}
    return found


def _read_scopes(
    session: Session,
    answer: Answer,
    known: Generations,
    starts: Mapping[str, int],
    heads: Mapping[str, tuple[int, str]],
    left: int,
) -> int:
    """Add at most ``left`` changes of these scopes, in their order, with one statement; returns how many may still
    follow. A record and its conflicts share a sequence number and are never parted."""
    columns = select(Record.scope, Record.seq, Record.kind, Record.id, Record.state)
    past = or_(*((Record.scope == scope) & (Record.seq > start) for scope, start in starts.items()))
    query = columns.where(past).order_by(Record.scope, Record.seq, Record.id).limit(left + 1)
    read = session.execute(query).all()
    cut = read[left].scope if len(read) > left else None
    groups = {scope: list(rows) for scope, rows in groupby(read[:left], lambda row: row.scope)}
    for scope, rows in groups.items():
        last, witness = heads[scope]
        if scope == cut:
            last = rows[-1].seq
            twins = columns.where(Record.scope == scope, Record.seq == last).order_by(Record.id)
            there = {row.id for row in rows}
            rows += [row for row in session.execute(twins) if row.id not in there]
            witness = _hashes(session, [(scope, last)])[scope, last]
        answer.changes += [change(known, scope, row.seq, row.kind, row.id, row.state) for row in rows]
        answer.cursors[scope] = str(Cursor(known.current, last, witness[:WITNESS_DIGITS]))
    for scope in starts.keys() - groups.keys() if cut is None else ():
        answer.cursors[scope] = str(Cursor(known.current, heads[scope][0], heads[scope][1][:WITNESS_DIGITS]))
    answer.more = answer.more or cut is not None
    return left - len(read)


def change(
    known: Generations, scope: str, seq: int, kind: str, record: uuid.UUID, state: Mapping[str, Any]
) -> dict[str, Any]:
    """One record as it travels: its whole current state."""
    form: dict[str, Any] = {
        "scope": scope,
        "seq": seq,
        "kind": kind,
        "record": str(record),
        "version": known.version(seq),
        "voided": None,
    }
    if kind == CONFLICT:
        return form | {"fields": _with_versions(known, state), "authors": {}}
    groups = registry[kind].groups
    values: dict[str, Any] = {}
    authors: dict[str, Any] = {}
    for key, stored in state["fields"].items():
        value, wrote = stored["value"], {"user": stored["user"], "at": stored["made_at"]}
        if key == VOIDED:
            form["voided"] = value
        for name in groups.get(key, (key,)):
            authors[name] = wrote
            if key in groups:
                values[name] = value.get(name) if value else None
            elif key != VOIDED:
                values[name] = value
    return form | {"fields": values, "authors": authors}


def _with_versions(known: Generations, state: Mapping[str, Any]) -> dict[str, Any]:
    """A conflict with its entries as versions, in the form that ``settles`` takes."""
    stored = {**state["stored"], "entry": known.version(state["stored"]["entry"])}
    candidates = [
        {**candidate, "entry": known.version(candidate["entry"])} for candidate in state["candidates"]
    ]
    return {**state, "stored": stored, "candidates": candidates}
