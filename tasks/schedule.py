"""What the clock (celery beat) rings, in Vietnam's time. Ringing twice, or from two clocks, does nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery.schedules import crontab

from inspection.health import runs

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep open reports": {"task": "reports.sweep", "schedule": 60.0, "options": {"expires": 50}},
    "sweep mail": {"task": "mail.sweep", "schedule": 60.0, "options": {"expires": 50}},
    "seal the journal": {
        "task": "journal.seal",
        "schedule": crontab(minute="30"),
        "options": {"expires": 3000},
    },
    "sweep checks of the journal": {"task": "journal.sweep", "schedule": 60.0, "options": {"expires": 50}},
    "sweep imports": {"task": "places.sweep", "schedule": 60.0, "options": {"expires": 50}},
    "sweep half uploads": {"task": "uploads.sweep", "schedule": 300.0, "options": {"expires": 290}},
    "forget old sign-ins": {"task": "people.sweep", "schedule": 3600.0, "options": {"expires": 3000}},
    # At night: a recount of every report that stands, where anything was entered in its district since.
    "look at issued reports": {"task": "reports.look_again", "schedule": crontab(minute="30", hour="1")},
    "keep due dates right": {"task": "complaints.set_clocks", "schedule": crontab(minute="2", hour="0")},
    "remind of due dates": {"task": "complaints.remind", "schedule": crontab(minute="0", hour="7")},
    # The cut-off is the end of the 14th (NĐ 09/2019/NĐ-CP Điều 12). Rung every night: on most nights nothing is
    # due, and after a night without power the next one makes up for it.
    "order reports at the legal cut-off": {
        "task": "reports.order_due",
        "schedule": crontab(minute="5", hour="0"),
    },
    "verify the journal": {"task": runs.VERIFY, "schedule": crontab(minute="40", hour="2")},
}


def seconds_between(schedule: float | crontab) -> int:
    """How far apart two turns are at most."""
    if not isinstance(schedule, crontab):
        return int(schedule)
    wide = {"day_of_month": 31 * runs.DAY, "day_of_week": 7 * runs.DAY, "hour": runs.DAY}
    return next((most for name, most in wide.items() if getattr(schedule, f"_orig_{name}") != "*"), 60 * 60)


REGULAR: Mapping[str, int] = {
    entry["task"]: seconds_between(entry["schedule"]) for entry in SCHEDULE.values()
}
"""How often, in seconds, each job of the schedule comes: one that misses its turns is late."""
