"""One small builder serves every table of every document."""

from __future__ import annotations

from inspection.documents.model import ColumnKind
from inspection.documents.tables import cells, mark, number, numbered, text

COLUMNS = (text("Cơ quan", 4), number("Số lượt"), mark("Ngày", 0.5))


def test_lines_are_numbered_from_one_and_the_total_is_last_without_a_number() -> None:
    table = numbered(
        "Biểu", "Biểu 1", COLUMNS, [("Công an", 2, "01/7"), ("Y tế", 0, "")], total=("Tổng số", 2, "")
    )
    assert [column.heading for column in table.columns] == ["TT", "Cơ quan", "Số lượt", "Ngày"]
    assert [column.kind for column in table.columns] == [
        ColumnKind.MARK,
        ColumnKind.TEXT,
        ColumnKind.NUMBER,
        ColumnKind.MARK,
    ]
    assert table.rows == ((1, "Công an", 2, "01/7"), (2, "Y tế", 0, ""), ("", "Tổng số", 2, ""))
    assert table.strong == {2}


def test_a_table_without_lines_has_none_and_a_total_alone_is_bold() -> None:
    assert numbered("Biểu", "Biểu 1", COLUMNS, (), empty="Không có.").rows == ()
    assert numbered("Biểu", "Biểu 1", COLUMNS, (), total=("Tổng số", 0, "")).strong == {0}


def test_values_come_in_the_order_of_the_columns_and_nothing_stays_nothing() -> None:
    assert cells({"a": 1, "b": None, "c": "x"}, "c", "a", "b") == ("x", 1, None)
