"""How often a sign-in may fail: counted in the database, so that every worker of every host counts together.

An attempt is counted before the password is looked at and forgiven when it turns out right. Counting
afterwards would let a burst of parallel guesses through. A user name is counted whether it exists or not.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from inspection.people.models import Attempts
from inspection.people.passwords import username_key

WINDOW = timedelta(minutes=15)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures a window allows, and the first wait after them; every further failure doubles it."""

    failures: int
    first_wait: timedelta


ACCOUNT = Limit(failures=5, first_wait=timedelta(seconds=30))
ADDRESS = Limit(failures=40, first_wait=timedelta(seconds=60))
"""A whole office stands behind one address, so it is allowed more."""


def _keys(username: str, address: str) -> list[tuple[bytes, Limit]]:
    """The counters of an attempt, in the one order in which they are always locked."""
    pairs = [(f"account {username_key(username)}", ACCOUNT), (f"address {address}", ADDRESS)]
    return sorted(
        ((hashlib.sha256(word.encode()).digest(), limit) for word, limit in pairs), key=lambda pair: pair[0]
    )


def count(session: Session, username: str, address: str, at: datetime) -> int:
    """Count an attempt that is about to be made. The answer is the wait in seconds: 0 lets the attempt go on.

    An attempt that has to wait is not counted again, so that waiting ends.
    """
    rows = [(_locked(session, key, at), limit) for key, limit in _keys(username, address)]
    waits = [
        row.locked_until - at for row, _ in rows if row.locked_until is not None and row.locked_until > at
    ]
    if waits:
        return math.ceil(max(waits).total_seconds())
    for row, limit in rows:
        row.failures += 1
        beyond = row.failures - limit.failures
        if beyond >= 0:
            row.locked_until = at + min(limit.first_wait * 2 ** min(beyond, 10), LONGEST_WAIT)
    session.flush()
    return 0


def forgive(session: Session, username: str, address: str) -> None:
    """Take back what :func:`count` counted, the password having been right. The account starts from zero; the
    address keeps its other failures, or a guesser with one good account would wipe them."""
    for key, limit in _keys(username, address):
        row = session.get(Attempts, key, with_for_update=True, populate_existing=True)
        if row is None:
            continue
        row.failures = 0 if limit is ACCOUNT else max(row.failures - 1, 0)
        if row.failures < limit.failures:
            row.locked_until = None
    session.flush()


def sweep(session: Session, at: datetime) -> None:
    """Forget counters whose window and longest wait have passed."""
    session.execute(delete(Attempts).where(Attempts.since < at - WINDOW - LONGEST_WAIT))


def _locked(session: Session, key: bytes, at: datetime) -> Attempts:
    """The counter of ``key``, made if need be, locked until the transaction ends, emptied when its window has
    passed."""
    insert = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(Attempts).values(key=key, failures=0, since=at).on_conflict_do_nothing())
    row = session.get_one(Attempts, key, with_for_update=True, populate_existing=True)
    quiet_since = max(row.since, row.locked_until or row.since)
    if quiet_since < at - WINDOW:
        row.failures, row.since, row.locked_until = 0, at, None
    return row
