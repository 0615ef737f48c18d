"""The manager's dashboard: the figures of a summary, counted as a summary counts them, before it is due."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.documents.issuers import COMMUNE_LEVELS
from inspection.office.reads.running_campaigns import RunningCampaign, agencies_of, running_campaigns
from inspection.people.models import Agency
from inspection.places.models import Unit
from inspection.places.outlines import Drawing, drawing
from inspection.reports import queries
from inspection.reports.behind import Behind, behind
from inspection.reports.facts import Facts
from inspection.reports.periods import Period
from inspection.reports.shapes import Figures, OverdueRow
from inspection.reports.standing import Standing, standing
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN
from inspection.visits.models import Violation

MOST_OVERDUE = 10
"""Overdue remedies that the dashboard names; the page of violations has them all."""

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
    """What stands, commune by commune; ``drawing`` is the map where the outlines of all communes are known.
    ``campaigns`` are those that run, whatever the period; ``found_on`` are the visits of the
    overdue violations, by their keys."""

    standing: Standing
    tiles: list[Tile]
    drawing: Drawing | None
    campaigns: list[RunningCampaign]
    found_on: dict[str, uuid.UUID]


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


@dataclass(frozen=True, slots=True)
class Only:
    """Of which part of a figure the visits are asked for: of one unit or one line of its table, those led by one
    agency's people, those made until a day. What is not given takes in everything."""

    unit: str | None = None
    line: str | None = None
    agency: str | None = None
    until: date | None = None


def dashboard(
    session: Session, jurisdiction: uuid.UUID, period: Period, today: date, shaded_by: str
) -> Dashboard:
    """Everything of the page in the snapshot of ``session``."""
    found = standing(session, jurisdiction, period, today)
    tiles = _tiles(session, jurisdiction, min(today, period.last), found.figures, shaded_by)
    communes = [uuid.UUID(tile.key) for tile in tiles if tile.key != UNKNOWN]
    return Dashboard(
        found,
        tiles,
        drawing(communes),
        running_campaigns(session, jurisdiction, today),
        found_on(session, found.figures["overdue_remedies"]["named"][:MOST_OVERDUE]),
    )


def found_on(session: Session, overdue: Sequence[OverdueRow]) -> dict[str, uuid.UUID]:
    """The visits that overdue violations were found on, by the keys of the violations."""
    if not overdue:
        return {}
    wanted = [uuid.UUID(row["key"]) for row in overdue]
    rows = session.execute(select(Violation.id, Violation.visit).where(Violation.id.in_(wanted)))
    return {str(violation): visit for violation, visit in rows}


def visits_behind(
    session: Session,
    jurisdiction: uuid.UUID,
    period: Period,
    figure: str,
    only: Only,
) -> tuple[Behind, list[Line]]:
    """A figure and the visits behind it, the latest first."""
    facts = _narrowed(session, queries.summary_facts(session, jurisdiction, period), only)
    tally = Tally(facts, period)
    found = behind(tally, figure, only.unit, only.line)
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


def _narrowed(session: Session, facts: Facts, only: Only) -> Facts:
    visits = facts.visits
    if only.until is not None:
        visits = tuple(visit for visit in visits if visit.visited_on <= only.until)
    if only.agency is not None:
        led = agencies_of(session, [visit.id for visit in visits])
        visits = tuple(visit for visit in visits if led.get(visit.id, UNKNOWN) == only.agency)
    return replace(facts, visits=visits)


def agency_name(session: Session, jurisdiction: uuid.UUID, agency: str, language: Language) -> str:
    """The name of an agency of the district; empty when it has none such."""
    try:
        wanted = uuid.UUID(agency)
    except ValueError:
        return ""
    name = func.coalesce(Agency.name_en, Agency.name_vi) if language == "en" else Agency.name_vi
    query = select(name).where(Agency.id == wanted, Agency.scope == f"reference:{jurisdiction}")
    return session.scalar(query) or ""


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
