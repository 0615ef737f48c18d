"""The facts of one period, sorted once for counting. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from uuid import UUID

from inspection.reports.facts import (
    ConflictFact,
    EstablishmentFact,
    Facts,
    ViolationFact,
    ViolationTypeFact,
    VisitFact,
)
from inspection.reports.periods import Period, PeriodKind
from inspection.reports.wordlists import UNKNOWN, Word, keys, words


class Tally:
    """Visits of ``period`` in order of day and id, and what hangs on them.

    A violation or measure whose visit is not among them (another period, or a voided visit) is left out. A
    visited establishment that is missing from the register still counts, without a name or type: no visit is
    ever lost to a figure because another record was voided.
    """

    def __init__(self, facts: Facts, period: Period) -> None:
        self.facts = facts
        self.visits: list[VisitFact] = sorted(
            (visit for visit in facts.visits if _belongs(visit, period)), key=attrgetter("visited_on", "id")
        )
        self._visits = {visit.id: visit for visit in self.visits}
        self.violations = [one for one in facts.violations if one.visit in self._visits]
        self.measures = [one for one in facts.measures if one.visit in self._visits]
        self.samples = [one for one in facts.samples if one.visit in self._visits]
        self.instruments = [one for one in facts.instruments if one.visit in self._visits]
        self.packages = [one for one in facts.packages if one.visit in self._visits]
        self._register = {one.id: one for one in facts.establishments}
        self._violations: dict[VisitFact, list[ViolationFact]] = defaultdict(list)
        self._by_establishment: dict[EstablishmentFact, list[VisitFact]] = defaultdict(list)
        self._measured = {measure.visit for measure in self.measures}
        for violation in self.violations:
            self._violations[self._visits[violation.visit]].append(violation)
        for visit in self.visits:
            self._by_establishment[self._establishment(visit.establishment)].append(visit)
        self._acts: dict[str, ViolationTypeFact] = {}
        for act in sorted(facts.violation_types, key=attrgetter("valid_from")):
            self._acts[act.code] = act
        self._acts_by_id = {act.id: act for act in facts.violation_types}
        self._unit_names = dict(facts.unit_names)

    @cached_property
    def inspected(self) -> list[EstablishmentFact]:
        """Establishments visited at least once, each once."""
        return list(self._by_establishment)

    @cached_property
    def in_breach(self) -> frozenset[EstablishmentFact]:
        """Inspected establishments with at least one violation."""
        return frozenset(one for one in self.inspected if any(map(self.violations_of, self.visits_to(one))))

    @cached_property
    def registered(self) -> Counter[str]:
        """By type, the establishments that operate, and those inspected though they have closed since."""
        operating = frozenset(one for one in self.facts.establishments if one.operating)
        counts = Counter(self.type_of(one) for one in operating | frozenset(self.inspected))
        for establishment_type, others in self.facts.others_operating:
            counts[_known_type(establishment_type)] += others
        return counts

    @cached_property
    def outcomes(self) -> dict[EstablishmentFact, str]:
        """Every inspected establishment under the gravest thing that happened to it."""
        return {one: self._outcome(one) for one in self.inspected}

    @cached_property
    def domains(self) -> list[Word]:
        """The domains of inspection, those of the product first, then any other that the data name."""
        named = {key: Word(key, vi, en) for key, vi, en in self.facts.domain_names}
        known = [named.pop(word.key, word) for word in words("domains")]
        others = sorted({self.domain_of(one) for one in self.violations} - {word.key for word in known})
        for key in others:
            if key != UNKNOWN:
                named.setdefault(key, Word(key, key, key))
        return [
            *known,
            *(named[key] for key in sorted(named)),
            Word(UNKNOWN, "Chưa phân loại", "Unclassified"),
        ]

    def visit(self, visit: UUID) -> VisitFact | None:
        """A visit of the period by its id."""
        return self._visits.get(visit)

    def violations_of(self, visit: VisitFact) -> Sequence[ViolationFact]:
        """What was found on a visit."""
        return self._violations.get(visit, ())

    def visits_to(self, establishment: EstablishmentFact) -> Sequence[VisitFact]:
        """The visits of the period to one establishment, in order."""
        return self._by_establishment[establishment]

    def establishment_of(self, violation: ViolationFact) -> EstablishmentFact:
        """Where a violation was found."""
        return self._establishment(self._visits[violation.visit].establishment)

    def establishments_under(self, measure_type: str) -> set[UUID]:
        """The establishments on which a kind of measure was imposed."""
        return {
            self._visits[one.visit].establishment for one in self.measures if one.measure_type == measure_type
        }

    def unit_of(self, visit: VisitFact) -> UUID | None:
        """The unit of the visit's own day; where the visit names none, the establishment's."""
        return visit.unit or self._establishment(visit.establishment).unit

    def unit_name(self, establishment: EstablishmentFact) -> str:
        """The name of the unit that an inspected establishment counts in, empty where it is not known."""
        unit = self.unit_of(self.visits_to(establishment)[-1])
        return self._unit_names.get(unit, "") if unit else ""

    def type_of(self, establishment: EstablishmentFact) -> str:
        """The type of an establishment, ``unknown`` where the row list does not have it."""
        return _known_type(establishment.establishment_type)

    def act(self, code: str) -> ViolationTypeFact | None:
        """The latest entry of the catalogue under ``code``."""
        return self._acts.get(code)

    def domain_of(self, violation: ViolationFact) -> str:
        """The domain of a violation: of the act it points to, else of its code."""
        act = self._acts_by_id.get(violation.violation_type) if violation.violation_type else None
        return act.domain if act else self.domain_of_code(violation.code)

    def domain_of_code(self, code: str) -> str:
        """The domain of a code, ``unknown`` where the catalogue does not have it."""
        act = self._acts.get(code)
        return act.domain if act else UNKNOWN

    def name_of(self, establishment: UUID | None) -> str:
        """The name of an establishment, empty where it is not in the register."""
        found = self._register.get(establishment) if establishment else None
        return found.name if found else ""

    def conflicts(self) -> Iterator[ConflictFact]:
        """Open conflicts of the records counted."""
        for conflict in self.facts.conflicts:
            place = self._register.get(conflict.establishment) if conflict.establishment else None
            if conflict.visit in self._visits or place in self._by_establishment:
                yield conflict

    def _establishment(self, key: UUID) -> EstablishmentFact:
        found = self._register.get(key)
        if found is None:
            found = self._register[key] = EstablishmentFact(key, "", UNKNOWN)
        return found

    def _outcome(self, establishment: EstablishmentFact) -> str:
        visits = self.visits_to(establishment)
        sanctions = {violation.sanction for visit in visits for violation in self.violations_of(visit)}
        if "fine" in sanctions:
            return "fined"
        if "warning" in sanctions:
            return "warned"
        if not sanctions:
            return "passed"
        if any(visit.id in self._measured for visit in visits):
            return "measures_only"
        return "undecided" if None in sanctions else "reminded"


def _known_type(establishment_type: str) -> str:
    return establishment_type if establishment_type in keys("results") else UNKNOWN


def _belongs(visit: VisitFact, period: Period) -> bool:
    if period.kind is PeriodKind.CAMPAIGN:
        return visit.campaign == period.campaign
    return visit.visited_on in period
