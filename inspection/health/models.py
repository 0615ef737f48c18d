"""The table of job runs: the newest of each job. Not a projection: it says what the machine did, not what people
decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base


class JobRun(Base):
    """The newest run of one job of the clock, or of a command that should come regularly (a backup).

    ``every`` is how often it should run, in seconds. ``failures`` counts the failed runs since the last good one,
    ``problem`` names the newest failure (the kind of error, never its words: they may hold personal data). ``found``
    is what a run that looks for faults has found.
    """

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    every: Mapped[int] = mapped_column(Integer)
    began_at: Mapped[datetime]
    succeeded_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(Integer)
    failures: Mapped[int] = mapped_column(Integer)
    problem: Mapped[str | None] = mapped_column(String(64))
    found: Mapped[int | None] = mapped_column(Integer)
