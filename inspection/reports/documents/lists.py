"""The tables that name establishments, set the period beside others, or say what a revision changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from inspection.documents.model import Cell, Table
from inspection.documents.numbers import decimal, short_date
from inspection.documents.tables import mark, number, numbered, text
from inspection.reports.shapes import ComparedRow, Figures

COMPARED: tuple[tuple[str, str], ...] = (
    ("visits", "Số lượt kiểm tra"),
    ("establishments", "Số cơ sở được kiểm tra"),
    ("passed", "Số cơ sở đạt"),
    ("in_breach", "Số cơ sở có vi phạm"),
    ("violations", "Số vi phạm"),
    ("fines", "Số trường hợp phạt tiền"),
    ("fines_total", "Tổng số tiền phạt (đồng)"),
)
"""The lines of the comparison, and their columns in the figures."""


class Changed(Protocol):
    """A figure that a revision changed."""

    @property
    def name(self) -> str:
        """Which figure."""
        ...

    @property
    def before(self) -> int | None:
        """What it was in the revision before; none where there was no such figure."""
        ...

    @property
    def now(self) -> int | None:
        """What it is now; none where there is no such figure any more."""
        ...

    @property
    def visits(self) -> tuple[str, ...]:
        """The visits that changed it, in words."""
        ...


def comparison(figures: Figures) -> Table:
    """This period beside the one before and that of a year ago, with the difference in per cent."""
    now, *earlier = figures["comparison"]
    campaigns = any(row["key"] == "last_campaign" for row in earlier)
    columns = [text("Chỉ tiêu", 2.4), number("Đợt này" if campaigns else "Kỳ này", 1.2)]
    for row in earlier:
        columns += [number(_period(row), 1.3), number("Tăng, giảm (%)", 1)]
    lines: list[tuple[Cell, ...]] = []
    for key, words in COMPARED:
        cells: list[Cell] = [words, _value(now, key)]
        for row in earlier:
            cells += [_value(row, key), difference(_value(now, key), _value(row, key))]
        lines.append(tuple(cells))
    return Table(
        key="So sánh",
        title="Bảng 5. So sánh với đợt cùng dịp lần trước"
        if campaigns
        else "Bảng 5. So sánh với kỳ trước và cùng kỳ năm trước",
        columns=tuple(columns),
        rows=tuple(lines),
        note=f"Các {'đợt' if campaigns else 'kỳ'} được đếm lại tại cùng mốc niêm phong với báo cáo này;"
        f" {'đợt' if campaigns else 'kỳ'} so sánh bằng không thì không có tỷ lệ.",
    )


def difference(now: int, before: int) -> Decimal | None:
    """By how many per cent ``now`` is above ``before``, one decimal, half up; None where there was nothing."""
    if before == 0:
        return None
    return (Decimal(100 * (now - before)) / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _value(row: ComparedRow, key: str) -> int:
    value = row[key]  # type: ignore[literal-required]  # the keys are those of COMPARED
    assert isinstance(value, int)  # noqa: S101 - narrows for the type checker
    return value


def _period(row: ComparedRow) -> str:
    words = {"previous": "Kỳ trước", "last_year": "Cùng kỳ năm trước"}.get(row["key"], row["name_vi"])
    words = words[:1].upper() + words[1:]
    return f"{words} ({_day(row['first'])} – {_day(row['last'])})"


def repeat_offenders(figures: Figures) -> Table:
    """Establishments in breach more than once in twelve months."""
    return numbered(
        "Vi phạm nhiều lần",
        "Danh sách 1. Cơ sở vi phạm nhiều lần trong 12 tháng",
        (
            text("Cơ sở", 3),
            text("Địa bàn", 1.6),
            number("Số ngày có vi phạm"),
            number("Số vi phạm trong kỳ"),
            text("Các ngày", 2.6),
        ),
        (
            (
                row["name"] or "Cơ sở không rõ tên",
                row["unit"],
                row["breaches"],
                row["violations"],
                "; ".join(_day(day) for day in row["days"]),
            )
            for row in figures["repeat_offenders"]
        ),
        empty="Không có cơ sở nào.",
        small=True,
        names=True,
    )


def overdue_remedies(figures: Figures) -> Table:
    """What was to be put right and was not seen done."""
    on = figures["overdue_remedies"]["on"] if figures["schema"] > 2 else figures["period"]["last"]
    until = "ngày cuối kỳ" if on == figures["period"]["last"] else f"ngày {_day(on)}"
    return numbered(
        "Quá hạn khắc phục",
        f"Danh sách 2. Vi phạm quá hạn khắc phục đến {until}",
        (
            text("Cơ sở", 3),
            text("Mã hành vi", 1.1),
            mark("Ngày kiểm tra", 1.2),
            mark("Hạn khắc phục", 1.2),
            number("Số ngày quá hạn"),
        ),
        (
            (
                row["name"] or "Cơ sở không rõ tên",
                row["code"],
                _day(row["visited_on"]),
                _day(row["due_on"]),
                row["days"],
            )
            for row in figures["overdue_remedies"]["named"]
        ),
        empty="Không có vi phạm nào quá hạn khắc phục.",
        small=True,
        names=True,
    )


def commendable(figures: Figures) -> Table:
    """Establishments that may be commended."""
    return numbered(
        "Chấp hành tốt",
        "Danh sách 3. Cơ sở chấp hành tốt, đề nghị biểu dương",
        (
            text("Cơ sở", 3),
            text("Địa bàn", 2),
            number("Số lượt kiểm tra"),
        ),
        ((row["name"], row["unit"], row["visits"]) for row in figures["commendable"]),
        empty="Không có cơ sở nào đủ điều kiện.",
        small=True,
        names=True,
    )


def ended_units(figures: Figures) -> Table:
    """Units that are no more, and what took them in."""
    return Table(
        key="Đơn vị sáp nhập",
        title="Biểu 2a. Đơn vị hành chính đã kết thúc hiệu lực",
        columns=(
            text("Đơn vị tại ngày kiểm tra", 2),
            mark("Đến hết ngày", 1),
            number("Số lượt", 0.7),
            text("Nay thuộc", 3),
        ),
        rows=tuple(
            (row["name"], _day(row["valid_to"]), row["visits"], "; ".join(row["successors"]) or "Chưa rõ")
            for row in figures["ended_units"]
        ),
        note="Số liệu theo địa bàn tính theo đơn vị hành chính tại ngày kiểm tra.",
        small=True,
    )


def changes(changed: Sequence[Changed]) -> Table:
    """Every figure that a revision changed, with the visits that moved it."""
    return numbered(
        "Thay đổi",
        "Số liệu thay đổi so với bản trước",
        (
            text("Số liệu", 3),
            number("Bản trước", 1.1),
            number("Bản này", 1.1),
            text("Lượt kiểm tra làm thay đổi", 3),
        ),
        ((one.name, one.before, one.now, _named(one.visits)) for one in changed),
        empty="Không có số nào thay đổi.",
        small=True,
        names=True,
    )


MOST_NAMED = 8


def _named(visits: tuple[str, ...]) -> str:
    more = len(visits) - MOST_NAMED
    return "; ".join(visits[:MOST_NAMED]) + (f"; và {more} lượt khác" if more > 0 else "")


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


def percent_words(now: int, before: int) -> str:
    """ "tăng 12,5%", "giảm 3%", "không đổi"; by how many where there was nothing to compare with."""
    change = difference(now, before)
    if now == before:
        return "không đổi"
    word = "tăng" if now > before else "giảm"
    if change is None:
        return f"{word} {now - before}"
    return f"{word} {decimal(abs(change)).removesuffix(',0')}%"
