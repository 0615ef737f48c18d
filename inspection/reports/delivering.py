"""Mailing a finished report to the distribution list: what happened, why it differs from last time, and the documents.

The report of a cut-off goes out by itself, a report ordered by hand when somebody says so. Each address gets each
report once, however often it is sent: a recipient who is added later gets it on the next sending.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection import mail
from inspection.documents.numbers import counted, short_date
from inspection.mail.models import Mail
from inspection.reports import narrative, operations, printing
from inspection.reports.deadlines import deadline_of
from inspection.reports.models import Recipient, Report, ReportKind
from inspection.reports.periods import PeriodDocument
from inspection.reports.register import RegisterFigures
from inspection.reports.shapes import Figures, Petitions

PURPOSE = "summary"
MOST_CHANGES = 8
NAMES = {  # of files, and of mail
    ReportKind.VIOLATION_SUMMARY: ("bao-cao-kiem-tra", "Báo cáo kết quả kiểm tra liên ngành"),
    ReportKind.COMPLAINT_REGISTER: ("so-theo-doi-don", "Sổ theo dõi đơn"),
    ReportKind.PETITION_TABLES: ("bieu-xu-ly-don", "Biểu xử lý đơn, giải quyết khiếu nại, tố cáo"),
    ReportKind.RECEPTION_BOOK: ("so-tiep-cong-dan", "Sổ tiếp công dân"),
}


def send(session: Session, report: uuid.UUID, public_url: str) -> list[uuid.UUID]:
    """Queue the mail of a finished report for everybody on the list who has not got it; the ids to ring for."""
    found = session.get_one(Report, report)
    if found.figures is None:
        return []
    kind = ReportKind(found.kind)
    letter = mail.Letter(
        jurisdiction=found.jurisdiction,
        purpose=PURPOSE,
        occasion=occasion(report),
        subject=_subject(found, kind),
        text=_text(found, kind, public_url),
        about=f"/reports/{report}",
        attachments=tuple(_attachments(session, found)),
    )
    return mail.queue(
        session, letter, to=[one.email for one in recipients(session, found.jurisdiction, kind)]
    )


def recipients(
    session: Session, jurisdiction: uuid.UUID, kind: ReportKind | None = None
) -> Sequence[Recipient]:
    """The distribution list of a district by name; of those who get ``kind`` when it is given."""
    query = select(Recipient).where(Recipient.scope == f"reference:{jurisdiction}", ~Recipient.voided)
    if kind not in (None, ReportKind.VIOLATION_SUMMARY):
        query = query.where(Recipient.register.is_(True))
    return session.scalars(query.order_by(Recipient.name, Recipient.id)).all()


def sent(session: Session, report: uuid.UUID) -> Sequence[Mail]:
    """The mail of a report, by address."""
    return session.scalars(
        select(Mail).where(Mail.occasion == occasion(report)).order_by(Mail.recipient)
    ).all()


def occasion(report: uuid.UUID) -> str:
    """What makes a report's mail once for an address."""
    return f"report:{report}"


def file_name(report: Report, made: str) -> str:
    """A name that tells a document apart in a folder: kind, last day, revision, and its number once it is issued."""
    ending = "signed.pdf" if made == operations.SIGNED else made
    number = f"_so-{report.document_number}" if report.document_number else ""
    stem = f"{NAMES[ReportKind(report.kind)][0]}_{report.period['last']}_ban-{report.revision}{number}"
    return f"{stem}.{ending}"


def _attachments(session: Session, report: Report) -> list[mail.Attachment]:
    signature = operations.signature_of(session, report.id)
    made = []
    for one in operations.files_of(session, report.id):
        key, digest = one.key, one.sha256
        if one.format == "pdf" and signature is not None:
            key, digest = signature.key, signature.sha256
        made.append(mail.Attachment(file_name(report, one.format), one.media_type, key, digest))
    return made


def _subject(report: Report, kind: ReportKind) -> str:
    number = (report.revision or 1) - 1
    revised = f", bản sửa đổi lần {number}" if number else ""
    name = NAMES[kind][1] if report.issue_of else f"Dự thảo {narrative.lower_first(NAMES[kind][1])}"
    return f"{name}: {narrative.lower_first(report.period['title_vi'])}{revised}"


def _text(report: Report, kind: ReportKind, public_url: str) -> str:
    """Plain text, so that it reads the same everywhere: what happened, why it differs, what is still open."""
    body: list[str] = []
    if kind is ReportKind.VIOLATION_SUMMARY:
        body = _summary(cast(Figures, report.figures))
    elif kind is ReportKind.COMPLAINT_REGISTER:
        body = _register(cast(RegisterFigures, report.figures))
    due = deadline_of(kind, cast(PeriodDocument, report.period))
    lines = [
        f"{NAMES[kind][1]}, {narrative.lower_first(report.period['title_vi'])}.",
        *_revision(report),
        *body,
        "",
        f"{_standing(report)} {due.words}",
        f"Xem số liệu và từng lượt kiểm tra: {public_url}/reports/{report.id}",
        f"Số liệu lấy từ nhật ký tại mốc niêm phong {(report.checkpoint or '')[:16]}.",
        "",
        "Thư này do hệ thống gửi tự động.",
        "",
    ]
    return "\n".join(lines)


def _standing(report: Report) -> str:
    """Whether what is attached may be passed on as it is."""
    if report.issue_of is None:
        return (
            "Tài liệu kèm theo là dự thảo, chưa có số, ngày và chữ ký: phát hành tại trang báo cáo dưới đây."
        )
    name = printing.document_of(report).reference
    return f"Tài liệu kèm theo là {narrative.lower_first(name)}, dùng được ngay để báo cáo cấp trên."


def _revision(report: Report) -> list[str]:
    if (report.revision or 1) < 2:
        return []
    changes: list[list[Any]] = report.changes or []
    lines = [
        "",
        narrative.revised(report.revision or 1, report.reason or "", len(changes), report.replaces or ""),
    ]
    for name, before, now, *_ in changes[:MOST_CHANGES]:
        if before is not None or now is not None:
            lines.append(f"- {name}: {counted(before or 0)} → {counted(now or 0)}")
    if len(changes) > MOST_CHANGES:
        lines.append(f"- và {len(changes) - MOST_CHANGES} số liệu khác, nêu trong tài liệu kèm theo")
    return lines


def _summary(figures: Figures) -> list[str]:
    happened = narrative.inspection(figures, "Đoàn kiểm tra liên ngành", "IV")
    compared = [*narrative.comparison(figures), *narrative.drivers(figures)]
    follow_up = [*narrative.measured(figures), *narrative.follow_up(figures), *narrative.division(figures)]
    parts = (("ĐÃ LÀM GÌ", happened), ("KHÁC KỲ TRƯỚC Ở ĐÂU", compared), ("CẦN LƯU Ý", follow_up))
    lines: list[str] = []
    for title, sentences in parts:
        if sentences:
            lines += ["", title, *(f"- {sentence}" for sentence in sentences)]
    return lines


def _register(figures: RegisterFigures) -> list[str]:
    period = figures["period"]
    counts = Petitions(totals=figures["totals"], by_kind=figures["by_kind"])
    first, last = narrative.days(period)
    sentences = narrative.petitions(counts, "cơ quan", first, last)
    return ["", *(f"- {sentence}" for sentence in sentences), f"Đến hết ngày {short_date(last)}."]
