"""Jobs of the register: keep the due dates right, remind of those that come near."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import current_app

from config.extensions import celery_app, now, write
from config.settings import Settings
from inspection import mail
from inspection.complaints import operations, reminders
from inspection.complaints.queries import open_cases
from inspection.complaints.rules import Because
from inspection.people.jurisdictions import jurisdictions, system_author
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name=operations.SET_CLOCKS)
def set_clocks() -> None:
    """Bring the due date of every open case in line with its course and the calendar of today, one register at a
    time."""
    with write() as session:
        places = jurisdictions(session)
    for place in places:
        with write() as session:
            operations.set_clocks(
                session, system_author(session, place), open_cases(session, place), Because.CALENDAR
            )


@celery_app.task(name="complaints.remind")
def remind() -> None:
    """Queue the letters of the day; each goes out once for each due date."""
    settings: Settings = current_app.config["SETTINGS"]
    today = now().astimezone(ZoneInfo(settings.timezone)).date()
    queued = []
    with write() as session:
        for place in jurisdictions(session):
            queued += reminders.remind(session, place, today, settings.public_url)
    mail.ring_for(queued)
