"""The figures of the ordered reports beside those counted from the CSV files."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench.replay.line import Line
from bench.replay.mapping import NO_CODE

COMPILED_WITHIN = 300.0
LINES = ("establishments", "visits", "with_violation", "without_violation", "violations")
CODE = "code "
"""The name of a line of the ten commonest codes, before its place."""

UNCLASSIFIED = "unknown"
"""The key under which the product counts violations without a severity."""


class ReportError(Exception):
    """A report was not compiled."""


@dataclass(frozen=True, slots=True)
class Window:
    """A period as it is ordered, and its days as the CSV files are counted for it."""

    name: str
    order: Mapping[str, object]
    first: date
    last: date
    legal_months: bool


CALENDAR_2018 = Window(
    "01/01/2018 – 31/12/2018",
    {"kind": "range", "from": "2018-01-01", "to": "2018-12-31"},
    date(2018, 1, 1),
    date(2018, 12, 31),
    legal_months=False,
)
LEGAL_2018 = Window(
    "năm 2018 theo luật / legal year 2018 (15/12/2017 – 14/12/2018)",
    {"kind": "year", "year": 2018},
    date(2017, 12, 15),
    date(2018, 12, 14),
    legal_months=True,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the period, or of one of its months: as the report has it, as the files have it."""

    name: str
    reported: object
    counted: object
    month: str = ""

    @property
    def equal(self) -> bool:
        """Whether both are the same."""
        return self.reported == self.counted


def order(line: Line, window: Window) -> dict[str, Any]:
    """Order the summary of a window as the manager, and wait for its figures.

    :raises ReportError: when it fails or is not done in time.
    """
    body = {"kind": "violation_summary", "period": window.order, "formats": ["xlsx"]}
    report = line.call("POST", "/api/reports", body).body
    deadline = time.monotonic() + COMPILED_WITHIN
    while report["status"] in {"queued", "running"}:
        if time.monotonic() > deadline:
            raise ReportError(f"{window.name}: {report['status']} {report['progress']}")
        time.sleep(0.3)
        report = line.call("GET", f"/api/reports/{report['id']}").body
    if report["status"] != "done":
        raise ReportError(f"{window.name}: {report['status']} {report.get('error')}")
    figures: dict[str, Any] = report["figures"]
    return figures


def rows(figures: Mapping[str, Any], counted: Mapping[str, Any]) -> list[Row]:
    """Every figure of the period and of each of its months. A figure that only one side has is a
    difference."""
    found = _rows(
        "", _reported(figures["totals"], figures["by_severity"], figures["commonest_codes"]), counted
    )
    months = {
        row["key"]: _reported(row, row["by_severity"], row["commonest_codes"]) for row in figures["by_month"]
    }
    for month in sorted(months.keys() | counted["months"].keys()):
        found += _rows(month, months.get(month), counted["months"].get(month))
    return found


def _reported(
    totals: Mapping[str, Any], severities: Sequence[Mapping[str, Any]], codes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "establishments": totals["establishments"],
        "visits": totals["visits"],
        "with_violation": totals["visits_with_violation"],
        "without_violation": totals["visits_without_violation"],
        "violations": totals["violations"],
        "types": {"" if row["key"] == UNCLASSIFIED else row["key"]: row["count"] for row in severities},
        "codes": [("" if row["key"] == NO_CODE else row["key"], row["count"]) for row in codes],
    }


NOTHING: dict[str, Any] = {**dict.fromkeys(LINES, 0), "types": {}, "codes": []}
"""A month in which nothing happened; one side may leave it out."""


def _rows(month: str, reported: Mapping[str, Any] | None, counted: Mapping[str, Any] | None) -> list[Row]:
    ours, theirs = reported or NOTHING, counted or NOTHING
    found = [Row(name, ours[name], theirs[name], month) for name in LINES]
    kinds = sorted(ours["types"].keys() | theirs["types"].keys())
    found += [Row(kind, ours["types"].get(kind, 0), theirs["types"].get(kind, 0), month) for kind in kinds]
    places = range(max(len(ours["codes"]), len(theirs["codes"])))
    return found + [
        Row(f"{CODE}{place + 1}", _code(ours["codes"], place), _code(theirs["codes"], place), month)
        for place in places
    ]


def _code(codes: Sequence[tuple[str, int]], place: int) -> str:
    return f"{codes[place][0]}: {codes[place][1]}" if place < len(codes) else ""
