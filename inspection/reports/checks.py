"""Built-in checks: a document whose numbers do not add up is not issued. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from inspection.reports.shapes import Figures


class DisagreementError(Exception):
    """Two ways of counting the same thing gave different numbers; the message says which."""


def add_up(comparisons: Iterable[tuple[str, int | None, int | None]]) -> None:
    """Compare ``(name, counted, expected)`` one by one.

    :raises DisagreementError: at the first two numbers that differ.
    """
    for name, counted, expected in comparisons:
        if counted != expected:
            raise DisagreementError(f"{name}: {counted} is not {expected}")


def check_summary(figures: Figures) -> None:
    """Compare every breakdown with its total, and Bảng 1 with Bảng 2.

    :raises DisagreementError: at the first two numbers that differ.
    """
    totals, outcomes, handling = figures["totals"], figures["outcomes"], figures["tables"]["handling"]
    results, penalties = figures["tables"]["results"], figures["penalties"]
    passed = outcomes["passed"]
    line = {row["number"]: row["establishments"] for row in handling}
    fines_by_authority = sum(row["fines_total"] for row in penalties["by_authority"])
    add_up(
        (
            (
                "visits",
                totals["visits_with_violation"] + totals["visits_without_violation"],
                totals["visits"],
            ),
            ("outcomes", sum(_whole_numbers(outcomes.values())), totals["establishments"]),
            (
                "passed and in breach",
                passed + totals["establishments_with_violation"],
                totals["establishments"],
            ),
            ("visits by campaign", sum(row["visits"] for row in figures["by_campaign"]), totals["visits"]),
            ("visits by month", sum(row["visits"] for row in figures["by_month"]), totals["visits"]),
            (
                "violations by month",
                sum(row["violations"] for row in figures["by_month"]),
                totals["violations"],
            ),
            ("visits by unit", sum(row["visits"] for row in figures["by_unit"]), totals["visits"]),
            ("by unit", sum(row["establishments"] for row in figures["by_unit"]), totals["establishments"]),
            (
                "by type",
                sum(row["establishments"] for row in figures["by_establishment_type"]),
                totals["establishments"],
            ),
            (
                "by risk",
                sum(row["establishments"] for row in figures["by_risk"]),
                totals["establishments"],
            ),
            ("visits by risk", sum(row["visits"] for row in figures["by_risk"]), totals["visits"]),
            (
                "violations by domain",
                sum(row["violations"] for row in figures["by_domain"]),
                totals["violations"],
            ),
            (
                "violations by severity",
                sum(row["count"] for row in figures["by_severity"]),
                totals["violations"],
            ),
            ("violations by code", sum(row["count"] for row in figures["by_code"]), totals["violations"]),
            ("fines by authority", fines_by_authority, penalties["fines_total"]),
            ("Bảng 1 inspected", sum(row["inspected"] for row in results[:-1]), results[-1]["inspected"]),
            ("Bảng 1 passed", sum(row["passed"] for row in results[:-1]), results[-1]["passed"]),
            (
                "Bảng 1 registered",
                sum(row["registered"] for row in results[:-1]),
                totals["establishments_registered"],
            ),
            ("Bảng 1 and 2 inspected", results[-1]["inspected"], line["1"]),
            ("Bảng 1 and 2 in breach", results[-1]["inspected"] - results[-1]["passed"], line["2"]),
            (
                "Bảng 2 handling",
                _whole_number(line["3"]) + _whole_number(line["4"]) + _whole_number(line["5"]),
                line["2"],
            ),
        )
    )
    _check_lists(figures)
    if any(row["inspected"] > row["registered"] for row in results):
        raise DisagreementError("Bảng 1: more establishments inspected than registered")


def _check_lists(figures: Figures) -> None:
    """A list is never longer than what it is taken from, and the comparison begins with the period itself."""
    totals, outcomes, overdue = figures["totals"], figures["outcomes"], figures["overdue_remedies"]
    *lines, total = figures["samples"]
    *kinds, all_kinds = figures["instruments"]
    packages = figures["packages"]
    for part in lines:
        tested = [row for row in figures["samples_by_test"] if row["part"] == part["key"]]
        add_up(
            (
                (f"Bảng 4 {part['key']}", sum(row["total"] for row in tested), part["total"]),
                (f"Bảng 4 {part['key']} failed", sum(row["failed"] for row in tested), part["failed"]),
                (f"Bảng 4 {part['key']} passed", sum(row["passed"] for row in tested), part["passed"]),
            )
        )
    campaigns, penalties = figures["campaign_results"], figures["penalties"]
    add_up(
        (
            ("visits of the campaigns", sum(row["visits"] for row in campaigns), totals["visits"]),
            (
                "violations of the campaigns",
                sum(row["violations"] for row in campaigns),
                totals["violations"],
            ),
            (
                "fines of the campaigns",
                sum(row["fines_total"] for row in campaigns),
                penalties["fines_total"],
            ),
        )
    )
    add_up(
        (
            ("overdue remedies", len(overdue["named"]), overdue["count"]),
            ("Bảng 4", sum(row["total"] for row in lines), total["total"]),
            ("Bảng 4 results", total["passed"] + total["failed"] + total["pending"], total["total"]),
            ("instruments", sum(row["checked"] for row in kinds), all_kinds["checked"]),
            ("expired instruments", sum(row["expired"] for row in kinds), all_kinds["expired"]),
            (
                "prepackages",
                packages["passed"] + packages["failed"] + packages["unjudged"],
                packages["checked"],
            ),
        )
    )
    if len(figures["repeat_offenders"]) > totals["establishments_with_violation"]:
        raise DisagreementError("more repeat offenders than establishments in breach")
    if len(figures["commendable"]) > outcomes["passed"]:
        raise DisagreementError("more establishments to commend than passed")
    for row in figures["comparison"][:1]:
        add_up(
            (
                ("compared establishments", row["establishments"], totals["establishments"]),
                ("compared visits", row["visits"], totals["visits"]),
                ("compared violations", row["violations"], totals["violations"]),
                ("compared fines", row["fines_total"], figures["penalties"]["fines_total"]),
            )
        )
    for row in figures["comparison"]:
        add_up((("passed and in breach, compared", row["passed"] + row["in_breach"], row["establishments"]),))


def _whole_numbers(values: Iterable[object]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _whole_number(value: int | None) -> int:
    return value or 0
