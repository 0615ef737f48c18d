"""The manager's dashboard: the figures of a summary, counted as a summary counts them, before it is due."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspection.documents.issuers import COMMUNE_LEVELS
from inspection.places.models import Unit
from inspection.reports import queries
from inspection.reports.behind import Behind, behind
from inspection.reports.checks import DisagreementError, check_summary
from inspection.reports.figures import month_rows, violation_summary
from inspection.reports.periods import Period, PeriodKind, months_up_to
from inspection.reports.shapes import Figures, MonthRow
from inspection.reports.tally import Tally

MONTHS_SHOWN = 12
SHADES = 4
"""How many depths of colour the map has, besides none."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One commune of the map. ``shade`` is 0 for nothing, then 1 to 4 by quarters of the largest."""

    key: str
    name: str
    establishments: int
    visits: int
    visits_with_violation: int
    violations: int
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Dashboard:
    """``adds_up`` is false when a breakdown differs from its total: a report would not be issued then."""

    figures: Figures
    adds_up: bool
    tiles: list[Tile]
    trend: list[MonthRow]


@dataclass(frozen=True, slots=True)
class Line:
    """One visit behind a figure."""

    visit: uuid.UUID
    visited_on: date
    establishment: str
    unit: str
    campaign: str
    violations: int


def dashboard(
    session: Session, jurisdiction: uuid.UUID, period: Period, today: date, shaded_by: str
) -> Dashboard:
    """Everything of the page in the snapshot of ``session``. The trend ends with the month of ``today``, or with the
    last one of ``period`` where that has passed; its twelve months are one query."""
    figures = violation_summary(queries.summary_facts(session, jurisdiction, period), period, checked=False)
    try:
        check_summary(figures)
        adds_up = True
    except DisagreementError:
        adds_up = False
    months = months_up_to(min(today, period.last), MONTHS_SHOWN)
    span = Period(PeriodKind.RANGE, months[0].first, months[-1].last)
    trend = month_rows(Tally(queries.visit_facts(session, jurisdiction, span), span), months)
    return Dashboard(figures, adds_up, _tiles(session, jurisdiction, period.last, figures, shaded_by), trend)


def visits_behind(
    session: Session,
    jurisdiction: uuid.UUID,
    period: Period,
    figure: str,
    unit: str | None,
    code: str | None,
) -> tuple[Behind, list[Line]]:
    """A figure and the visits behind it, the latest first."""
    facts = queries.summary_facts(session, jurisdiction, period)
    tally = Tally(facts, period)
    found = behind(tally, figure, unit, code)
    units, campaigns = dict(facts.unit_names), {one.id: one.name for one in facts.campaigns}
    lines = []
    for visit in reversed(found.visits):
        place = tally.unit_of(visit)
        lines.append(
            Line(
                visit.id,
                visit.visited_on,
                tally.name_of(visit.establishment),
                units.get(place, "") if place else "",
                campaigns.get(visit.campaign, ""),
                len(tally.violations_of(visit)),
            )
        )
    return found, lines


def unit_name(session: Session, jurisdiction: uuid.UUID, unit: str) -> str:
    """The name of a unit of the district; empty when it has none such."""
    try:
        wanted = uuid.UUID(unit)
    except ValueError:
        return ""
    query = select(Unit.name).where(Unit.id == wanted, Unit.scope == f"reference:{jurisdiction}")
    return session.scalar(query) or ""


def _tiles(
    session: Session, jurisdiction: uuid.UUID, day: date, figures: Figures, shaded_by: str
) -> list[Tile]:
    """The communes in force on ``day``, visited or not, and whatever else was visited."""
    counted = {row["key"]: row for row in figures["by_unit"]}
    units = session.execute(
        select(Unit.id, Unit.name).where(
            Unit.scope == f"reference:{jurisdiction}",
            ~Unit.voided,
            Unit.level.in_(COMMUNE_LEVELS),
            Unit.valid_from <= day,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
        )
    )
    names = {str(id_): name for id_, name in units} | {key: row["name_vi"] for key, row in counted.items()}
    tiles = []
    for key, name in sorted(names.items(), key=lambda one: (one[1], one[0])):
        row = counted.get(key)
        tiles.append(
            Tile(
                key,
                name,
                row["establishments"] if row else 0,
                row["visits"] if row else 0,
                row["visits_with_violation"] if row else 0,
                row["violations"] if row else 0,
            )
        )
    return _shaded(tiles, shaded_by)


def _shaded(tiles: Sequence[Tile], shaded_by: str) -> list[Tile]:
    values = [tile.violations if shaded_by == "violations" else tile.visits for tile in tiles]
    most = max(values, default=0)
    return [
        replace(tile, shade=-(-value * SHADES // most) if most else 0)
        for tile, value in zip(tiles, values, strict=True)
    ]
