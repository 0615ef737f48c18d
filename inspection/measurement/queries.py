"""Reads of what was measured and sampled on a visit, with the judgement by the law of its day.

Voided records are left out.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.measurement import judging
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample


def instruments_of(session: Session, visit: uuid.UUID) -> list[InstrumentCheck]:
    """The instruments checked on a visit, in the order in which they were."""
    query = select(InstrumentCheck).where(InstrumentCheck.visit == visit, InstrumentCheck.voided.is_(False))
    return list(session.scalars(query.order_by(InstrumentCheck.id)))


def packages_of(session: Session, visit: uuid.UUID) -> list[PackageCheck]:
    """The lots of prepackages checked on a visit, in the order in which they were."""
    query = select(PackageCheck).where(PackageCheck.visit == visit, PackageCheck.voided.is_(False))
    return list(session.scalars(query.order_by(PackageCheck.id)))


def samples_of(session: Session, visit: uuid.UUID) -> list[Sample]:
    """The samples taken on a visit, in the order in which they were."""
    query = select(Sample).where(Sample.visit == visit, Sample.voided.is_(False))
    return list(session.scalars(query.order_by(Sample.id)))


def instrument_judgement(check: InstrumentCheck, visited_on: date) -> judging.Judgement:
    """What an instrument check amounts to, see :func:`inspection.measurement.judging.instrument_judgement`."""
    return judging.instrument_judgement(_fields(check), visited_on)


def package_judgement(check: PackageCheck, visited_on: date) -> judging.Judgement:
    """What a package check amounts to, see :func:`inspection.measurement.judging.package_judgement`."""
    return judging.package_judgement(_fields(check), visited_on)


def disagrees(check: InstrumentCheck | PackageCheck, judgement: judging.Judgement) -> bool:
    """Whether the phone said pass or fail and the readings do not."""
    return check.verdict in ("pass", "fail") and check.verdict != judgement["verdict"]


def _fields(check: InstrumentCheck | PackageCheck) -> dict[str, Any]:
    """A row as the journal's values."""
    return {column.key: _plain(getattr(check, column.key)) for column in check.__table__.columns}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
