"""The shape of the figures: JSON values only, so that they are kept, answered and compared as they are.

Counts are whole numbers, money is whole đồng, shares are decimal strings with one decimal ("81.5") or null
where nothing was counted. Every number's meaning is in ``definitions``, under the key of the figure.
"""

from __future__ import annotations

from typing import TypedDict

from inspection.journal.canonical import encode
from inspection.reports.facts import JurisdictionDocument
from inspection.reports.periods import PeriodDocument


class Definition(TypedDict):
    """What a figure counts, in words."""

    name_vi: str
    vi: str
    en: str


class Count(TypedDict):
    """One line of a breakdown."""

    key: str
    name_vi: str
    name_en: str
    count: int


class CodeCount(Count):
    """Violations under one code of the catalogue, and the establishments they were found in."""

    domain: str
    establishments: int


class Totals(TypedDict):
    """The heads of the summary."""

    establishments_registered: int
    establishments: int
    establishments_with_violation: int
    visits: int
    visits_with_violation: int
    visits_without_violation: int
    violations: int
    campaigns: int


class Outcomes(TypedDict):
    """Every inspected establishment once, under the gravest thing that happened to it."""

    passed: int
    reminded: int
    undecided: int
    measures_only: int
    warned: int
    fined: int


class MonthRow(TypedDict):
    """One month of the period."""

    key: str
    first: str
    last: str
    establishments: int
    visits: int
    visits_with_violation: int
    visits_without_violation: int
    violations: int
    by_severity: list[Count]
    commonest_codes: list[CodeCount]


class PlaceRow(TypedDict):
    """One commune or one type of establishment."""

    key: str
    name_vi: str
    name_en: str
    establishments: int
    establishments_with_violation: int
    visits: int
    visits_with_violation: int
    violations: int


class DomainRow(TypedDict):
    """One domain of inspection."""

    key: str
    name_vi: str
    name_en: str
    establishments: int
    visits: int
    establishments_with_violation: int
    violations: int


class CampaignRow(TypedDict):
    """One campaign with visits in the period."""

    key: str
    name: str
    decision_number: str
    decision_date: str
    visits: int
    establishments: int


class CampaignResultRow(TypedDict):
    """What came of one campaign in the period: an establishment that two campaigns visited counts in both."""

    key: str
    name: str
    establishments: int
    passed: int
    in_breach: int
    visits: int
    violations: int
    fines: int
    fines_total: int


class AgencyRow(TypedDict):
    """One agency; its visits are those of the campaigns it sends people to."""

    key: str
    name: str
    campaigns: int
    establishments: int
    visits: int


class KindRow(TypedDict):
    """The counts of one kind of petition."""

    key: str
    name_vi: str
    name_en: str
    carried_over: int
    received: int
    total: int
    finished: int
    in_hand: int
    overdue: int
    settled: int
    right: int
    wrong: int
    partly: int
    on_time: int
    late: int


class Petitions(TypedDict):
    """The petitions of the period, by kind, none included."""

    totals: KindRow
    by_kind: list[KindRow]


class AuthorityRow(TypedDict):
    """What one deciding body imposed."""

    authority: str
    warnings: int
    fines: int
    fines_total: int


class Penalties(TypedDict):
    """Sanctions decided for violations of the period."""

    reminders: int
    warnings: int
    fines: int
    fines_total: int
    fines_without_amount: int
    undecided: int
    by_authority: list[AuthorityRow]


class Quantity(TypedDict):
    """How much, in one unit of measurement as it was written; ``amount`` is a decimal string."""

    unit: str
    amount: str


class MeasureRow(TypedDict):
    """One kind of measure with its two counts, and the quantities that were written down, unit by unit."""

    key: str
    name_vi: str
    name_en: str
    establishments: int
    products: int
    quantities: list[Quantity]


class ResultRow(TypedDict):
    """A line of Bảng 1; the last line is the total."""

    key: str
    name_vi: str
    registered: int
    inspected: int
    passed: int
    share_passed: str | None


class HandlingRow(TypedDict):
    """A line of Bảng 2. ``products`` is the second count of a measure; ``amount`` is money, in place of a
    count."""

    number: str
    name_vi: str
    establishments: int | None
    products: int | None
    amount: int | None
    share: str | None


class ContentRow(TypedDict):
    """A line of Bảng 3."""

    key: str
    name_vi: str
    establishments: int
    share: str | None


class Tables(TypedDict):
    """The customary tables of an interagency food-safety summary."""

    results: list[ResultRow]
    handling: list[HandlingRow]
    contents: list[ContentRow]


class OpenConflict(TypedDict):
    """A disagreement nobody has settled yet, named by what it is about."""

    kind: str
    record: str
    field: str
    establishment: str
    visited_on: str


class OpenConflicts(TypedDict):
    """Disagreements among the records counted."""

    count: int
    visits: int
    named: list[OpenConflict]


class SampleRow(TypedDict):
    """A line of Bảng 4; the last line is the total. ``share`` is what failed of those with a result."""

    key: str
    name_vi: str
    total: int
    passed: int
    failed: int
    pending: int
    share: str | None


class TestedRow(SampleRow):
    """A line of Bảng 4 inside ``part``: ``laboratory`` or ``quick``."""

    part: str


class InstrumentRow(TypedDict):
    """One kind of measuring instrument; the last line is the total. An instrument may be both expired and out of
    tolerance; ``unjudged`` are those whose record does not suffice for a verdict."""

    key: str
    name_vi: str
    checked: int
    expired: int
    out_of_tolerance: int
    unjudged: int


class Packages(TypedDict):
    """Lots of prepackages by verdict."""

    checked: int
    passed: int
    failed: int
    unjudged: int


class RepeatRow(TypedDict):
    """An establishment in breach in the period that was in breach on another day of the twelve months before."""

    key: str
    name: str
    unit: str
    breaches: int
    violations: int
    days: list[str]


class OverdueRow(TypedDict):
    """Something that was to be put right by a day that has passed; ``days`` is how long ago at the period's end."""

    key: str
    name: str
    code: str
    visited_on: str
    due_on: str
    days: int


class Overdue(TypedDict):
    """What was to be put right and was not seen done by the end of the period, or by the day it was counted where the
    period was not over (``on``), whenever it was found."""

    on: str
    count: int
    establishments: int
    named: list[OverdueRow]


class CommendableRow(TypedDict):
    """An establishment that kept the rules."""

    key: str
    name: str
    unit: str
    visits: int


class ComparedRow(TypedDict):
    """The heads of one period of the comparison."""

    key: str
    name_vi: str
    first: str
    last: str
    establishments: int
    passed: int
    in_breach: int
    visits: int
    violations: int
    fines: int
    fines_total: int


class DriverRow(TypedDict):
    """Something that moved against the period before: a campaign or commune by its visits, an act by its violations."""

    key: str
    part: str
    name_vi: str
    before: int
    now: int


class EndedUnit(TypedDict):
    """A unit that ended in the period, the visits that still count in it, and what took it in."""

    key: str
    name: str
    valid_to: str
    visits: int
    successors: list[str]


class Figures(TypedDict):
    """The violation summary."""

    schema: int
    period: PeriodDocument
    jurisdiction: JurisdictionDocument
    totals: Totals
    outcomes: Outcomes
    by_month: list[MonthRow]
    by_unit: list[PlaceRow]
    by_establishment_type: list[PlaceRow]
    by_campaign: list[CampaignRow]
    by_agency: list[AgencyRow]
    by_domain: list[DomainRow]
    by_severity: list[Count]
    by_code: list[CodeCount]
    commonest_codes: list[CodeCount]
    penalties: Penalties
    measures: list[MeasureRow]
    tables: Tables
    petitions: Petitions
    open_conflicts: OpenConflicts
    by_risk: list[PlaceRow]
    samples: list[SampleRow]
    samples_by_test: list[TestedRow]
    campaign_results: list[CampaignResultRow]
    instruments: list[InstrumentRow]
    packages: Packages
    repeat_offenders: list[RepeatRow]
    overdue_remedies: Overdue
    commendable: list[CommendableRow]
    comparison: list[ComparedRow]
    drivers: list[DriverRow]
    ended_units: list[EndedUnit]
    voided_visits: int
    definitions: dict[str, Definition]


def canonical(figures: object) -> bytes:
    """The canonical JSON of figures: equal figures have equal bytes."""
    return encode(figures)
