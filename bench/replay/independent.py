"""The figures of a period counted straight from the CSV files.

This module reads the files with the standard library and shares nothing with the product or with the rest of
the replay, so that a mistake in either cannot hide in both. Codes that are equally common are listed in the
order of their text.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def calendar_month(day: date) -> str:
    """The month of the calendar."""
    return f"{day.year}-{day.month:02d}"


def legal_month(day: date) -> str:
    """The reporting month: from the 15th on, a day belongs to the month that follows."""
    if day.day < 15:
        return calendar_month(day)
    return f"{day.year + 1}-01" if day.month == 12 else f"{day.year}-{day.month + 1:02d}"


def count(
    folder: Path, first: date, last: date, *, legal_months: bool, only: Collection[str] | None = None
) -> dict[str, Any]:
    """The figures from ``first`` to ``last``, both included; of the inspections in ``only`` when that is
    given."""
    inspections = [
        (row["inspectionid"], row["establishmentid"], date.fromisoformat(row["inspection_date"].split()[0]))
        for row in _read(folder / "inspections.csv.gz")
    ]
    chosen = [
        (number, place, day)
        for number, place, day in inspections
        if first <= day <= last and (only is None or number in only)
    ]
    violations: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _read(folder / "violations.csv.gz"):
        violations[row["inspectionid"]].append((row["violation_type"], row["violation_code"]))
    by_month: dict[str, list[tuple[str, str, date]]] = defaultdict(list)
    for inspection in chosen:
        by_month[legal_month(inspection[2]) if legal_months else calendar_month(inspection[2])].append(
            inspection
        )
    return _figures(chosen, violations) | {
        "months": {month: _figures(by_month[month], violations) for month in sorted(by_month)}
    }


def _figures(
    inspections: list[tuple[str, str, date]], violations: dict[str, list[tuple[str, str]]]
) -> dict[str, Any]:
    found = [pair for number, _, _ in inspections for pair in violations.get(number, ())]
    bad = sum(1 for number, _, _ in inspections if violations.get(number))
    codes = Counter(code for _, code in found)
    return {
        "establishments": len({place for _, place, _ in inspections}),
        "visits": len(inspections),
        "with_violation": bad,
        "without_violation": len(inspections) - bad,
        "violations": len(found),
        "types": dict(sorted(Counter(kind for kind, _ in found).items())),
        "codes": sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:10],
    }
