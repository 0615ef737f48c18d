"""Jobs of the reports: compile one, find those nobody works on, order what the cut-off makes due."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from flask import current_app

from config.extensions import celery_app, db, now, ring, snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.reports import changing, compiling, operations
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared

LOOK = "reports.look"


@celery_app.task(name=operations.COMPILE)
def compile_report(report: str) -> None:
    """Do what is left to do for one order."""
    compiling.compile_report(uuid.UUID(report), open_storage(_settings().storage_url))


@celery_app.task(name="reports.sweep")
def sweep() -> None:
    """Ring again for every open order that nobody works on."""
    for report in operations.unheard(db.session()):
        ring(operations.COMPILE, str(report))


@celery_app.task(name="reports.look_again")
def look_again() -> None:
    """Ring for every issued report that stands: late visits and late decisions make a revision due."""
    for report in changing.to_look_at(db.session(), now().astimezone(_zone()).date()):
        ring(LOOK, str(report))


@celery_app.task(name=LOOK)
def look(report: str) -> None:
    """See whether one issued report still stands."""
    at = now()
    with snapshot() as session:
        due = changing.look(session, uuid.UUID(report))
    with write() as session:
        changing.note(session, uuid.UUID(report), due, at)


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
