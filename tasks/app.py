"""What a worker and the clock start from: ``celery --app=tasks.app:celery_app worker`` (or ``beat``)."""

from __future__ import annotations

from config.application import base_app
from config.extensions import celery_app
from config.settings import from_environment
from inspection import load_kinds
from tasks import journal, queue, reports, uploads
from tasks.schedule import SCHEDULE

__all__ = ["celery_app", "flask_app", "journal", "reports", "uploads"]

flask_app = base_app(from_environment())
load_kinds()
queue.configure(flask_app)
celery_app.conf.beat_schedule = SCHEDULE
