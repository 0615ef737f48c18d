"""Jobs of the reports: compile one, find those nobody works on, order what the cut-off makes due."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from flask import current_app

from config.extensions import celery_app, db, now, ring, write
from config.settings import Settings
from config.storage import open_storage
from inspection.reports import compiling, operations
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name=operations.COMPILE)
def compile_report(report: str) -> None:
    """Do what is left to do for one order."""
    compiling.compile_report(uuid.UUID(report), open_storage(_settings().storage_url))


@celery_app.task(name="reports.sweep")
def sweep() -> None:
    """Ring again for every open order that nobody works on."""
    for report in operations.unheard(db.session()):
        ring(operations.COMPILE, str(report))


@celery_app.task(name="reports.order_due")
def order_due() -> None:
    """Order the reports of the periods that have just closed, each once however often the clock rings."""
    with write() as session:
        made = [str(report.id) for report in operations.order_due(session, now().astimezone(_zone()))]
    for report in made:
        ring(operations.COMPILE, report)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _zone() -> ZoneInfo:
    return ZoneInfo(_settings().timezone)
