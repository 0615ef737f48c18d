"""Bảng 1 to Bảng 3 of the central interagency committee's template. Pure.

Bảng 1 and 2 follow a published district report of 2018; Bảng 3 keeps the customary contents and adds
measurement, because this team also checks measures. Bảng 4 (samples) belongs to laboratories and is not
made. Line 5 of Bảng 2 is ours: the template knows only "handled" and "reminded", and a violation whose
decision is still to come is neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from inspection.documents.numbers import share
from inspection.reports.facts import EstablishmentFact
from inspection.reports.shapes import ContentRow, HandlingRow, ResultRow, Tables
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN, Word, content_of, contents, words

REFERRAL = "referral"


def tables(tally: Tally) -> Tables:
    """The three tables of a period."""
    return Tables(results=_results(tally), handling=_handling(tally), contents=_contents(tally))


def _results(tally: Tally) -> list[ResultRow]:
    registered = tally.registered
    inspected = Counter(tally.type_of(one) for one in tally.inspected)
    passed = Counter(tally.type_of(one) for one in tally.inspected if one not in tally.in_breach)
    unclassified = (Word(UNKNOWN, "Chưa phân loại", "Unclassified"),) if registered[UNKNOWN] else ()
    rows = [
        _result(word.key, word.name_vi, registered[word.key], inspected[word.key], passed[word.key])
        for word in (*words("results"), *unclassified)
    ]
    total = len(tally.inspected)
    rows.append(_result("total", "Tổng số", registered.total(), total, total - len(tally.in_breach)))
    return rows


def _result(key: str, name: str, registered: int, inspected: int, passed: int) -> ResultRow:
    return ResultRow(
        key=key,
        name_vi=name,
        registered=registered,
        inspected=inspected,
        passed=passed,
        share_passed=share_string(passed, inspected),
    )


def share_string(part: int, total: int) -> str | None:
    """A share as the figures keep it: "81.5", or None where nothing was counted."""
    rate = share(part, total)
    return None if rate is None else str(rate)


def _handling(tally: Tally) -> list[HandlingRow]:
    inspected = len(tally.inspected)
    outcomes = Counter(tally.outcomes.values())
    handled = outcomes["fined"] + outcomes["warned"] + outcomes["measures_only"]
    fines_total = sum(one.amount or 0 for one in tally.violations if one.sanction == "fine")

    def line(
        number: str,
        name: str,
        establishments: int | None = None,
        products: int | None = None,
        amount: int | None = None,
        *,
        rated: bool = True,
    ) -> HandlingRow:
        rate = share_string(establishments, inspected) if rated and establishments is not None else None
        return HandlingRow(
            number=number,
            name_vi=name,
            establishments=establishments,
            products=products,
            amount=amount,
            share=rate,
        )

    def measure(number: str, word: Word) -> HandlingRow:
        products = sum(one.product_count or 0 for one in tally.measures if one.measure_type == word.key)
        name = word.name_vi if number else f"- {word.name_vi}"
        return line(number, name, len(tally.establishments_under(word.key)), products)

    return [
        line("1", "Tổng số cơ sở được kiểm tra", inspected, rated=False),
        line("2", "Số cơ sở có vi phạm", len(tally.in_breach)),
        line("3", "Số cơ sở vi phạm bị xử lý", handled),
        line("3.1", "Hình thức phạt chính"),
        line("", "- Cảnh cáo", len(_sanctioned(tally, "warning"))),
        line("", "- Phạt tiền", len(_sanctioned(tally, "fine"))),
        line("", "- Tổng số tiền phạt (đồng)", amount=fines_total),
        line("3.2", "Hình thức phạt bổ sung, biện pháp khắc phục hậu quả"),
        *(measure("", word) for word in words("measures") if word.key != REFERRAL),
        *(measure("3.3", word) for word in words("measures") if word.key == REFERRAL),
        line("4", "Số cơ sở vi phạm không bị xử lý, chỉ nhắc nhở", outcomes["reminded"]),
        line("5", "Số cơ sở vi phạm chưa có quyết định xử lý", outcomes["undecided"]),
    ]


def _sanctioned(tally: Tally, sanction: str) -> set[EstablishmentFact]:
    return {tally.establishment_of(one) for one in tally.violations if one.sanction == sanction}


def _contents(tally: Tally) -> list[ContentRow]:
    breaching: dict[str, set[EstablishmentFact]] = defaultdict(set)
    for violation in tally.violations:
        content = content_of(violation.code, tally.domain_of(violation))
        breaching[content].add(tally.establishment_of(violation))
    return [
        ContentRow(
            key=content.key,
            name_vi=content.name_vi,
            establishments=len(breaching[content.key]),
            share=share_string(len(breaching[content.key]), len(tally.inspected)),
        )
        for content in contents()
    ]
