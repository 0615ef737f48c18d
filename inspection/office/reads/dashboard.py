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
from inspection.places.outlines import Drawing, drawing
from inspection.reports import queries
from inspection.reports.behind import Behind, behind
from inspection.reports.periods import Period
from inspection.reports.shapes import Figures
from inspection.reports.standing import Standing, standing
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN

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
    """What stands, commune by commune; ``drawing`` is the map where the outlines of all communes are known."""

    standing: Standing
    tiles: list[Tile]
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class Line:
    """One visit behind a figure, and the records on it that the figure counts."""

    visit: uuid.UUID
    visited_on: date
    establishment: str
    unit: str
    campaign: str
    violations: int
    parts: tuple[uuid.UUID, ...]


def dashboard(
    session: Session, jurisdiction: uuid.UUID, period: Period, today: date, shaded_by: str
) -> Dashboard:
    """Everything of the page in the snapshot of ``session``."""
    found = standing(session, jurisdiction, period, today)
    tiles = _tiles(session, jurisdiction, min(today, period.last), found.figures, shaded_by)
    communes = [uuid.UUID(tile.key) for tile in tiles if tile.key != UNKNOWN]
    return Dashboard(found, tiles, drawing(communes))


def visits_behind(
    session: Session,
    jurisdiction: uuid.UUID,
    period: Period,
    figure: str,
    unit: str | None,
    line: str | None,
) -> tuple[Behind, list[Line]]:
    """A figure and the visits behind it, the latest first."""
    facts = queries.summary_facts(session, jurisdiction, period)
    tally = Tally(facts, period)
    found = behind(tally, figure, unit, line)
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
                found.parts.get(visit.id, ()),
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
