"""Which establishments a campaign should visit first, and which team goes to which. Pure.

The order is the office's own aid and has no legal effect; who plans chooses. Points are added up so that a reader can
follow them: open breaches and high risk weigh most, then petitions, then the time since the last visit.
"""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspection.campaigns.rules import TargetReason

BREACH, HIGH_RISK, MEDIUM_RISK, PETITION, NEVER = 40, 30, 15, 25, 20
MOST_MONTHS = 24
"""A month since the last visit is a point, up to two years: after that, one more makes no difference."""
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Candidate:
    """An establishment that could be visited; degrees are WGS 84."""

    id: uuid.UUID
    name: str
    unit: uuid.UUID | None = None
    latitude: float | None = None
    longitude: float | None = None
    risk: str | None = None
    last_visit: date | None = None
    open_breaches: int = 0
    petitions: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its points and the reason that gave most of them."""

    candidate: Candidate
    points: int
    reason: TargetReason


def rank(candidates: Iterable[Candidate], day: date) -> list[Ranked]:
    """``candidates`` in the order in which they should be visited, as of ``day``."""
    ranked = [_ranked(candidate, day) for candidate in candidates]
    return sorted(ranked, key=lambda one: (-one.points, one.candidate.name, one.candidate.id))


def _ranked(candidate: Candidate, day: date) -> Ranked:
    points = {
        TargetReason.BREACH: BREACH if candidate.open_breaches else 0,
        TargetReason.RISK: {"high": HIGH_RISK, "medium": MEDIUM_RISK}.get(candidate.risk or "", 0),
        TargetReason.COMPLAINT: PETITION if candidate.petitions else 0,
        TargetReason.NEVER: NEVER if candidate.last_visit is None else 0,
        TargetReason.LONG_AGO: _months_since(candidate.last_visit, day),
    }
    reason = max(points, key=lambda one: points[one])
    return Ranked(candidate, sum(points.values()), reason)


def _months_since(last_visit: date | None, day: date) -> int:
    if last_visit is None or last_visit > day:
        return 0
    return min(int((day - last_visit).days / DAYS_A_MONTH), MOST_MONTHS)


@dataclass(frozen=True, slots=True)
class Spot:
    """Something at a place; without a position it lies where its unit does."""

    id: uuid.UUID
    unit: uuid.UUID | None = None
    latitude: float | None = None
    longitude: float | None = None


def share_out(spots: Sequence[Spot], teams: int) -> list[list[uuid.UUID]]:
    """``spots`` for each of ``teams`` (one or more): neighbours together, and no team has more than one spot more than
    another.

    The map is cut across its longer side into two parts for half of the teams each, and each part again, so every team
    gets a patch of the district. Spots that nothing places fill up the smallest shares.
    """
    placed = _placed(spots)
    shares = _cut([(spot.id, *placed[spot.id]) for spot in spots if spot.id in placed], teams)
    for spot in sorted((spot for spot in spots if spot.id not in placed), key=lambda spot: spot.id):
        min(shares, key=len).append(spot.id)
    return shares


Point = tuple[uuid.UUID, float, float]
"""Id, and east and north in degrees of latitude."""


def _cut(points: list[Point], teams: int) -> list[list[uuid.UUID]]:
    if teams == 1:
        return [[point[0] for point in points]]
    axis = max((1, 2), key=lambda axis: _width(points, axis))
    ordered = sorted(points, key=lambda point: (point[axis], point[3 - axis], point[0]))
    half = teams // 2
    each, more = divmod(len(ordered), teams)
    here = each * half + min(more, half)
    return _cut(ordered[:here], half) + _cut(ordered[here:], teams - half)


def _width(points: Sequence[Point], axis: int) -> float:
    values = [(point[1], point[2])[axis - 1] for point in points]
    return max(values) - min(values) if values else 0.0


def _placed(spots: Iterable[Spot]) -> Mapping[uuid.UUID, tuple[float, float]]:
    """East and north of every spot that has a position, or whose unit has another spot with one."""
    own = {
        spot.id: (spot.longitude * math.cos(math.radians(spot.latitude)), spot.latitude)
        for spot in spots
        if spot.latitude is not None and spot.longitude is not None
    }
    by_unit: dict[uuid.UUID, list[tuple[float, float]]] = defaultdict(list)
    for spot in spots:
        if spot.id in own and spot.unit is not None:
            by_unit[spot.unit].append(own[spot.id])
    middles = {
        unit: (sum(east for east, _ in found) / len(found), sum(north for _, north in found) / len(found))
        for unit, found in by_unit.items()
    }
    return {spot.id: middles[spot.unit] for spot in spots if spot.unit in middles} | own
