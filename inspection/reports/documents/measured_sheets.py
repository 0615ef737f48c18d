"""The tables of what was sampled and measured. Pure."""

from __future__ import annotations

from inspection.documents.model import Cell, Column, Table
from inspection.documents.tables import cells, mark, number, numbered, text
from inspection.reports.documents.sheets import rate
from inspection.reports.shapes import Figures, SampleRow


def samples(figures: Figures) -> Table:
    """Bảng 4: before its third edition the parts with their numbers, since then each part after its groups of
    indicators."""

    def line(row: SampleRow) -> tuple[Cell, ...]:
        return *cells(row, "name_vi", "total", "passed", "failed", "pending"), rate(row["share"])

    key, title, note = "Bảng 4", "Bảng 4. Kết quả kiểm nghiệm mẫu", "Tỷ lệ tính trên số mẫu đã có kết quả."
    columns: tuple[Column, ...] = (
        text("Loại", 3),
        number("Tổng số mẫu"),
        number("Đạt"),
        number("Không đạt"),
        number("Chưa có kết quả"),
        number("Tỷ lệ % không đạt"),
    )
    if figures["schema"] < 3:
        *rows, total = figures["samples"]
        return numbered(key, title, columns, map(line, rows), total=line(total), ordinal=0.5, note=note)
    split = _with_tests(figures)
    return Table(
        key=key,
        title=title,
        columns=(mark("TT", 0.5), *columns),
        rows=tuple(("", *line(row)) for row in split),
        strong=frozenset(place for place, row in enumerate(split) if "." not in row["key"]),
        note=note,
    )


def _with_tests(figures: Figures) -> list[SampleRow]:
    """Each part of Bảng 4 after the groups of indicators that it is the sum of."""
    rows: list[SampleRow] = []
    for part in figures["samples"]:
        rows += [row for row in figures["samples_by_test"] if row["part"] == part["key"]]
        rows.append(part)
    return rows


def instruments(figures: Figures) -> Table:
    """Measuring instruments by kind, and lots of prepackages."""
    packages = figures["packages"]
    found = "có kết luận không đạt" if packages["failed"] else "không lô nào bị kết luận không đạt"
    failed = f"{packages['failed']} lô {found}" if packages["failed"] else found
    counts = ("name_vi", "checked", "expired", "out_of_tolerance", "unjudged")
    *rows, total = figures["instruments"]
    return numbered(
        "Phương tiện đo",
        "Biểu 4b. Phương tiện đo được kiểm tra",
        (
            text("Loại phương tiện đo", 4),
            number("Đã kiểm tra"),
            number("Hết hạn, không có kiểm định", 1.4),
            number("Sai số vượt mức"),
            number("Chưa đủ số liệu"),
        ),
        (cells(row, *counts) for row in rows),
        total=cells(total, *counts),
        note=f"Hàng đóng gói sẵn: {packages['checked']} lô được kiểm tra, {failed}."
        if packages["checked"]
        else "",
        small=True,
    )
