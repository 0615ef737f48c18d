"""The tables of the complaint register, from its figures, and the definitions that both reports end with. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from inspection.documents.model import Cell, Column, ColumnKind, Lines, Table
from inspection.reports.register import RegisterFigures, RegisterRow
from inspection.reports.shapes import Definition

TEXT, NUMBER, MARK = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.MARK


def petition_counts(figures: RegisterFigures) -> Table:
    """Petitions by kind; a kind nobody wrote stands there with zeros."""
    rows = [*figures["by_kind"], figures["totals"]]
    return Table(
        key="Tổng hợp",
        title="Tổng hợp đơn theo loại",
        columns=(
            Column("Loại đơn", TEXT, 2),
            Column("Kỳ trước chuyển sang", NUMBER),
            Column("Tiếp nhận trong kỳ", NUMBER),
            Column("Tổng số", NUMBER),
            Column("Đã xử lý xong", NUMBER),
            Column("Đang xử lý", NUMBER),
            Column("Trong đó: đến hạn", NUMBER),
            Column("Đã giải quyết", NUMBER),
            Column("Đúng", NUMBER),
            Column("Sai", NUMBER),
            Column("Đúng một phần", NUMBER),
            Column("Đúng hạn", NUMBER),
            Column("Quá hạn", NUMBER),
        ),
        rows=tuple(
            (
                row["name_vi"],
                row["carried_over"],
                row["received"],
                row["total"],
                row["finished"],
                row["in_hand"],
                row["overdue"],
                row["settled"],
                row["right"],
                row["wrong"],
                row["partly"],
                row["on_time"],
                row["late"],
            )
            for row in rows
        ),
        strong=frozenset({len(rows) - 1}),
        small=True,
    )


def book(figures: RegisterFigures) -> Table:
    """The lines of the register."""
    return Table(
        key="Sổ theo dõi đơn",
        title="Sổ theo dõi đơn",
        columns=(
            Column("Số", MARK, 1.15),
            Column("Ngày nhận", MARK, 1.3),
            Column("Nguồn đơn", TEXT, 1.2),
            Column("Người gửi", TEXT, 1),
            Column("Đối tượng, địa bàn", TEXT, 1.5),
            Column("Loại đơn; lĩnh vực", TEXT, 1.2),
            Column("Nội dung", TEXT, 2.8),
            Column("Xử lý", TEXT, 1.5),
            Column("Hạn", MARK, 1.3),
            Column("Kết quả", TEXT, 1.5),
            Column("Ghi chú", TEXT, 1.1),
        ),
        rows=Lines(figures["rows"], _line),
        empty="Trong kỳ không có đơn.",
        small=True,
    )


def _line(row: RegisterRow) -> tuple[Cell, ...]:
    return (
        row["number"],
        row["received_on"],
        row["channel"],
        row["petitioner"],
        row["subject"],
        f"{row['kind']}; {row['field'][:1].lower()}{row['field'][1:]}",
        row["summary"],
        row["handling"],
        row["due_on"],
        row["result"],
        "; ".join(_filled(("Kỳ trước chuyển sang" if row["carried_over"] else "", row["note"]))),
    )


def _filled(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]


def explained(definitions: dict[str, Definition]) -> Table:
    """How the figures are counted."""
    return Table(
        key="Cách tính",
        title="Cách tính số liệu",
        columns=(Column("Số liệu", TEXT, 1.4), Column("Cách tính", TEXT, 5)),
        rows=tuple((words["name_vi"], words["vi"]) for words in definitions.values()),
        small=True,
    )
