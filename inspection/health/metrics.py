"""The reading as figures for Prometheus, made when it asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import current_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from config.extensions import db, now, snapshot
from config.settings import Settings
from inspection.health.reading import Reading, Space, disks, read


class HealthCollector(Collector):
    """Reads the installation's state; when the database is away that is the figure."""

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        settings: Settings = current_app.config["SETTINGS"]
        try:
            with snapshot() as session:
                reading = read(session, settings, now())
                figures = list(_figures(reading, now()))
        except (DBAPIError, PoolTimeoutError):
            db.session.rollback()
            yield _one("inspection_database_up", "The database answers", 0)
            yield _space(disks(settings))
            return
        yield _one("inspection_database_up", "The database answers", 1)
        yield from figures


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _many(name: str, words: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _age(moment: datetime | None, at: datetime) -> float:
    return 0 if moment is None else max(0.0, (at - moment).total_seconds())


def _space(space: list[Space]) -> Metric:
    values = {one.place: float(one.free) for one in space}
    return _many("inspection_disk_free_bytes", "Bytes left on the disk", "place", values)


def _figures(reading: Reading, at: datetime) -> Iterator[Metric]:
    phones = reading.phones
    yield _one("inspection_phones", "Phones that stand", phones.standing)
    silent = {str(days): float(count) for days, count in phones.silent.items()}
    yield _many("inspection_phones_silent", "Phones not seen for so many days", "days", silent)
    yield _one("inspection_phones_unsent", "Operations and photos that phones said they hold", phones.unsent)
    yield _one("inspection_phones_with_unsent", "Phones that hold something", phones.with_unsent)
    yield _one(
        "inspection_phones_oldest_unsent_seconds", "Age of the oldest of it", _age(phones.oldest_unsent, at)
    )
    yield _one("inspection_conflicts_open", "Conflicts that nobody has settled", reading.conflicts)
    kept = {status: float(count) for status, count in reading.kept_aside.items()}
    yield _many("inspection_operations_kept_aside", "Operations that are no entries yet", "status", kept)
    yield _one("inspection_journal_alarms", "Phones that saw another chain", reading.alarms)
    yield _one("inspection_reports_waiting", "Reports that are not done", reading.reports_waiting)
    yield _one(
        "inspection_reports_oldest_seconds", "Age of the oldest of them", _age(reading.oldest_report, at)
    )
    yield _one("inspection_mail_waiting", "Letters that are not sent", reading.mail_waiting)
    yield _one("inspection_mail_failed", "Letters that were given up", reading.mail_failed)
    sealed = reading.sealed_at.timestamp() if reading.sealed_at else 0
    yield _one("inspection_checkpoint_timestamp_seconds", "When the journal's heads were last sealed", sealed)
    done = {job.run.name: job.run.succeeded_at.timestamp() for job in reading.jobs if job.run.succeeded_at}
    yield _many("inspection_job_success_timestamp_seconds", "When a job last ended well", "job", done)
    late = {job.run.name: float(job.late) for job in reading.jobs}
    yield _many("inspection_job_late", "Whether a job has missed its turns", "job", late)
    found = {job.run.name: float(job.run.found) for job in reading.jobs if job.run.found is not None}
    yield _many("inspection_job_faults", "Faults that a checking job found", "job", found)
    yield _space(reading.space)
