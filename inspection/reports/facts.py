"""What a report is made of, as plain frozen records: the only input of the pure figures. Voided records
never become facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from inspection.reports.periods import Period


@dataclass(frozen=True, slots=True, eq=False)
class VisitFact:
    """One visit, the same only as itself: counting looks it up often. ``unit`` is the administrative unit in force on
    the day; ``domains`` those of the checklists used."""

    id: UUID
    establishment: UUID
    campaign: UUID
    visited_on: date
    unit: UUID | None = None
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ViolationFact:
    """One violation found on a visit, with the sanction decided for it; ``amount`` in whole đồng."""

    id: UUID
    visit: UUID
    code: str
    violation_type: UUID | None = None
    severity: str | None = None
    sanction: str | None = None
    authority: str | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """One measure taken; ``product_count`` is the second of its two counts (the first counts
    establishments)."""

    visit: UUID
    measure_type: str
    product_count: int | None = None
    quantity: Decimal | None = None
    quantity_unit: str | None = None


@dataclass(frozen=True, slots=True)
class SampleFact:
    """One sample; ``result`` is ``pass``, ``fail`` or ``pending``. ``sent`` to a laboratory, or tested on the spot.
    ``tested_for`` is ``physicochemical``, ``microbiological``, or not recorded."""

    id: UUID
    visit: UUID
    result: str
    sent: bool = False
    tested_for: str | None = None


@dataclass(frozen=True, slots=True)
class InstrumentFact:
    """One measuring instrument as the law of the visit's day judges it: ``evidence`` of verification (``valid``,
    ``expired``, ``no_evidence``, ``damaged``, ``unknown``, or empty where the check cannot be judged), and whether a
    reading exceeds its allowance."""

    id: UUID
    visit: UUID
    instrument: str
    verdict: str
    evidence: str = ""
    out_of_tolerance: bool = False


@dataclass(frozen=True, slots=True)
class PackageFact:
    """One lot of prepackages with its verdict by the law of the visit's day."""

    id: UUID
    visit: UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class RemedyFact:
    """A violation with a day by which it was to be put right; ``remedied_on`` is empty while nobody has seen it
    done."""

    id: UUID
    establishment: UUID
    visited_on: date
    code: str
    due_on: date
    remedied_on: date | None = None


@dataclass(frozen=True, slots=True)
class SeenFact:
    """What the visits of a period came to in one establishment, whoever made them; ``fines_total`` in whole đồng."""

    establishment: UUID
    visits: int
    violations: int
    fines: int
    fines_total: int


@dataclass(frozen=True, slots=True, eq=False)
class EstablishmentFact:
    """One establishment of the register, whether visited or not, the same only as itself. ``risk`` is the office's own
    estimate."""

    id: UUID
    name: str
    establishment_type: str
    unit: UUID | None = None
    operating: bool = True
    risk: str | None = None


@dataclass(frozen=True, slots=True)
class EndedUnitFact:
    """An administrative unit that ended; ``successors`` are the names of the units that took it in."""

    id: UUID
    name: str
    valid_to: date
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViolationTypeFact:
    """One act of the violation catalogue, as in force from ``valid_from``."""

    id: UUID
    code: str
    domain: str
    name_vi: str
    name_en: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class ConflictFact:
    """A field of a record that two people disagree about; the figures use the value that stands."""

    kind: str
    record: UUID
    field: str
    visit: UUID | None = None
    establishment: UUID | None = None


class JurisdictionDocument(TypedDict):
    """A jurisdiction as it is kept with its report."""

    id: str
    name: str
    code: str
    level: str


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """For whom the report is made. ``code`` and ``level`` are those of its administrative unit, empty if
    unknown."""

    id: UUID
    name: str
    code: str = ""
    level: str = ""

    def document(self) -> JurisdictionDocument:
        """JSON-ready."""
        return JurisdictionDocument(id=str(self.id), name=self.name, code=self.code, level=self.level)


@dataclass(frozen=True, slots=True)
class CampaignFact:
    """A round of inspections; ``agencies`` are those that send people to it."""

    id: UUID
    name: str
    agencies: frozenset[UUID] = frozenset()
    decision_number: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """One line of the complaint register. Who wrote the petition is not known here and cannot be printed.

    A voided petition keeps its line and counts nowhere. ``ended_on`` is the day the case came to an end: of the
    decision, else of the document that ended it.
    """

    id: UUID
    petition_kind: str
    channel: str
    received_on: date
    field: str
    summary: str
    status: str
    register_number: int | None = None
    register_year: int | None = None
    subject_name: str | None = None
    unit_name: str | None = None
    petitioner_type: str | None = None
    people: int | None = None
    forwarded_by: str | None = None
    forwarded_number: str | None = None
    forwarded_on: date | None = None
    accepted_on: date | None = None
    acceptance_number: str | None = None
    due_on: date | None = None
    refusal_reason: str | None = None
    refusal_number: str | None = None
    outcome: str | None = None
    settled_on: date | None = None
    ended_on: date | None = None
    decision_number: str | None = None
    triggered_visit: bool = False
    voided: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the violation summary is made of, read at one moment.

    ``unit_names`` and ``agency_names`` are pairs of id and name, ``domain_names`` triples of key, Vietnamese
    and English name. ``breaches`` are the days on which an establishment was found in breach, from a year before the
    period to its end; ``remedies`` everything that was to be put right by the period's end; ``earlier`` the periods
    compared with; ``voided_visits`` how many visits of the period were voided.
    ``establishments`` are the whole register, or those that the facts name with ``others_operating``, how many more
    operate, by type.
    """

    jurisdiction: Jurisdiction
    visits: tuple[VisitFact, ...]
    violations: tuple[ViolationFact, ...]
    measures: tuple[MeasureFact, ...]
    establishments: tuple[EstablishmentFact, ...]
    violation_types: tuple[ViolationTypeFact, ...] = ()
    campaigns: tuple[CampaignFact, ...] = ()
    complaints: tuple[ComplaintFact, ...] = ()
    agency_names: tuple[tuple[UUID, str], ...] = ()
    unit_names: tuple[tuple[UUID, str], ...] = ()
    domain_names: tuple[tuple[str, str, str], ...] = ()
    conflicts: tuple[ConflictFact, ...] = ()
    samples: tuple[SampleFact, ...] = ()
    instruments: tuple[InstrumentFact, ...] = ()
    packages: tuple[PackageFact, ...] = ()
    breaches: tuple[tuple[UUID, date], ...] = ()
    remedies: tuple[RemedyFact, ...] = ()
    ended_units: tuple[EndedUnitFact, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    voided_visits: int = 0
    others_operating: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A period that the present one is compared with: ``previous``, ``last_year``, or for a campaign the last one of
    the same occasion, ``last_campaign``. ``seen`` has a line for each establishment that was visited; ``facts`` are its
    visits and violations one by one, of the first such period and where it is asked what moved since."""

    key: str
    period: Period
    seen: tuple[SeenFact, ...]
    facts: Facts | None = None
