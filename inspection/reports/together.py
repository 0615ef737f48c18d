"""The figures of several jurisdictions as those of one. Pure.

A visit belongs to one campaign and a campaign to one jurisdiction; an establishment stands in one register and a
petition in one book. So nothing is counted twice when the figures of jurisdictions are added: counts are summed, lines
of the same key are one line, lists are joined, and shares are taken of the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from inspection.reports.checks import check_summary
from inspection.reports.facts import Jurisdiction
from inspection.reports.figures import COMMONEST
from inspection.reports.measured import PARTS, TESTS
from inspection.reports.shapes import Figures
from inspection.reports.tables import share_string
from inspection.reports.wordlists import UNKNOWN, instruments

TOTAL = "total"
LAST = (UNKNOWN, TOTAL)
"""Lines that end a list."""

NAMES = ("key", "authority", "unit")
"""By what a line is known, the first that it has."""

SAID_ONCE = frozenset({"schema", "period", "jurisdiction", "definitions"})
"""What the parts have in common, or the whole has instead."""

Line = Mapping[str, Any]


def together(parts: Iterable[Figures], place: Jurisdiction) -> Figures:
    """The figures of ``place`` from those of its parts, at least one, each counted as a part of one period.

    :raises DisagreementError: when a breakdown does not add up to its total.
    """
    figures = cast(Figures, _sum(list(parts)))
    figures["jurisdiction"] = place.document()
    _in_order(figures)
    _shares(figures)
    check_summary(figures)
    return figures


def _sum(values: Sequence[Any]) -> Any:
    first = values[0]
    if isinstance(first, bool) or first is None:
        return first
    if isinstance(first, int):
        return sum(values)
    if isinstance(first, Mapping):
        return {key: _column(key, [value[key] for value in values]) for key in first}
    if isinstance(first, list):
        return _lines(values)
    return first


def _column(key: str, values: Sequence[Any]) -> Any:
    if key == "amount" and isinstance(values[0], str):
        return format(sum(map(Decimal, values), Decimal()).normalize(), "f")
    if key in SAID_ONCE:
        return values[0]
    return _sum(values)


def _lines(lists: Sequence[Sequence[Any]]) -> list[Any]:
    some = next((one[0] for one in lists if one), None)
    name = next((name for name in NAMES if isinstance(some, Mapping) and name in some), None)
    if isinstance(some, Mapping) and "number" in some:  # Bảng 2: the same lines everywhere
        return [_sum(lines) for lines in zip(*lists, strict=True)]
    if name is None:
        return [line for lines in lists for line in lines]
    same: dict[str, list[Line]] = {}
    for lines in lists:
        for line in lines:
            same.setdefault(line[name], []).append(line)
    summed = [lines[0] if len(lines) == 1 else _sum(lines) for lines in same.values()]
    return sorted(summed, key=lambda line: LAST.index(line[name]) + 1 if line[name] in LAST else 0)


def _in_order(figures: Figures) -> None:
    """Lists in the order in which one jurisdiction has them, the commonest cut off where they end."""
    by_count: Callable[[Line], Any] = lambda line: (-line["count"], line["key"])  # noqa: E731 - a name for three uses
    for part in (figures, *figures["by_month"]):
        part["by_severity"].sort(key=by_count)
        part["commonest_codes"].sort(key=by_count)
        del part["commonest_codes"][COMMONEST:]
    figures["by_code"].sort(key=by_count)
    figures["by_unit"].sort(key=lambda row: (row["key"] == UNKNOWN, row["name_vi"], row["key"]))
    figures["by_agency"].sort(key=lambda row: (row["name"], row["key"]))
    figures["penalties"]["by_authority"].sort(key=lambda row: (row["authority"] == "", row["authority"]))
    for measure in figures["measures"]:
        measure["quantities"].sort(key=lambda row: row["unit"])
    kinds = [*(word.key for word in instruments()), TOTAL]
    figures["instruments"].sort(key=lambda row: kinds.index(row["key"]))
    tests = [f"{part}.{test}" for part, _ in PARTS for test, _ in TESTS]
    figures["samples_by_test"].sort(key=lambda row: tests.index(row["key"]))
    figures["repeat_offenders"].sort(key=lambda row: (-row["breaches"], row["name"], row["key"]))
    figures["overdue_remedies"]["named"].sort(key=lambda row: (row["due_on"], row["name"], row["key"]))
    figures["commendable"].sort(key=lambda row: (row["name"], row["key"]))
    figures["ended_units"].sort(key=lambda row: (row["name"], row["key"]))
    figures["open_conflicts"]["named"].sort(
        key=lambda row: (row["visited_on"], row["establishment"], row["kind"], row["record"], row["field"])
    )


def _shares(figures: Figures) -> None:
    inspected = figures["totals"]["establishments"]
    for result in figures["tables"]["results"]:
        result["share_passed"] = share_string(result["passed"], result["inspected"])
    for handling in figures["tables"]["handling"]:
        counted = handling["establishments"]
        rated = counted is not None and handling["number"] != "1"
        handling["share"] = share_string(counted or 0, inspected) if rated else None
    for content in figures["tables"]["contents"]:
        content["share"] = share_string(content["establishments"], inspected)
    for sample in (*figures["samples"], *figures["samples_by_test"]):
        sample["share"] = share_string(sample["failed"], sample["passed"] + sample["failed"])
