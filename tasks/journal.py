"""Jobs of the journal: seal its heads, verify its chains."""

from __future__ import annotations

import logging
import uuid
from pathlib import Path

from flask import current_app

from config.extensions import celery_app, db, ring, snapshot, write
from config.settings import Settings
from inspection.health import runs
from inspection.journal import checkpoint, verification
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared

log = logging.getLogger(__name__)

STEP = 0.02
"""How much of a check lies between two words about its progress."""


@celery_app.task(name=runs.VERIFY)
def verify() -> int:
    """Check everything, as ``flask journal verify`` does; how many places do not hold. They are for the log and the
    alarm: nothing is repaired here."""
    with snapshot() as session:
        found = verification.whole(session, _data_dir())
    for fault in found:
        log.error("the journal does not hold: %s %s %s %s", fault.held, fault.scope, fault.seq, fault.problem)
    return len(found)


@celery_app.task(name=verification.CHECK)
def check(identifier: str) -> None:
    """Carry out a check that somebody ordered, scope by scope, saying how far it is."""
    ordered = uuid.UUID(identifier)
    with snapshot() as session:
        scopes = verification.scopes(session)
    found: list[verification.Finding] = []
    told = 0.0
    for at, scope in enumerate(scopes):
        with snapshot() as session:
            found += verification.of_scope(session, scope)
        if at / len(scopes) - told >= STEP:
            told = at / len(scopes)
            with write() as session:
                if not verification.step(session, ordered, told):
                    return
    with snapshot() as session:
        found += verification.of_the_rest(session, _data_dir())
    with write() as session:
        if verification.step(session, ordered, 1.0):
            verification.finish(session, ordered, found)


@celery_app.task(name="journal.sweep")
def sweep() -> None:
    """Ring again for checks that nobody works on."""
    for ordered in verification.unheard(db.session()):
        ring(verification.CHECK, str(ordered))


@celery_app.task(name="journal.seal")
def seal() -> None:
    """Sign the heads of all scopes, keep the checkpoint and its file. Nothing new makes no new checkpoint."""
    with write() as session:
        kept = checkpoint.keep(session, checkpoint.take(session), _data_dir())
        checkpoint.write_file(kept, _data_dir())


def _data_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir
