"""The job of the journal: seal its heads on a schedule."""

from __future__ import annotations

from flask import current_app

from config.extensions import celery_app, write
from config.settings import Settings
from inspection.journal import checkpoint


@celery_app.task(name="journal.seal")
def seal() -> None:
    """Sign the heads of all scopes, keep the checkpoint and its file. Nothing new makes no new checkpoint."""
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        kept = checkpoint.keep(session, checkpoint.take(session), settings.data_dir)
        checkpoint.write_file(kept, settings.data_dir)
