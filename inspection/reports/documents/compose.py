"""From figures to a document: head, text, tables, annexes and the small print that names the checkpoint.
Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from inspection.documents.issuers import Issuer, issuer_of, legal_bases
from inspection.documents.model import Annex, Block, Document, Heading, Paragraph, bullets, composed
from inspection.documents.numbers import long_date, short_date
from inspection.reports import narrative
from inspection.reports.documents import (
    lists,
    petition_sheets,
    public,
    register_sheets,
    summary_first,
    summary_second,
)
from inspection.reports.facts import JurisdictionDocument
from inspection.reports.periods import PeriodDocument
from inspection.reports.petitions.forms import source
from inspection.reports.petitions.reception import ReceptionBook
from inspection.reports.petitions.tables import PetitionTables
from inspection.reports.register import RegisterFigures
from inspection.reports.shapes import Figures, Petitions

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_DECISIONS = 3


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that differs from the issued revision before, and the visits that moved it, in words."""

    name: str
    before: int | None
    now: int | None
    visits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a document says about itself: which report, which revision and why, read from the journal where and when,
    and once it is issued its number and day. ``replaces`` names the issued document that a revision replaces."""

    report: str
    revision: int
    checkpoint: str
    taken_at: datetime
    changes: tuple[ChangedFigure, ...] = ()
    reason: str = ""
    public: bool = False
    number: int | None = None
    issued_on: date | None = None
    replaces: str = ""


def summary(figures: Figures, circumstances: Circumstances) -> Document:
    """The violation summary as a report (báo cáo). Figures of the first edition print as they did then."""
    period = figures["period"]
    last = narrative.days(period)[1]
    issuer = _issuer(figures["jurisdiction"], last)
    edition = summary_first if figures["schema"] == 1 else summary_second
    blocks: list[Block] = [
        Paragraph(
            f"{issuer.short_name} báo cáo kết quả kiểm tra liên ngành"
            f" {narrative.lower_first(_in_text(period))} như sau:"
        ),
        *_revision(circumstances, inline=figures["schema"] == 1),
        *map(Paragraph, narrative.unfinished(figures, circumstances.taken_at.astimezone(VIETNAM).date())),
        Heading("I. KẾT QUẢ KIỂM TRA"),
        Heading("1. Tình hình chung", 2),
        *edition.situation(figures, issuer),
        Heading("2. Số liệu tổng hợp", 2),
        *edition.tables(figures),
        Heading("II. GIẢI QUYẾT KHIẾU NẠI, TỐ CÁO, KIẾN NGHỊ, PHẢN ÁNH"),
        *_petitions(figures, issuer, circumstances),
    ]
    document = _document(
        circumstances,
        issuer,
        bases=[*legal_bases("violation_summary", last), *_decisions(figures)],
        addressees=issuer.addressees,
        type_name="BÁO CÁO",
        type_symbol="BC",
        subject=f"Kết quả kiểm tra liên ngành và xử lý vi phạm {_subject(period)}",
        blocks=blocks,
        closing=f"Trên đây là báo cáo kết quả kiểm tra liên ngành {_subject(period)} của {issuer.short_name}./.",
        annexes=edition.annexes(figures, circumstances.changes),
        landscape=False,
        coded=figures["schema"] > 2,
    )
    return public.public(document) if circumstances.public else document


def _petitions(figures: Figures, issuer: Issuer, circumstances: Circumstances) -> list[Paragraph]:
    totals = figures["petitions"]["totals"]
    if circumstances.public:
        return public.petitions(totals["total"], totals["received"])
    first, last = narrative.days(figures["period"])
    return bullets(narrative.petitions(figures["petitions"], issuer.short_name, first, last))


def complaint_register(figures: RegisterFigures, circumstances: Circumstances) -> Document:
    """The complaint register of a period (sổ theo dõi đơn)."""
    period = figures["period"]
    first, last = narrative.days(period)
    issuer = _issuer(figures["jurisdiction"], last)
    counts = Petitions(totals=figures["totals"], by_kind=figures["by_kind"])
    blocks: list[Block] = [
        *_revision(circumstances, inline=figures["schema"] == 1),
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
        annexes=_register_annexes(figures, circumstances),
        landscape=True,
        coded=figures["schema"] > 1,
    )


def petition_tables(figures: PetitionTables, circumstances: Circumstances) -> Document:
    """The tables 01–04/XLĐ and 01–04/KQGQ of a period."""
    period = figures["period"]
    issuer = _issuer(figures["jurisdiction"], narrative.days(period)[1])
    nothing = [Paragraph("Trong kỳ không phát sinh đơn.")] if figures["nothing"] else []
    return _document(
        circumstances,
        issuer,
        bases=legal_bases("petition_tables", narrative.days(period)[1]),
        addressees=(),
        type_name="BIỂU TỔNG HỢP",
        type_symbol="",
        subject=f"Kết quả xử lý đơn, giải quyết khiếu nại, tố cáo {_subject(period)}",
        blocks=[
            *_revision(circumstances, inline=False),
            *nothing,
            Paragraph(source()),
            *petition_sheets.forms(figures),
        ],
        closing="",
        annexes=_changes(circumstances),
        landscape=False,
    )


def reception_book(figures: ReceptionBook, circumstances: Circumstances) -> Document:
    """The citizen-reception book of a period (sổ tiếp công dân)."""
    period = figures["period"]
    issuer = _issuer(figures["jurisdiction"], narrative.days(period)[1])
    return _document(
        circumstances,
        issuer,
        bases=legal_bases("reception_book", narrative.days(period)[1]),
        addressees=(),
        type_name="SỔ TIẾP CÔNG DÂN",
        type_symbol="",
        subject=f"Mẫu số 03, Thông tư 04/2021/TT-TTCP, {_subject(period)}",
        blocks=[
            *_revision(circumstances, inline=False),
            petition_sheets.book(figures),
            Paragraph(
                "Họ tên, địa chỉ, giấy tờ của công dân được niêm phong, lưu riêng và không in trong sổ này."
            ),
        ],
        closing="",
        annexes=_changes(circumstances),
        landscape=True,
    )


def _changes(circumstances: Circumstances) -> list[Annex]:
    if not circumstances.changes:
        return []
    return [Annex("", "THAY ĐỔI SO VỚI BẢN TRƯỚC", (lists.changes(circumstances.changes),))]


def _register_annexes(figures: RegisterFigures, circumstances: Circumstances) -> list[Annex]:
    explained = (register_sheets.explained(figures["definitions"]),)
    if figures["schema"] == 1:
        return [Annex("", "CÁCH TÍNH SỐ LIỆU", explained)]
    annexes = [Annex("I", "CÁCH TÍNH SỐ LIỆU", explained)]
    if circumstances.changes:
        annexes.append(Annex("II", "THAY ĐỔI SO VỚI BẢN TRƯỚC", (lists.changes(circumstances.changes),)))
    return annexes


def checkpoint_code(root: str) -> str:
    """The text of the square code that names a checkpoint by its whole root (hex)."""
    return f"CHECKPOINT:{root.upper()}"


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
    coded: bool = True,
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
            number=circumstances.number,
            issued_on=circumstances.issued_on,
            seal=checkpoint_code(circumstances.checkpoint) if coded else "",
        )
    )


def _issuer(jurisdiction: JurisdictionDocument, day: date) -> Issuer:
    return issuer_of(jurisdiction["name"], jurisdiction["code"], jurisdiction["level"], day)


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


def _revision(circumstances: Circumstances, *, inline: bool) -> list[Paragraph]:
    """Why an issued report is replaced; ``inline`` names the changed figures in the sentence, else an annex does."""
    if circumstances.revision < 2:
        return []
    if not inline:
        return [
            Paragraph(
                narrative.revised(
                    circumstances.revision,
                    circumstances.reason,
                    len(circumstances.changes),
                    circumstances.replaces,
                )
            )
        ]
    changes = [(one.name, one.before or 0, one.now or 0) for one in circumstances.changes]
    return [Paragraph(narrative.revision(circumstances.revision, changes))]


def _subject(period: PeriodDocument) -> str:
    """The period without its days: "quý III năm 2022"."""
    title = period["title_vi"]
    if period["kind"] == "range":
        return narrative.lower_first(title)
    return narrative.lower_first(title.rpartition(" (")[0])


def _in_text(period: PeriodDocument) -> str:
    return period["title_vi"]
