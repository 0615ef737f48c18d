"""What stands behind a figure: the visits that were counted and what was recorded on them, picked off the same tally as
the figure itself. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from uuid import UUID

from inspection.reports.facts import EstablishmentFact, InstrumentFact, SampleFact, ViolationFact, VisitFact
from inspection.reports.measured import JUDGED, NOT_HELD, kind_of, line_of
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
        "visits_without_violation": lambda tally, visit: not tally.violations_of(visit),
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
SAMPLES: Mapping[str, Callable[[SampleFact], bool]] = MappingProxyType(
    {
        "samples": lambda _sample: True,
        "samples_passed": lambda sample: sample.result == "pass",
        "samples_failed": lambda sample: sample.result == "fail",
        "samples_pending": lambda sample: sample.result not in JUDGED,
    }
)
INSTRUMENTS: Mapping[str, Callable[[InstrumentFact], bool]] = MappingProxyType(
    {
        "instruments": lambda _instrument: True,
        "instruments_expired": lambda instrument: instrument.evidence in NOT_HELD,
        "instruments_out_of_tolerance": lambda instrument: instrument.out_of_tolerance,
        "instruments_unjudged": lambda instrument: instrument.verdict not in JUDGED,
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(VIOLATIONS, "violation")
    | dict.fromkeys(SAMPLES, "sample")
    | dict.fromkeys(INSTRUMENTS, "instrument_check")
)
"""The kind of record that a figure counts, where it is not visits or establishments."""

FIGURES = frozenset({*VISITS, *ESTABLISHMENTS, *KINDS, "campaigns", "open_conflicts"})


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure counted again from the visits behind it; ``count`` is whole đồng for ``fines_total``. ``parts`` are the
    records counted on each visit, where the figure counts records of a visit."""

    count: int
    visits: tuple[VisitFact, ...]
    parts: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A record of a visit that a figure counts; ``line`` is the line of its table (the code of an act, where a sample
    was tested, a kind of instrument), ``worth`` what it adds to the figure."""

    id: UUID
    visit: UUID
    line: str
    worth: int = 1


def behind(tally: Tally, figure: str, unit: str | None = None, line: str | None = None) -> Behind:
    """The visits behind one of :data:`FIGURES`, for one unit (its id, or ``unknown``) or one line of its table only: a
    violation code, ``laboratory`` or ``quick`` of the samples, a kind of instrument.

    As in the figures, a visit counts in its own unit and an establishment in the unit of its latest visit.
    """
    if figure in ESTABLISHMENTS:
        return _establishments(tally, ESTABLISHMENTS[figure], unit, line)
    if figure in KINDS:
        return _records(tally, _parts(tally, figure), unit, line)
    if figure == "open_conflicts":
        return _conflicts(tally)
    if figure == "campaigns":
        return Behind(len({visit.campaign for visit in tally.visits}), tuple(tally.visits))
    visits = tuple(
        visit
        for visit in tally.visits
        if VISITS[figure](tally, visit) and _within(tally, visit, unit) and _under(tally, visit, line)
    )
    return Behind(len(visits), visits)


def _parts(tally: Tally, figure: str) -> Iterator[_Part]:
    if figure in VIOLATIONS:
        for violation in tally.violations:
            if VIOLATIONS[figure](violation):
                worth = (violation.amount or 0) if figure == "fines_total" else 1
                yield _Part(violation.id, violation.visit, violation.code, worth)
    elif figure in SAMPLES:
        for sample in tally.samples:
            if SAMPLES[figure](sample):
                yield _Part(sample.id, sample.visit, line_of(sample))
    else:
        for instrument in tally.instruments:
            if INSTRUMENTS[figure](instrument):
                yield _Part(instrument.id, instrument.visit, kind_of(instrument))


def _records(tally: Tally, parts: Iterator[_Part], unit: str | None, line: str | None) -> Behind:
    found: dict[UUID, list[_Part]] = defaultdict(list)
    for part in parts:
        if line in (None, part.line):
            found[part.visit].append(part)
    visits = tuple(visit for visit in tally.visits if visit.id in found and _within(tally, visit, unit))
    return Behind(
        sum(part.worth for visit in visits for part in found[visit.id]),
        visits,
        {visit.id: tuple(part.id for part in found[visit.id]) for visit in visits},
    )


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
