"""A document's tables as an Excel workbook: one sheet a table, numbers as numbers, headings that stay and
filter.

Text is written as text even when it looks like a formula: what an inspector typed must not compute on the
desk of whoever opens the file.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from inspection.documents.archive import repacked
from inspection.documents.codes import as_png
from inspection.documents.model import SEAL_WORDS, Cell, ColumnKind, Document, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
STREAMED = OPTIONS | {"in_memory": False, "constant_memory": True}
"""A row leaves the memory as it is written, and texts stand in their cells instead of a list of all texts."""

STREAMED_FROM = 10_000
"""Lines from which a workbook is streamed. Shorter ones keep the form in which they have always been printed."""

COVER = "Báo cáo"
SEAL_SCALE = 0.4
FIRST_ROW = 2
"""Tables start on the third line, under their title."""


def render(document: Document) -> bytes:
    """The bytes of the workbook."""
    target = io.BytesIO()
    streamed = any(len(table.rows) >= STREAMED_FROM for table in document.tables())
    book = xlsxwriter.Workbook(target, STREAMED if streamed else OPTIONS)
    plain: datetime = document.moment.replace(tzinfo=None)
    book.set_properties({"title": document.title, "author": document.issuer.short_name, "created": plain})
    formats = {
        name: book.add_format({"font_name": "Times New Roman", "font_size": 12, **style})
        for name, style in STYLES.items()
    }
    _cover(book.add_worksheet(COVER), document, formats)
    for table in document.tables():
        _sheet(book.add_worksheet(table.key), table, formats)
    book.close()
    return repacked(target.getvalue(), document.moment)


EDGED = {"border": 1, "valign": "vcenter"}
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {"text_wrap": True, "valign": "top"},
    "note": {"italic": True},
    "heading": {**EDGED, "bold": True, "align": "center", "text_wrap": True},
    "text": {**EDGED, "text_wrap": True},
    "mark": {**EDGED, "align": "center"},
    "whole": {**EDGED, "num_format": "#,##0"},
    "rate": {**EDGED, "num_format": "0.0"},
    "text strong": {**EDGED, "text_wrap": True, "bold": True},
    "mark strong": {**EDGED, "align": "center", "bold": True},
    "whole strong": {**EDGED, "num_format": "#,##0", "bold": True},
    "rate strong": {**EDGED, "num_format": "0.0", "bold": True},
}


def _cover(sheet: Any, document: Document, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, " ".join(document.issuer.body), formats["title"])
    issued = document.reference.removeprefix(document.type_name.capitalize()) if document.issued_on else ""
    sheet.write_string(1, 0, f"{document.type_name}{issued}", formats["title"])
    sheet.write_string(2, 0, document.subject, formats["title"])
    sheet.write_string(3, 0, document.small_print, formats["plain"])
    for line, table in enumerate(document.tables(), 5):
        sheet.write_url(line, 0, f"internal:'{table.key}'!A1", formats["plain"], table.title)
    if document.seal:
        code = {"image_data": io.BytesIO(as_png(document.seal)), "description": SEAL_WORDS}
        scale = {"x_scale": SEAL_SCALE, "y_scale": SEAL_SCALE, "object_position": 3}
        sheet.insert_image(6 + len(document.tables()), 0, "seal.png", {**code, **scale})


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, table.title, formats["title"])
    last_column = len(table.columns) - 1
    for index, (column, width) in enumerate(zip(table.columns, _widths(table), strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(FIRST_ROW, index, column.heading, formats["heading"])
    for line, row in enumerate(table.rows):
        strong = " strong" if line in table.strong else ""
        for index, cell in enumerate(row):
            _cell(sheet, FIRST_ROW + 1 + line, index, cell, table.columns[index].kind, strong, formats)
    last_row = FIRST_ROW + max(len(table.rows), 1)
    if table.rows:
        sheet.autofilter(FIRST_ROW, 0, last_row, last_column)
    else:
        sheet.write_string(FIRST_ROW + 1, 0, table.empty, formats["note"])
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    if table.note:
        sheet.write_string(last_row + 2, 0, table.note, formats["note"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW)


def _cell(
    sheet: Any, row: int, column: int, cell: Cell, kind: ColumnKind, strong: str, formats: dict[str, Any]
) -> None:
    name = "mark" if kind is ColumnKind.MARK else "text"
    match cell:
        case None | "":
            sheet.write_blank(row, column, None, formats[name + strong])
        case Decimal():
            sheet.write_number(row, column, float(cell), formats[f"rate{strong}"])
        case int():
            style = "mark" if kind is ColumnKind.MARK else "whole"
            sheet.write_number(row, column, cell, formats[style + strong])
        case str():
            sheet.write_string(row, column, cell, formats[name + strong])


def _widths(table: Table) -> list[float]:
    """Of each column, wide enough for the longest text, within reason; a heading wraps."""
    longest = [0] * len(table.columns)
    for row in table.rows:
        for index, cell in enumerate(row):
            if cell is not None:
                longest[index] = max(longest[index], len(str(cell)))
    least = [12 if column.kind is ColumnKind.NUMBER else 6 for column in table.columns]
    return [float(min(60, max(text + 2, number))) for text, number in zip(longest, least, strict=True)]
