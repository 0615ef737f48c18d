"""The violation summary: from facts to figures. Pure, and the only place where a figure is counted.

How it works: :class:`~inspection.reports.tally.Tally` sorts the facts of the period once (visits by establishment,
violations by visit, the outcome of every establishment); the functions below read breakdowns off it. Totals are
counted apart from the breakdowns and ``check_summary`` compares them: a summary that does not add up is not issued.

A visit belongs to a period by the day it was made (``visited_on``), and everything found on it belongs there
with it, even a fine that was decided later; a campaign's summary takes the campaign's visits, whatever their
day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from inspection.reports import groups, lists, measured
from inspection.reports.checks import check_summary
from inspection.reports.definitions import definitions
from inspection.reports.facts import Facts, VisitFact
from inspection.reports.periods import Period, PeriodKind, months_of
from inspection.reports.register import petitions
from inspection.reports.shapes import (
    AuthorityRow,
    CodeCount,
    Count,
    DomainRow,
    Figures,
    MeasureRow,
    MonthRow,
    OpenConflict,
    OpenConflicts,
    Outcomes,
    Penalties,
    Quantity,
    Totals,
)
from inspection.reports.tables import tables
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN, words

SCHEMA = 3
COMMONEST = 10


def violation_summary(
    facts: Facts, period: Period, *, counted_on: date | None = None, checked: bool = True, part: bool = False
) -> Figures:
    """The figures of ``period``, counted on a day that matters only while the period is not over. Only what is never
    issued may leave them unchecked. As a ``part``, to be added to others, they name all codes among the commonest, and
    no drivers: what moved most in a part says nothing of the whole.

    :raises DisagreementError: when a breakdown does not add up to its total.
    """
    tally = Tally(facts, period)
    by_code = _by_code(tally, tally.visits)
    commonest = None if part else COMMONEST
    figures = Figures(
        schema=SCHEMA,
        period=period.document(),
        jurisdiction=facts.jurisdiction.document(),
        totals=_totals(tally),
        outcomes=_outcomes(tally),
        by_month=_by_month(tally, period, commonest),
        by_unit=groups.by_unit(tally),
        by_establishment_type=groups.by_establishment_type(tally),
        by_campaign=groups.by_campaign(tally),
        by_agency=groups.by_agency(tally),
        by_domain=_by_domain(tally),
        by_severity=_by_severity(tally, tally.visits),
        by_code=by_code,
        commonest_codes=by_code[:commonest],
        penalties=_penalties(tally),
        measures=_measures(tally),
        tables=tables(tally),
        petitions=petitions(facts.complaints, period, facts.jurisdiction),
        open_conflicts=_open_conflicts(tally),
        by_risk=groups.by_risk(tally),
        samples=measured.samples(tally),
        samples_by_test=measured.samples_by_test(tally),
        campaign_results=groups.campaign_results(tally),
        instruments=measured.instruments(tally),
        packages=measured.packages(tally),
        repeat_offenders=lists.repeat_offenders(tally),
        overdue_remedies=lists.overdue_remedies(tally, min(counted_on or period.last, period.last)),
        commendable=lists.commendable(tally, period),
        comparison=lists.comparison(tally, period),
        drivers=[] if part else lists.drivers(tally),
        ended_units=lists.ended_units(tally),
        voided_visits=facts.voided_visits,
        definitions=definitions("violation_summary"),
    )
    if checked:
        check_summary(figures)
    return figures


def _totals(tally: Tally) -> Totals:
    with_violation = sum(1 for visit in tally.visits if tally.violations_of(visit))
    return Totals(
        establishments_registered=tally.registered.total(),
        establishments=len(tally.inspected),
        establishments_with_violation=len(tally.in_breach),
        visits=len(tally.visits),
        visits_with_violation=with_violation,
        visits_without_violation=sum(1 for visit in tally.visits if not tally.violations_of(visit)),
        violations=len(tally.violations),
        campaigns=len({visit.campaign for visit in tally.visits}),
    )


def _outcomes(tally: Tally) -> Outcomes:
    counts = Counter(tally.outcomes.values())
    return Outcomes(
        passed=counts["passed"],
        reminded=counts["reminded"],
        undecided=counts["undecided"],
        measures_only=counts["measures_only"],
        warned=counts["warned"],
        fined=counts["fined"],
    )


def _by_month(tally: Tally, period: Period, commonest: int | None) -> list[MonthRow]:
    if period.kind is PeriodKind.CAMPAIGN and tally.visits:
        days = [visit.visited_on for visit in tally.visits]
        period = replace(period, first=min(period.first, *days), last=max(period.last, *days))
    return month_rows(tally, months_of(period), commonest)


def month_rows(tally: Tally, months: Iterable[Period], commonest: int | None = COMMONEST) -> list[MonthRow]:
    """The visits of each of ``months``, read off one tally."""
    rows = []
    days = [visit.visited_on for visit in tally.visits]
    for month in months:
        visits = tally.visits[bisect_left(days, month.first) : bisect_right(days, month.last)]
        with_violation = sum(1 for visit in visits if tally.violations_of(visit))
        rows.append(
            MonthRow(
                key=f"{month.year}-{month.number:02d}",
                first=month.first.isoformat(),
                last=month.last.isoformat(),
                establishments=len({visit.establishment for visit in visits}),
                visits=len(visits),
                visits_with_violation=with_violation,
                visits_without_violation=len(visits) - with_violation,
                violations=sum(len(tally.violations_of(visit)) for visit in visits),
                by_severity=_by_severity(tally, visits),
                commonest_codes=_by_code(tally, visits)[:commonest],
            )
        )
    return rows


def _by_domain(tally: Tally) -> list[DomainRow]:
    counts: Counter[str] = Counter()
    breaching: dict[str, set[UUID]] = defaultdict(set)
    for visit in tally.visits:
        for violation in tally.violations_of(visit):
            domain = tally.domain_of(violation)
            counts[domain] += 1
            breaching[domain].add(visit.establishment)
    visits = Counter(domain for visit in tally.visits for domain in visit.domains)
    places: dict[str, set[UUID]] = defaultdict(set)
    for visit in tally.visits:
        for domain in visit.domains:
            places[domain].add(visit.establishment)
    return [
        DomainRow(
            key=word.key,
            name_vi=word.name_vi,
            name_en=word.name_en,
            establishments=len(places[word.key]),
            visits=visits[word.key],
            establishments_with_violation=len(breaching[word.key]),
            violations=counts[word.key],
        )
        for word in tally.domains
        if word.key != UNKNOWN or counts[UNKNOWN]
    ]


def _by_severity(tally: Tally, visits: Iterable[VisitFact]) -> list[Count]:
    counts = Counter(
        violation.severity or UNKNOWN for visit in visits for violation in tally.violations_of(visit)
    )
    rows = [
        Count(
            key=key,
            name_vi="Chưa phân loại" if key == UNKNOWN else key,
            name_en="Unclassified" if key == UNKNOWN else key,
            count=count,
        )
        for key, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["key"]))


def _by_code(tally: Tally, visits: Iterable[VisitFact]) -> list[CodeCount]:
    """All codes, the commonest first; equal counts in the order of the codes."""
    counts: Counter[str] = Counter()
    establishments: dict[str, set[UUID]] = defaultdict(set)
    for visit in visits:
        for violation in tally.violations_of(visit):
            counts[violation.code] += 1
            establishments[violation.code].add(visit.establishment)
    rows = []
    for code, count in counts.items():
        act = tally.act(code)
        rows.append(
            CodeCount(
                key=code,
                name_vi=act.name_vi if act else code,
                name_en=act.name_en if act else code,
                count=count,
                domain=tally.domain_of_code(code),
                establishments=len(establishments[code]),
            )
        )
    return sorted(rows, key=lambda row: (-row["count"], row["key"]))


def _penalties(tally: Tally) -> Penalties:
    counts = Counter(violation.sanction for violation in tally.violations)
    fines = [violation for violation in tally.violations if violation.sanction == "fine"]
    by_authority: dict[str, AuthorityRow] = {}
    for violation in tally.violations:
        if violation.sanction not in {"warning", "fine"}:
            continue
        authority = violation.authority or ""
        row = by_authority.setdefault(
            authority, AuthorityRow(authority=authority, warnings=0, fines=0, fines_total=0)
        )
        if violation.sanction == "warning":
            row["warnings"] += 1
        else:
            row["fines"] += 1
            row["fines_total"] += violation.amount or 0
    return Penalties(
        reminders=counts["reminder"],
        warnings=counts["warning"],
        fines=len(fines),
        fines_total=sum(violation.amount or 0 for violation in fines),
        fines_without_amount=sum(1 for violation in fines if violation.amount is None),
        undecided=counts[None],
        by_authority=sorted(
            by_authority.values(), key=lambda row: (row["authority"] == "", row["authority"])
        ),
    )


def _measures(tally: Tally) -> list[MeasureRow]:
    return [
        MeasureRow(
            key=word.key,
            name_vi=word.name_vi,
            name_en=word.name_en,
            establishments=len(tally.establishments_under(word.key)),
            products=sum(one.product_count or 0 for one in tally.measures if one.measure_type == word.key),
            quantities=_quantities(tally, word.key),
        )
        for word in words("measures")
    ]


def _quantities(tally: Tally, measure_type: str) -> list[Quantity]:
    """How much, unit by unit: nothing is converted, because a unit is a word that somebody typed."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for one in tally.measures:
        if one.measure_type == measure_type and one.quantity is not None:
            amounts[" ".join((one.quantity_unit or "").split()).lower()] += one.quantity
    return [
        Quantity(unit=unit, amount=format(amount.normalize(), "f"))
        for unit, amount in sorted(amounts.items())
    ]


def _open_conflicts(tally: Tally) -> OpenConflicts:
    named = []
    touched = set()
    for conflict in tally.conflicts():
        visit = tally.visit(conflict.visit) if conflict.visit else None
        if visit:
            touched.add(visit.id)
        named.append(
            OpenConflict(
                kind=conflict.kind,
                record=str(conflict.record),
                field=conflict.field,
                establishment=tally.name_of(visit.establishment if visit else conflict.establishment),
                visited_on=visit.visited_on.isoformat() if visit else "",
            )
        )
    named.sort(
        key=lambda one: (one["visited_on"], one["establishment"], one["kind"], one["record"], one["field"])
    )
    return OpenConflicts(count=len(named), visits=len(touched), named=named)
