"""Jobs of the uploads: finish what was left half done, throw away what has expired."""

from __future__ import annotations

from flask import current_app

from config.extensions import celery_app, now
from config.settings import Settings
from config.storage import open_storage
from sync.uploads import finishing
from sync.uploads.half_files import HalfFiles
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name="uploads.sweep")
def sweep() -> None:
    """Look at every half file of this host."""
    settings: Settings = current_app.config["SETTINGS"]
    finishing.sweep(HalfFiles(settings.data_dir), open_storage(settings.storage_url), now())
