"""The eight petition tables of a period, checked by their own formulas. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict

from inspection.reports.facts import Jurisdiction, JurisdictionDocument
from inspection.reports.periods import Period, PeriodDocument
from inspection.reports.petitions import handling, settling
from inspection.reports.petitions.facts import CaseFact
from inspection.reports.petitions.forms import Number, check, forms
from inspection.reports.petitions.standing import Paper, Window, papers

SCHEMA = 1
Counter = Callable[[Sequence[Paper], Window], Mapping[int, Number]]
COUNTERS: dict[str, Counter] = {
    "01/XLĐ": handling.all_petitions,
    "02/XLĐ": handling.complaints,
    "03/XLĐ": handling.denunciations,
    "04/XLĐ": handling.recommendations,
    "01/KQGQ": settling.complaints,
    "02/KQGQ": settling.enforced_complaints,
    "03/KQGQ": settling.denunciations,
    "04/KQGQ": settling.enforced_denunciations,
}


class FigureRow(TypedDict):
    """One column of the printed form: its number, its words, and the figure (an amount is a decimal string)."""

    key: str
    name_vi: str
    value: int | str


class TableFigures(TypedDict):
    """One form."""

    key: str
    name_vi: str
    verified: str
    checks: list[str]
    rows: list[FigureRow]


class PetitionTables(TypedDict):
    """The forms of a period; ``nothing`` says that no petition was received, carried over or handled."""

    schema: int
    period: PeriodDocument
    jurisdiction: JurisdictionDocument
    nothing: bool
    tables: list[TableFigures]


def petition_tables(cases: Sequence[CaseFact], period: Period, jurisdiction: Jurisdiction) -> PetitionTables:
    """The tables of ``period``; without a petition they stand there with zeros.

    :raises DisagreementError: when a formula of the forms does not hold.
    """
    belonging = papers(cases, period)
    counted: dict[str, dict[int, Number]] = {
        key: dict(count(belonging, period)) for key, count in COUNTERS.items()
    }
    check(counted)
    return PetitionTables(
        schema=SCHEMA,
        period=period.document(),
        jurisdiction=jurisdiction.document(),
        nothing=not belonging,
        tables=[
            TableFigures(
                key=form.key,
                name_vi=form.title,
                verified=form.verified,
                checks=list(form.checks),
                rows=[
                    FigureRow(key=str(number), name_vi=words, value=_plain(counted[form.key][number]))
                    for number, words in form.columns
                ],
            )
            for form in forms()
        ],
    )


def _plain(value: Number) -> int | str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value
