"""What a worker and the clock start from: ``celery --app=tasks.app:celery_app worker`` (or ``beat``)."""

from __future__ import annotations

from config.application import base_app, process_settings
from config.extensions import celery_app
from inspection import load_kinds
from tasks import accounts, complaints, journal, mail, places, queue, reports, uploads
from tasks.schedule import SCHEDULE

__all__ = [
    "accounts",
    "celery_app",
    "complaints",
    "flask_app",
    "journal",
    "mail",
    "places",
    "reports",
    "uploads",
]

flask_app = base_app(process_settings())
load_kinds()
queue.configure(flask_app)
celery_app.conf.beat_schedule = SCHEDULE
