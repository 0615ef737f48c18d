"""The complaint register of a period (sổ theo dõi đơn): its lines and its counts. Pure.

No national column layout is known for this book; its columns cover what the statistical forms of TT 02/2021,
TT 01/2024 and TT 06/2025/TT-TTCP are counted from (01/XLĐ: carried over, received; KQGQ: right, wrong,
partly; on time, late). Units are never added across: these are petitions (đơn).

Who wrote a petition is not among the facts. A denunciation's line says so (Luật Tố cáo 2018, Điều 9 and 56);
the other kinds show only how many signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from inspection.documents.numbers import short_date
from inspection.reports.checks import add_up
from inspection.reports.definitions import definitions
from inspection.reports.facts import ComplaintFact, Jurisdiction, JurisdictionDocument
from inspection.reports.periods import Period, PeriodDocument
from inspection.reports.shapes import Count, Definition, KindRow, Petitions

SCHEMA = 2
SECRET = "Giữ bí mật"  # noqa: S105 - the words that the law asks for in place of a name, no password

KINDS = {
    "complaint": ("Khiếu nại", "Complaint"),
    "denunciation": ("Tố cáo", "Denunciation"),
    "recommendation": ("Kiến nghị, phản ánh", "Recommendation or feedback"),
}
FIELDS = {
    "food_safety": ("An toàn thực phẩm", "Food safety"),
    "measurement": ("Đo lường", "Measurement"),
    "quality": ("Chất lượng sản phẩm, hàng hóa", "Product quality"),
    "labels": ("Nhãn hàng hóa", "Labels"),
    "other": ("Lĩnh vực khác", "Other"),
}
CHANNELS = {
    "post": ("Bưu điện", "Post"),
    "desk": ("Nộp trực tiếp", "Handed in"),
    "reception": ("Tiếp công dân", "Citizen reception"),
    "on_site": ("Tiếp nhận tại hiện trường", "Taken down on site"),
    "forwarded": ("Cơ quan khác chuyển đến", "Forwarded"),
    "phone": ("Điện thoại", "Telephone"),
    "online": ("Trực tuyến", "Online"),
}
STATUSES = {
    "received": ("Đã tiếp nhận", "Received"),
    "accepted": ("Đã thụ lý", "Accepted"),
    "refused": ("Không thụ lý", "Not accepted"),
    "transferred": ("Chuyển đơn", "Transferred"),
    "guided": ("Hướng dẫn", "Guided"),
    "settled": ("Đã giải quyết", "Settled"),
    "filed": ("Lưu đơn", "Filed"),
    "withdrawn": ("Rút đơn", "Withdrawn"),
}
OUTCOMES = {"right": "đúng", "wrong": "sai", "partly": "đúng một phần"}
ENDS = frozenset(STATUSES) - {"received", "accepted"}


class RegisterRow(TypedDict):
    """One line of the book, as printed."""

    number: str
    carried_over: bool
    received_on: str
    channel: str
    petitioner: str
    subject: str
    kind: str
    field: str
    summary: str
    handling: str
    due_on: str
    result: str
    note: str


class RegisterFigures(TypedDict):
    """The complaint register."""

    schema: int
    period: PeriodDocument
    jurisdiction: JurisdictionDocument
    totals: KindRow
    by_kind: list[KindRow]
    by_field: list[Count]
    by_channel: list[Count]
    by_status: list[Count]
    voided: int
    rows: list[RegisterRow]
    definitions: dict[str, Definition]


@dataclass(frozen=True, slots=True)
class _Line:
    fact: ComplaintFact
    carried_over: bool
    finished: bool
    late: bool | None


def register(
    complaints: Sequence[ComplaintFact], period: Period, jurisdiction: Jurisdiction
) -> RegisterFigures:
    """The register of ``period``; a kind nobody wrote stands there with zeros.

    :raises DisagreementError: when the kinds do not add up to the total.
    """
    belonging = [_line(fact, period) for fact in complaints if _belongs(fact, period)]
    belonging.sort(key=lambda line: (*_sort_number(line.fact), line.fact.received_on, line.fact.id))
    lines = [line for line in belonging if not line.fact.voided]
    by_kind = [
        _kind(key, *KINDS[key], [one for one in lines if one.fact.petition_kind == key], period)
        for key in KINDS
    ]
    figures = RegisterFigures(
        schema=SCHEMA,
        period=period.document(),
        jurisdiction=jurisdiction.document(),
        totals=_kind("total", "Tổng số", "Total", lines, period),
        by_kind=by_kind,
        by_field=_counts(FIELDS, [line.fact.field for line in lines]),
        by_channel=_channels([line.fact.channel for line in lines]),
        by_status=_counts(STATUSES, [line.fact.status for line in lines]),
        voided=len(belonging) - len(lines),
        rows=[_row(line) for line in belonging],
        definitions=definitions("complaint_register"),
    )
    check(figures)
    return figures


def petitions(complaints: Sequence[ComplaintFact], period: Period, jurisdiction: Jurisdiction) -> Petitions:
    """The counts alone, for the violation summary."""
    figures = register(complaints, period, jurisdiction)
    return Petitions(totals=figures["totals"], by_kind=figures["by_kind"])


def check(figures: RegisterFigures) -> None:
    """Compare the kinds with the total, and the total with itself (01/XLĐ: 1 = carried over + received).

    :raises DisagreementError: at the first two numbers that differ.
    """
    totals, rows = figures["totals"], figures["by_kind"]
    add_up(
        (
            ("carried over", sum(row["carried_over"] for row in rows), totals["carried_over"]),
            ("received", sum(row["received"] for row in rows), totals["received"]),
            ("finished", sum(row["finished"] for row in rows), totals["finished"]),
            ("carried over and received", totals["carried_over"] + totals["received"], totals["total"]),
            ("finished and in hand", totals["finished"] + totals["in_hand"], totals["total"]),
            ("by field", sum(row["count"] for row in figures["by_field"]), totals["total"]),
            ("by channel", sum(row["count"] for row in figures["by_channel"]), totals["total"]),
            ("by status", sum(row["count"] for row in figures["by_status"]), totals["total"]),
            ("lines", len(figures["rows"]) - figures["voided"], totals["total"]),
        )
    )


def _ended(fact: ComplaintFact) -> date | None:
    """The day a case ended. An end whose day nobody knows is taken to be the day of receipt."""
    if fact.status not in ENDS:
        return None
    return fact.settled_on or fact.ended_on or fact.received_on


def _belongs(fact: ComplaintFact, period: Period) -> bool:
    if fact.received_on > period.last:
        return False
    ended = _ended(fact)
    return fact.received_on >= period.first or ended is None or ended >= period.first


def _line(fact: ComplaintFact, period: Period) -> _Line:
    ended = _ended(fact)
    finished = ended is not None and ended <= period.last
    late = None
    if finished and fact.status == "settled" and fact.due_on and fact.settled_on:
        late = fact.settled_on > fact.due_on
    return _Line(fact, carried_over=fact.received_on < period.first, finished=finished, late=late)


def _kind(key: str, name_vi: str, name_en: str, lines: Sequence[_Line], period: Period) -> KindRow:
    settled = [line for line in lines if line.finished and line.fact.status == "settled"]
    outcomes = Counter(line.fact.outcome for line in settled)
    in_hand = [line for line in lines if not line.finished]
    return KindRow(
        key=key,
        name_vi=name_vi,
        name_en=name_en,
        carried_over=sum(1 for line in lines if line.carried_over),
        received=sum(1 for line in lines if not line.carried_over),
        total=len(lines),
        finished=sum(1 for line in lines if line.finished),
        in_hand=len(in_hand),
        overdue=sum(1 for line in in_hand if line.fact.due_on and line.fact.due_on <= period.last),
        settled=len(settled),
        right=outcomes["right"],
        wrong=outcomes["wrong"],
        partly=outcomes["partly"],
        on_time=sum(1 for line in settled if line.late is False),
        late=sum(1 for line in settled if line.late),
    )


def _counts(names: dict[str, tuple[str, str]], keys: Sequence[str]) -> list[Count]:
    counts = Counter(keys)
    return [Count(key=key, name_vi=vi, name_en=en, count=counts[key]) for key, (vi, en) in names.items()]


def _channels(keys: Sequence[str]) -> list[Count]:
    """Every channel, and that of the field where something came by it: registers issued before it was told apart have
    no line for it."""
    return [row for row in _counts(CHANNELS, keys) if row["count"] or row["key"] != "on_site"]


def _sort_number(fact: ComplaintFact) -> tuple[int, int]:
    return fact.register_year or fact.received_on.year, fact.register_number or 0


def _row(line: _Line) -> RegisterRow:
    fact = line.fact
    return RegisterRow(
        number=f"{fact.register_number:02d}/{fact.register_year}" if fact.register_number else "",
        carried_over=line.carried_over,
        received_on=short_date(fact.received_on),
        channel=_channel(fact),
        petitioner=_petitioner(fact),
        subject="; ".join(part for part in (fact.subject_name, fact.unit_name) if part),
        kind=KINDS[fact.petition_kind][0],
        field=FIELDS[fact.field][0],
        summary=fact.summary,
        handling=_handling(fact),
        due_on=short_date(fact.due_on) if fact.due_on else "",
        result=_result(line),
        note="; ".join(
            part for part in ("Có lượt kiểm tra theo đơn" if fact.triggered_visit else "", fact.note) if part
        ),
    )


def _channel(fact: ComplaintFact) -> str:
    words = CHANNELS[fact.channel][0]
    if fact.channel != "forwarded" or not fact.forwarded_by:
        return words
    number = f", số {fact.forwarded_number}" if fact.forwarded_number else ""
    day = f" ngày {short_date(fact.forwarded_on)}" if fact.forwarded_on else ""
    return f"{fact.forwarded_by} chuyển đến{number}{day}"


def _petitioner(fact: ComplaintFact) -> str:
    if fact.petition_kind == "denunciation":
        return "Không rõ người gửi" if fact.petitioner_type == "anonymous" else SECRET
    match fact.petitioner_type:
        case "anonymous":
            return "Không rõ người gửi"
        case "several":
            return f"Nhiều người ký ({fact.people} người)" if fact.people else "Nhiều người ký"
        case _:
            return "Một người ký"


def _handling(fact: ComplaintFact) -> str:
    if fact.status == "refused" or fact.refusal_reason:
        number = f" ({fact.refusal_number})" if fact.refusal_number else ""
        return f"Không thụ lý{number}: {fact.refusal_reason or 'chưa ghi lý do'}"
    if fact.accepted_on:
        number = f", số {fact.acceptance_number}" if fact.acceptance_number else ""
        return f"Thụ lý ngày {short_date(fact.accepted_on)}{number}"
    if fact.status in {"transferred", "guided", "filed", "withdrawn"}:
        return STATUSES[fact.status][0]
    return "Đang xem xét" if fact.status == "received" else ""


def _result(line: _Line) -> str:
    fact = line.fact
    if fact.voided:
        return "Đã hủy khỏi sổ"
    if not line.finished:
        return "Chưa giải quyết xong"
    if fact.status != "settled":
        return STATUSES[fact.status][0]
    parts = [f"Đã giải quyết ngày {short_date(fact.settled_on)}" if fact.settled_on else "Đã giải quyết"]
    if fact.decision_number:
        parts.append(f"số {fact.decision_number}")
    if fact.outcome:
        parts.append(f"{KINDS[fact.petition_kind][0].lower()} {OUTCOMES[fact.outcome]}")
    if line.late:
        parts.append("quá hạn")
    return ", ".join(parts)
