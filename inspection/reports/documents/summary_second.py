"""The violation summary as it is laid out now (figures of schema 2, and of 3 with results by campaign and samples by
group of indicators): with the comparison, the lists that name
establishments, and what a revision changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from inspection.documents.issuers import Issuer
from inspection.documents.model import Annex, Block, bullets
from inspection.reports import narrative
from inspection.reports.documents import lists, measured_sheets, register_sheets, sheets
from inspection.reports.documents.lists import Changed
from inspection.reports.shapes import Figures

CONFLICTS_ANNEX = "IV"
MOST_BARS = 24
"""Places in the chart; a province has more than a page can show, and the table has them all."""


def situation(figures: Figures, issuer: Issuer) -> list[Block]:
    """What was inspected, what came of it and how it compares, in sentences and charts."""
    sentences = [
        *narrative.inspection(figures, issuer.team, CONFLICTS_ANNEX),
        *narrative.measured(figures),
        *narrative.comparison(figures),
        *narrative.follow_up(figures),
        *narrative.division(figures),
    ]
    charts: list[Block] = []
    if figures["totals"]["visits"]:
        charts.append(sheets.chart(figures))
        if 1 < len(figures["by_unit"]) <= MOST_BARS:
            charts.append(sheets.places_chart(figures))
    return [*bullets(sentences), *charts]


def tables(figures: Figures) -> list[Block]:
    """The customary tables, and the comparison where there is something to compare with."""
    compared = [lists.comparison(figures)] if len(figures["comparison"]) > 1 else []
    return [
        sheets.results(figures),
        sheets.handling(figures),
        sheets.contents(figures),
        measured_sheets.samples(figures),
        *compared,
    ]


def annexes(figures: Figures, changes: Sequence[Changed]) -> list[Annex]:
    """The details, the acts, the lists, what is disputed, and what a revision changed."""
    campaigns = (sheets.campaigns(figures),) if figures["schema"] > 2 else ()
    ended = (lists.ended_units(figures),) if figures["ended_units"] else ()
    made = [
        Annex(
            "I",
            "SỐ LIỆU CHI TIẾT",
            (
                sheets.months(figures),
                *campaigns,
                sheets.by_unit(figures),
                *ended,
                sheets.by_establishment_type(figures),
                sheets.by_risk(figures),
                sheets.domains(figures),
                sheets.agencies(figures),
                measured_sheets.instruments(figures),
                sheets.authorities(figures),
                sheets.measures(figures),
            ),
        ),
        Annex("II", "VI PHẠM THEO HÀNH VI", (sheets.codes(figures),)),
        Annex(
            "III",
            "DANH SÁCH CƠ SỞ",
            (lists.repeat_offenders(figures), lists.overdue_remedies(figures), lists.commendable(figures)),
        ),
        Annex(
            CONFLICTS_ANNEX,
            "NỘI DUNG CHƯA THỐNG NHẤT VÀ CÁCH TÍNH SỐ LIỆU",
            (sheets.conflicts(figures), register_sheets.explained(figures["definitions"])),
        ),
    ]
    if changes:
        made.append(Annex("V", "THAY ĐỔI SO VỚI BẢN TRƯỚC", (lists.changes(changes),)))
    return made
