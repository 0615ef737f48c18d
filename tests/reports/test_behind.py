"""Behind every figure stand the visits that were counted: neither more nor less, on the hand-counted quarter."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from inspection.reports.behind import FIGURES, OUTCOMES, behind
from inspection.reports.figures import violation_summary
from inspection.reports.periods import Period, PeriodKind, legal, months_up_to, running
from inspection.reports.tally import Tally
from tests.reports.samples import QUARTER, identifier
from tests.reports.test_lists import RICH

FIGURES_OF_IT = violation_summary(RICH, QUARTER)
TALLY = Tally(RICH, QUARTER)


def test_every_figure_of_the_summary_is_counted_again_from_the_visits_behind_it() -> None:
    totals, penalties = FIGURES_OF_IT["totals"], FIGURES_OF_IT["penalties"]
    samples, instruments = FIGURES_OF_IT["samples"][-1], FIGURES_OF_IT["instruments"][-1]
    expected = {
        "visits": totals["visits"],
        "visits_with_violation": totals["visits_with_violation"],
        "visits_without_violation": totals["visits_without_violation"],
        "campaigns": totals["campaigns"],
        "establishments": totals["establishments"],
        "establishments_with_violation": totals["establishments_with_violation"],
        "violations": totals["violations"],
        "fines": penalties["fines"],
        "fines_total": penalties["fines_total"],
        "decisions_due": penalties["undecided"],
        "open_conflicts": FIGURES_OF_IT["open_conflicts"]["count"],
        **{name: dict(FIGURES_OF_IT["outcomes"])[name] for name in OUTCOMES},
        "samples": samples["total"],
        "samples_passed": samples["passed"],
        "samples_failed": samples["failed"],
        "samples_pending": samples["pending"],
        "instruments": instruments["checked"],
        "instruments_expired": instruments["expired"],
        "instruments_out_of_tolerance": instruments["out_of_tolerance"],
        "instruments_unjudged": instruments["unjudged"],
    }
    assert {figure: behind(TALLY, figure).count for figure in FIGURES} == expected


def test_the_figures_of_a_commune_and_of_a_code_are_counted_again_too() -> None:
    for row in FIGURES_OF_IT["by_unit"]:
        for figure, count in (
            ("visits", row["visits"]),
            ("visits_with_violation", row["visits_with_violation"]),
            ("establishments", row["establishments"]),
            ("violations", row["violations"]),
        ):
            assert behind(TALLY, figure, unit=row["key"]).count == count, (row["name_vi"], figure)
    for code in FIGURES_OF_IT["by_code"]:
        assert behind(TALLY, "violations", line=code["key"]).count == code["count"]
        assert behind(TALLY, "establishments", line=code["key"]).count == code["establishments"]


def test_a_fine_leads_to_the_one_visit_on_which_it_was_imposed() -> None:
    (visit,) = behind(TALLY, "fines").visits
    assert (visit.establishment, visit.visited_on) == (identifier("one"), date(2022, 8, 10))
    assert not behind(TALLY, "visits", unit="nonsense").visits


@pytest.mark.parametrize(
    ("kind", "day", "period"),
    [
        (PeriodKind.MONTH, date(2026, 11, 14), legal(PeriodKind.MONTH, 2026, 11)),
        (PeriodKind.MONTH, date(2026, 12, 15), legal(PeriodKind.MONTH, 2027, 1)),
        (PeriodKind.QUARTER, date(2026, 9, 15), legal(PeriodKind.QUARTER, 2026, 4)),
        (PeriodKind.YEAR, date(2026, 12, 15), legal(PeriodKind.YEAR, 2027)),
    ],
)
def test_the_running_period_is_the_legal_one_that_the_day_lies_in(
    kind: PeriodKind, day: date, period: Period
) -> None:
    assert running(kind, day) == period


def test_twelve_months_follow_each_other_without_gap_or_overlap() -> None:
    months = months_up_to(date(2026, 12, 20), 12)
    assert (months[0], months[-1]) == (
        legal(PeriodKind.MONTH, 2026, 2),
        legal(PeriodKind.MONTH, 2027, 1),
    )
    assert all((after.first - before.last).days == 1 for before, after in pairwise(months))


def test_a_sample_and_an_instrument_lead_to_the_records_themselves() -> None:
    failed = behind(TALLY, "samples_failed", line="laboratory")
    assert failed.parts == {identifier("visit 1b"): (identifier("s2"),)}
    assert behind(TALLY, "samples_failed", line="quick").count == 0
    expired = behind(TALLY, "instruments_expired", line="spring_scale")
    assert expired.parts == {identifier("visit 3a"): (identifier("i1"), identifier("i2"))}
    assert behind(TALLY, "instruments", line="other").count == 1, "a kind that the list does not have"
