"""From figures to a document: head, text, tables, annexes and the small print that names the checkpoint.
Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from inspection.reports import narrative
from inspection.reports.documents import register_sheets, sheets
from inspection.reports.documents.model import Annex, Block, Document, Heading, Paragraph, composed
from inspection.reports.facts import Jurisdiction, JurisdictionDocument
from inspection.reports.issuers import Issuer, issuer_of, legal_bases
from inspection.reports.numbers import long_date, short_date
from inspection.reports.periods import PeriodDocument
from inspection.reports.register import RegisterFigures
from inspection.reports.shapes import Figures, Petitions

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_DECISIONS = 3


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a document says about itself: which report, which revision, read from the journal where and when.

    ``changes`` are the figures that differ from the issued revision before (name, before, now).
    """

    report: str
    revision: int
    checkpoint: str
    taken_at: datetime
    changes: tuple[tuple[str, int, int], ...] = ()


def summary(figures: Figures, circumstances: Circumstances) -> Document:
    """The violation summary as a report (báo cáo)."""
    period = figures["period"]
    first, last = _days(period)
    issuer = _issuer(figures["jurisdiction"], last)
    blocks: list[Block] = [
        Paragraph(
            f"{issuer.short_name} báo cáo kết quả kiểm tra liên ngành"
            f" {narrative.lower_first(_in_text(period))} như sau:"
        ),
        *_revision(circumstances),
        Heading("I. KẾT QUẢ KIỂM TRA"),
        Heading("1. Tình hình chung", 2),
        *_bullets(narrative.inspection(figures, issuer.team)),
    ]
    if figures["totals"]["visits"]:
        blocks.append(sheets.chart(figures))
    blocks += [
        Heading("2. Số liệu tổng hợp", 2),
        sheets.results(figures),
        sheets.handling(figures),
        sheets.contents(figures),
        Heading("II. GIẢI QUYẾT KHIẾU NẠI, TỐ CÁO, KIẾN NGHỊ, PHẢN ÁNH"),
        *_bullets(narrative.petitions(figures["petitions"], issuer.short_name, first, last)),
    ]
    return _document(
        circumstances,
        issuer,
        bases=[*legal_bases("violation_summary", last), *_decisions(figures)],
        addressees=issuer.addressees,
        type_name="BÁO CÁO",
        type_symbol="BC",
        subject=f"Kết quả kiểm tra liên ngành và xử lý vi phạm {_subject(period)}",
        blocks=blocks,
        closing=f"Trên đây là báo cáo kết quả kiểm tra liên ngành {_subject(period)} của {issuer.short_name}./.",
        annexes=_annexes(figures),
        landscape=False,
    )


def complaint_register(figures: RegisterFigures, circumstances: Circumstances) -> Document:
    """The complaint register of a period (sổ theo dõi đơn)."""
    period = figures["period"]
    first, last = _days(period)
    issuer = _issuer(figures["jurisdiction"], last)
    counts = Petitions(totals=figures["totals"], by_kind=figures["by_kind"])
    blocks: list[Block] = [
        *_revision(circumstances),
        *(Paragraph(sentence) for sentence in narrative.petitions(counts, issuer.short_name, first, last)),
        register_sheets.petition_counts(figures),
        register_sheets.book(figures),
        Paragraph(
            "Danh tính người tố cáo được giữ bí mật theo Điều 9 và Điều 56 Luật Tố cáo 2018, không ghi trong sổ này."
        ),
    ]
    return _document(
        circumstances,
        issuer,
        bases=legal_bases("complaint_register", last),
        addressees=(),
        type_name="SỔ THEO DÕI ĐƠN",
        type_symbol="",
        subject=f"Khiếu nại, tố cáo, kiến nghị, phản ánh {_subject(period)}",
        blocks=blocks,
        closing="",
        annexes=[Annex("", "CÁCH TÍNH SỐ LIỆU", (register_sheets.explained(figures["definitions"]),))],
        landscape=True,
    )


def _document(
    circumstances: Circumstances,
    issuer: Issuer,
    *,
    bases: Sequence[str],
    addressees: tuple[str, ...],
    type_name: str,
    type_symbol: str,
    subject: str,
    blocks: Sequence[Block],
    closing: str,
    annexes: Sequence[Annex],
    landscape: bool,
) -> Document:
    moment = circumstances.taken_at.astimezone(VIETNAM)
    return composed(
        Document(
            identifier=circumstances.report,
            moment=moment,
            day=moment.date(),
            issuer=issuer,
            type_name=type_name,
            type_symbol=type_symbol,
            subject=subject,
            bases=tuple(bases),
            blocks=tuple(blocks),
            closing=closing,
            small_print=(
                f"Số liệu lấy từ nhật ký tại mốc niêm phong {circumstances.checkpoint}, lúc"
                f" {moment:%H giờ %M} ngày {short_date(moment.date())} (giờ Việt Nam)."
                f" Báo cáo {circumstances.report}, bản {circumstances.revision}."
            ),
            addressees=addressees,
            annexes=tuple(annexes),
            landscape=landscape,
        )
    )


def _annexes(figures: Figures) -> list[Annex]:
    return [
        Annex(
            "I",
            "SỐ LIỆU CHI TIẾT",
            (
                sheets.months(figures),
                sheets.places(
                    figures,
                    figures["by_unit"],
                    "Theo địa bàn",
                    "Biểu 2. Kết quả theo địa bàn",
                    "Xã, phường, thị trấn",
                ),
                sheets.places(
                    figures,
                    figures["by_establishment_type"],
                    "Theo loại hình",
                    "Biểu 3. Kết quả theo loại hình cơ sở",
                    "Loại hình",
                ),
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


def _issuer(jurisdiction: JurisdictionDocument, day: date) -> Issuer:
    found = Jurisdiction(
        UUID(jurisdiction["id"]), jurisdiction["name"], jurisdiction["code"], jurisdiction["level"]
    )
    return issuer_of(found, day)


def _decisions(figures: Figures) -> list[str]:
    """The decisions that founded the teams, when there are few enough to name."""
    rows = [row for row in figures["by_campaign"] if row["decision_number"]]
    if len(rows) > MOST_DECISIONS:
        return []
    return [
        f"Quyết định số {row['decision_number']}"
        f"{' ' + long_date(date.fromisoformat(row['decision_date'])) if row['decision_date'] else ''}"
        f" về việc kiểm tra liên ngành ({row['name']})"
        for row in rows
    ]


def _revision(circumstances: Circumstances) -> list[Paragraph]:
    if circumstances.revision < 2:
        return []
    return [Paragraph(narrative.revision(circumstances.revision, circumstances.changes))]


def _bullets(sentences: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(sentence, bullet=True) for sentence in sentences]


def _days(period: PeriodDocument) -> tuple[date, date]:
    return date.fromisoformat(period["first"]), date.fromisoformat(period["last"])


def _subject(period: PeriodDocument) -> str:
    """The period without its days: "quý III năm 2022"."""
    title = period["title_vi"]
    if period["kind"] == "range":
        return narrative.lower_first(title)
    return narrative.lower_first(title.rpartition(" (")[0])


def _in_text(period: PeriodDocument) -> str:
    return period["title_vi"]
