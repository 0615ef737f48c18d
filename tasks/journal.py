"""Jobs of the journal: seal its heads, verify its chains."""

from __future__ import annotations

import logging

from flask import current_app

from config.extensions import celery_app, snapshot, write
from config.settings import Settings
from inspection.health import runs
from inspection.journal import checkpoint, history
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared

log = logging.getLogger(__name__)


@celery_app.task(name=runs.VERIFY)
def verify() -> int:
    """Check every hash chain, as ``flask journal verify`` does; how many places do not hold. They are for the log and
    the alarm: nothing is repaired here."""
    with snapshot() as session:
        found = history.verify(session)
    for fault in found:
        log.error("the journal does not hold: %s %s %s", fault.scope, fault.seq, fault.problem)
    return len(found)


@celery_app.task(name="journal.seal")
def seal() -> None:
    """Sign the heads of all scopes, keep the checkpoint and its file. Nothing new makes no new checkpoint."""
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        kept = checkpoint.keep(session, checkpoint.take(session), settings.data_dir)
        checkpoint.write_file(kept, settings.data_dir)
