"""One reading of the installation's state."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from inspection.health.models import JobRun
from inspection.health.runs import BACKUP
from inspection.journal.models import ConflictRow, Parked, ParkedStatus, SealedHeads, WitnessAlarm
from inspection.mail.models import Mail, MailStatus
from inspection.people.models import Device
from inspection.reports.models import Report, ReportStatus

SILENT_DAYS = (1, 3, 7)
KEPT_ASIDE = (ParkedStatus.REJECTED, ParkedStatus.QUARANTINED, ParkedStatus.HELD, ParkedStatus.FAULTED)
LATE_AFTER = 3
"""A job that has missed this many of its turns is late."""


@dataclass(frozen=True, slots=True)
class Phones:
    """Phones that stand. ``silent`` counts those not seen for so many days; ``unsent`` is what they said they hold
    when last seen, ``oldest_unsent`` when the oldest of it was made."""

    standing: int
    silent: dict[int, int]
    unsent: int
    with_unsent: int
    oldest_unsent: datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """The newest run of a job, and whether it has missed its turns."""

    run: JobRun
    late: bool


@dataclass(frozen=True, slots=True)
class Space:
    """A disk that the product writes to: bytes in all and bytes left."""

    place: str
    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything at one moment."""

    phones: Phones
    conflicts: int
    kept_aside: dict[str, int]
    alarms: int
    reports_waiting: int
    oldest_report: datetime | None
    mail_waiting: int
    mail_failed: int
    sealed_at: datetime | None
    jobs: list[Job]
    space: list[Space]

    @property
    def late_jobs(self) -> int:
        """How many regular jobs have missed their turns."""
        return sum(job.late for job in self.jobs)

    @property
    def backed_up(self) -> bool:
        """Whether any backup is known."""
        return any(job.run.name == BACKUP for job in self.jobs)


def read(session: Session, settings: Settings, at: datetime) -> Reading:
    """Read everything; some ten small statements."""
    kept = session.execute(
        select(Parked.status, func.count()).where(Parked.status.in_(KEPT_ASIDE)).group_by(Parked.status)
    )
    reports = select(func.count(), func.min(Report.ordered_at)).where(
        Report.status.in_((ReportStatus.QUEUED, ReportStatus.RUNNING))
    )
    waiting, oldest = session.execute(reports).one()
    return Reading(
        phones=_phones(session, at),
        conflicts=_count(session, ConflictRow.open.is_(True)),
        kept_aside={status.value: 0 for status in KEPT_ASIDE} | dict(kept.all()),
        alarms=session.scalar(select(func.count()).select_from(WitnessAlarm)) or 0,
        reports_waiting=waiting,
        oldest_report=oldest,
        mail_waiting=_count(session, Mail.status.in_((MailStatus.QUEUED, MailStatus.SENDING))),
        mail_failed=_count(session, Mail.status == MailStatus.FAILED),
        sealed_at=session.scalar(select(func.max(SealedHeads.taken_at))),
        jobs=[Job(run, is_late(run, at)) for run in session.scalars(select(JobRun).order_by(JobRun.name))],
        space=disks(settings),
    )


def is_late(run: JobRun, at: datetime) -> bool:
    """Whether the last good run is further back than :data:`LATE_AFTER` turns."""
    return (run.succeeded_at or run.began_at) + timedelta(seconds=run.every * LATE_AFTER) < at or (
        run.failures >= LATE_AFTER
    )


def disks(settings: Settings) -> list[Space]:
    """The disks of the data folder and, where it is a folder too, of the storage."""
    places = {"data": settings.data_dir}
    parts = urlsplit(settings.storage_url)
    if parts.scheme == "file":
        places["storage"] = Path(unquote(parts.path))
    return [_space(place, folder) for place, folder in places.items()]


def _space(place: str, folder: Path) -> Space:
    while not folder.exists():
        folder = folder.parent
    used = shutil.disk_usage(folder)
    return Space(place, used.total, used.free)


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(condition)) or 0


def _phones(session: Session, at: datetime) -> Phones:
    standing = (Device.platform == "phone") & Device.revoked_at.is_(None)
    total, unsent, holders, oldest = session.execute(
        select(
            func.count(),
            func.sum(Device.unsent),
            func.count().filter(Device.unsent > 0),
            func.min(Device.oldest_unsent_at),
        ).where(standing)
    ).one()
    silent = {
        days: _count(session, standing & (Device.last_seen_at < at - timedelta(days=days)))
        for days in SILENT_DAYS
    }
    return Phones(total, silent, int(unsent or 0), holders, oldest)
