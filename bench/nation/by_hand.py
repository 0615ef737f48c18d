"""The nation's figures by hand: ``by_hand.sql``, and the product's figures in the same form to compare them with."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import psycopg

from inspection.reports.periods import Period, compared_with
from inspection.reports.shapes import Figures
from tests.services import Postgresql

SCRIPT = Path(__file__).with_name("by_hand.sql")

Numbers = dict[tuple[str, str], list[Decimal]]
"""Figures by part and key; a line of noughts is as good as none."""


def by_hand(cluster: Postgresql, name: str, period: Period) -> tuple[float, Numbers]:
    """Seconds, and the figures of ``period`` over all districts of the database ``name``."""
    earlier = dict(compared_with(period))
    days = {
        "first": period.first, "last": period.last,
        "previous_first": earlier["previous"].first, "previous_last": earlier["previous"].last,
        "year_first": earlier["last_year"].first, "year_last": earlier["last_year"].last,
    }  # fmt: skip
    address = f"host=127.0.0.1 port={cluster.port} user=postgres dbname={name}"
    began = time.perf_counter()
    with psycopg.connect(address, cursor_factory=psycopg.ClientCursor) as connection:
        statements = [one for one in SCRIPT.read_text(encoding="utf-8").split(";\n\n") if one.strip()]
        rows = []
        for statement in statements:
            answer = connection.execute(statement.encode(), days)
            rows += answer.fetchall() if answer.description else []
    return time.perf_counter() - began, _told((part, key, *numbers) for part, key, numbers in rows)


def of_the_product(figures: Figures) -> Numbers:
    """What the product counted, as the script says it."""
    return _told(_lines(figures))


def _told(lines: Iterator[tuple[object, ...]]) -> Numbers:
    told = {
        (str(part), str(key)): [Decimal(str(number or 0)) for number in numbers]
        for part, key, *numbers in lines
    }
    return {name: numbers for name, numbers in told.items() if any(numbers)}


def _lines(figures: Figures) -> Iterator[tuple[object, ...]]:
    values = cast(Mapping[str, Any], figures)
    for part, columns in WHOLES.items():
        yield part, "all", *(values[part][column] for column in columns)
    for part, (source, key, columns) in LISTS.items():
        yield from ((part, row[key], *(row[column] for column in columns)) for row in values[source])
    yield "voided", "all", figures["voided_visits"]
    yield from (("outcomes", key, count) for key, count in figures["outcomes"].items())
    for by in figures["penalties"]["by_authority"]:
        yield "by_authority", by["authority"], by["warnings"], by["fines"], by["fines_total"]
    for measure in figures["measures"]:
        for quantity in measure["quantities"]:
            yield "quantities", f"{measure['key']} {quantity['unit']}", quantity["amount"]
    again = figures["repeat_offenders"]
    yield "repeat_offenders", "all", len(again), sum(one["breaches"] for one in again)
    yield "commendable", "all", len(figures["commendable"])
    for kind in figures["petitions"]["by_kind"]:
        yield "petitions", kind["key"], kind["carried_over"], kind["received"], kind["finished"]


BREACHED = "establishments_with_violation"
WHOLES = {
    "totals": (
        "establishments_registered", "establishments", BREACHED, "visits", "visits_with_violation", "violations",
        "campaigns",
    ),
    "penalties": ("reminders", "warnings", "fines", "fines_total", "fines_without_amount", "undecided"),
    "overdue_remedies": ("count", "establishments"),
    "open_conflicts": ("count",),
}  # fmt: skip
"""The columns of a part that is one line."""

LISTS = {
    "by_month": ("by_month", "key", ("establishments", "visits")),
    "violations_by_month": ("by_month", "key", ("visits_with_violation", "violations")),
    "by_unit": ("by_unit", "key", ("visits",)),
    "establishments_by_unit": ("by_unit", "key", ("establishments", BREACHED)),
    "violations_by_unit": ("by_unit", "key", ("visits_with_violation", "violations")),
    "by_establishment_type": (
        "by_establishment_type", "key", ("establishments", BREACHED, "visits", "violations"),
    ),
    "by_risk": ("by_risk", "key", ("establishments", BREACHED, "visits", "violations")),
    "by_campaign": ("by_campaign", "key", ("visits", "establishments")),
    "by_agency": ("by_agency", "key", ("campaigns", "establishments", "visits")),
    "by_domain": ("by_domain", "key", ("establishments", "visits")),
    "violations_by_domain": ("by_domain", "key", (BREACHED, "violations")),
    "by_severity": ("by_severity", "key", ("count",)),
    "by_code": ("by_code", "key", ("count", "establishments")),
    "measures": ("measures", "key", ("establishments", "products")),
    "samples": ("samples", "key", ("total", "passed", "failed")),
    "comparison": (
        "comparison", "key", ("establishments", "in_breach", "visits", "violations", "fines", "fines_total"),
    ),
}  # fmt: skip
"""The list of the figures, the key and the columns of a part that has many lines."""
