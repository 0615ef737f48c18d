"""The petition tables and the citizen-reception book as tables of a document. Pure.

The printed forms have up to 33 narrow columns and one line a reporting unit. For one unit they are printed lying
down: one line a column, with its number (mã số), so that they can be read and copied into the form without counting
columns.
"""

from __future__ import annotations

from decimal import Decimal

from inspection.documents.model import Cell, Column, ColumnKind, Table
from inspection.reports.petitions.reception import ReceptionBook
from inspection.reports.petitions.tables import PetitionTables, TableFigures

TEXT, NUMBER, MARK = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.MARK
MARKS = {"V": "đã đối chiếu với mẫu công bố", "V2": "theo nguồn thứ cấp, chưa đối chiếu với thông tư"}


def forms(figures: PetitionTables) -> list[Table]:
    """The eight forms."""
    return [_form(table) for table in figures["tables"]]


def book(figures: ReceptionBook) -> Table:
    """The twelve columns of Mẫu số 03."""
    return Table(
        key="Sổ tiếp công dân",
        title="Sổ tiếp công dân",
        columns=(
            Column("(1) STT", MARK, 0.6),
            Column("(2) Ngày tiếp", MARK, 1.2),
            Column("(3) Họ tên – Địa chỉ", TEXT, 1.5),
            Column("(4) CMND/Hộ chiếu", TEXT, 1.5),
            Column("(5) Nội dung vụ việc", TEXT, 2.6),
            Column("(6) Phân loại đơn / Số người", MARK, 1.1),
            Column("(7) Cơ quan đã giải quyết", TEXT, 1.3),
            Column("(8) Hướng xử lý: Thụ lý để giải quyết", MARK, 1),
            Column("(9) Hướng xử lý: Trả lại đơn và hướng dẫn", TEXT, 1.3),
            Column("(10) Hướng xử lý: Chuyển đơn", TEXT, 1.3),
            Column("(11) Theo dõi kết quả giải quyết", TEXT, 1.6),
            Column("(12) Ghi chú", TEXT, 1),
        ),
        rows=tuple(
            (
                row["number"],
                row["received_on"],
                row["person"],
                row["paper"],
                row["summary"],
                row["kind"],
                row["settled_by"],
                row["accepted"],
                row["guided"],
                row["transferred"],
                row["result"],
                row["note"],
            )
            for row in figures["rows"]
        ),
        empty="Trong kỳ không phát sinh lượt tiếp công dân.",
        small=True,
    )


def _form(table: TableFigures) -> Table:
    checks = f" Công thức đã kiểm tra: {'; '.join(table['checks'])}." if table["checks"] else ""
    return Table(
        key=table["key"].replace("/", "-"),
        title=f"Biểu {table['key']}. {table['name_vi']}",
        columns=(Column("Mã số", MARK, 0.6), Column("Chỉ tiêu", TEXT, 5), Column("Số liệu", NUMBER, 1.2)),
        rows=tuple((row["key"], row["name_vi"], _cell(row["value"])) for row in table["rows"]),
        note=f"Bố cục biểu: {MARKS[table['verified']]}.{checks}",
        small=True,
    )


def _cell(value: int | str) -> Cell:
    return Decimal(value) if isinstance(value, str) else value
