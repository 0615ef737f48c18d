"""What stands behind a figure: the visits that were counted, picked off the same tally as the figure itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType

from inspection.reports.facts import EstablishmentFact, ViolationFact, VisitFact
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN

OUTCOMES = ("passed", "reminded", "undecided", "measures_only", "warned", "fined")
"""Every inspected establishment under the gravest thing that happened to it."""


def _with_outcome(name: str) -> Callable[[Tally, EstablishmentFact], bool]:
    return lambda tally, one: tally.outcomes[one] == name


VISITS: Mapping[str, Callable[[Tally, VisitFact], bool]] = MappingProxyType(
    {
        "visits": lambda _tally, _visit: True,
        "visits_with_violation": lambda tally, visit: bool(tally.violations_of(visit)),
    }
)
ESTABLISHMENTS: Mapping[str, Callable[[Tally, EstablishmentFact], bool]] = MappingProxyType(
    {
        "establishments": lambda _tally, _one: True,
        "establishments_with_violation": lambda tally, one: one in tally.in_breach,
        **{name: _with_outcome(name) for name in OUTCOMES},
    }
)
VIOLATIONS: Mapping[str, Callable[[ViolationFact], bool]] = MappingProxyType(
    {
        "violations": lambda _violation: True,
        "fines": lambda violation: violation.sanction == "fine",
        "fines_total": lambda violation: violation.sanction == "fine",
        "decisions_due": lambda violation: violation.sanction is None,
    }
)
FIGURES = frozenset({*VISITS, *ESTABLISHMENTS, *VIOLATIONS, "open_conflicts"})


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure counted again from the visits behind it; ``count`` is whole đồng for ``fines_total``."""

    count: int
    visits: tuple[VisitFact, ...]


def behind(tally: Tally, figure: str, unit: str | None = None, code: str | None = None) -> Behind:
    """The visits behind one of :data:`FIGURES`, for one unit (its id, or ``unknown``) or one violation code only.

    As in the figures, a visit counts in its own unit and an establishment in the unit of its latest visit.
    """
    if figure in ESTABLISHMENTS:
        return _establishments(tally, ESTABLISHMENTS[figure], unit, code)
    if figure in VIOLATIONS:
        found = [
            one
            for visit in tally.visits
            if _within(tally, visit, unit)
            for one in tally.violations_of(visit)
            if VIOLATIONS[figure](one) and code in (None, one.code)
        ]
        behind_them = {one.visit for one in found}
        count = sum(one.amount or 0 for one in found) if figure == "fines_total" else len(found)
        return Behind(count, tuple(visit for visit in tally.visits if visit.id in behind_them))
    if figure == "open_conflicts":
        return _conflicts(tally)
    visits = tuple(
        visit
        for visit in tally.visits
        if VISITS[figure](tally, visit) and _within(tally, visit, unit) and _under(tally, visit, code)
    )
    return Behind(len(visits), visits)


def _establishments(
    tally: Tally, counted: Callable[[Tally, EstablishmentFact], bool], unit: str | None, code: str | None
) -> Behind:
    visits = [
        visit
        for one in tally.inspected
        if counted(tally, one) and _within(tally, tally.visits_to(one)[-1], unit)
        for visit in tally.visits_to(one)
        if _under(tally, visit, code)
    ]
    visits.sort(key=attrgetter("visited_on", "id"))
    return Behind(len({visit.establishment for visit in visits}), tuple(visits))


def _conflicts(tally: Tally) -> Behind:
    """Disagreements among the records counted. One about an establishment stands behind all visits to it."""
    open_ = list(tally.conflicts())
    visits = {one.visit for one in open_}
    places = {one.establishment for one in open_}
    return Behind(
        len(open_),
        tuple(one for one in tally.visits if one.id in visits or one.establishment in places),
    )


def _within(tally: Tally, visit: VisitFact, unit: str | None) -> bool:
    return unit is None or str(tally.unit_of(visit) or UNKNOWN) == unit


def _under(tally: Tally, visit: VisitFact, code: str | None) -> bool:
    return code is None or any(one.code == code for one in tally.violations_of(visit))
