"""The count straight from the files, and its comparison with a report."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.replay import compare, independent, tables
from bench.replay.compare import Row

INSPECTIONS = """inspectionid,establishmentid,inspection_date
1,10,2017-12-14 00:00:00
2,10,2017-12-15 00:00:00
3,11,2018-01-14 00:00:00
4,10,2018-01-15 00:00:00
5,11,2018-12-14 00:00:00
6,11,2018-12-15 00:00:00
"""
VIOLATIONS = """inspectionid,violation_type,violation_code,violation_description
2,Core,b,"same\r\nrow"
2,Core,b,"same\r\nrow"
4,Core,a,x
4,,a,x
6,Priority,c,x
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("inspections", INSPECTIONS), ("violations", VIOLATIONS)):
        (tmp_path / f"{name}.csv.gz").write_bytes(gzip.compress(content.encode()))
    return tmp_path


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2017, 12, 14), "2017-12"),
        (date(2017, 12, 15), "2018-01"),
        (date(2018, 1, 14), "2018-01"),
        (date(2018, 1, 15), "2018-02"),
    ],
)
def test_from_the_fifteenth_on_a_day_belongs_to_the_next_reporting_month(day: date, month: str) -> None:
    assert independent.legal_month(day) == month


def test_the_legal_year_is_counted_in_its_own_months_and_rows_that_repeat_count(folder: Path) -> None:
    counted = independent.count(folder, date(2017, 12, 15), date(2018, 12, 14), legal_months=True)
    months = counted.pop("months")

    assert counted == {
        "establishments": 2,
        "visits": 4,
        "with_violation": 2,
        "without_violation": 2,
        "violations": 4,
        "types": {"": 1, "Core": 3},
        "codes": [("a", 2), ("b", 2)],
    }
    assert {month: (one["visits"], one["violations"]) for month, one in months.items()} == {
        "2018-01": (2, 2),
        "2018-02": (1, 2),
        "2018-12": (1, 0),
    }


def test_the_calendar_year_is_counted_in_calendar_months(folder: Path) -> None:
    counted = independent.count(folder, date(2018, 1, 1), date(2018, 12, 31), legal_months=False)

    assert {month: one["visits"] for month, one in counted["months"].items()} == {"2018-01": 2, "2018-12": 2}


def test_only_the_inspections_asked_for_are_counted(folder: Path) -> None:
    counted = independent.count(folder, date(2017, 1, 1), date(2018, 12, 31), legal_months=False, only={"4"})

    assert (counted["visits"], counted["violations"]) == (1, 2)


def figures(**changes: int) -> dict[str, Any]:
    totals = {
        "establishments": 2,
        "visits": 4,
        "visits_with_violation": 2,
        "visits_without_violation": 2,
        "violations": 4,
    } | changes
    by = {
        "by_severity": [{"key": "Core", "count": 3}, {"key": "unknown", "count": 1}],
        "commonest_codes": [{"key": "a", "count": 2}, {"key": "b", "count": 2}],
    }
    return {"totals": totals, **by, "by_month": [{"key": "2018-01", **totals, **by}]}


COUNTED: dict[str, Any] = {
    "establishments": 2,
    "visits": 4,
    "with_violation": 2,
    "without_violation": 2,
    "violations": 4,
    "types": {"": 1, "Core": 3},
    "codes": [("a", 2), ("b", 2)],
}


def test_equal_figures_are_equal_row_by_row() -> None:
    rows = compare.rows(figures(), COUNTED | {"months": {"2018-01": COUNTED}})

    assert len(rows) == 18
    assert all(row.equal for row in rows)


def test_a_figure_that_differs_is_shown_by_name() -> None:
    rows = compare.rows(figures(visits=5), COUNTED | {"months": {"2018-01": COUNTED}})

    assert [(row.name, row.month, row.reported, row.counted) for row in rows if not row.equal] == [
        ("visits", "", 5, 4),
        ("visits", "2018-01", 5, 4),
    ]
    assert "≠ 2018-01 lượt kiểm tra / visits: 5 | 4" in tables.figures("2018", rows)


def test_a_month_that_only_one_side_has_is_a_difference() -> None:
    rows = compare.rows(figures(), COUNTED | {"months": {"2018-01": COUNTED, "2018-02": COUNTED}})

    assert {row.month for row in rows if not row.equal} == {"2018-02"}


def test_an_empty_month_may_be_left_out() -> None:
    reported = figures()
    reported["by_month"].append(
        {**reported["by_month"][0], "key": "2018-02", "by_severity": [], "commonest_codes": []}
    )
    for name in (
        "establishments",
        "visits",
        "visits_with_violation",
        "visits_without_violation",
        "violations",
    ):
        reported["by_month"][1][name] = 0

    assert all(row.equal for row in compare.rows(reported, COUNTED | {"months": {"2018-01": COUNTED}}))


def test_a_code_out_of_its_place_is_a_difference() -> None:
    assert not Row("code 1", "a: 2", "b: 2").equal
