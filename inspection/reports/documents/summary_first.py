"""The violation summary as it was laid out in its first edition (figures of schema 1): what was issued then prints
again to the byte. Pure, and not to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from inspection.documents.issuers import Issuer
from inspection.documents.model import Annex, Block, bullets
from inspection.reports import narrative
from inspection.reports.documents import register_sheets, sheets
from inspection.reports.documents.lists import Changed
from inspection.reports.shapes import Figures


def situation(figures: Figures, issuer: Issuer) -> list[Block]:
    """What was inspected and what came of it, in sentences and one chart."""
    chart: list[Block] = [sheets.chart(figures)] if figures["totals"]["visits"] else []
    return [*bullets(narrative.inspection(figures, issuer.team)), *chart]


def tables(figures: Figures) -> list[Block]:
    """The customary tables."""
    return [sheets.results(figures), sheets.handling(figures), sheets.contents(figures)]


def annexes(figures: Figures, _changes: Sequence[Changed]) -> list[Annex]:
    """The details, the acts, and what is disputed."""
    return [
        Annex(
            "I",
            "SỐ LIỆU CHI TIẾT",
            (
                sheets.months(figures),
                sheets.by_unit(figures),
                sheets.by_establishment_type(figures),
                sheets.domains(figures),
                sheets.authorities(figures),
            ),
        ),
        Annex("II", "VI PHẠM THEO HÀNH VI", (sheets.codes(figures),)),
        Annex(
            "III",
            "NỘI DUNG CHƯA THỐNG NHẤT VÀ CÁCH TÍNH SỐ LIỆU",
            (sheets.conflicts(figures), register_sheets.explained(figures["definitions"])),
        ),
    ]
