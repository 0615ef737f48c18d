"""The register of establishments as a workbook in the columns of the import, so that it can go out, be worked on and
come back."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal

import xlsxwriter

from inspection.places.importing.comparing import Known
from inspection.places.importing.vocabulary import COLUMNS, RECORD, REQUIRED, Vocabulary

OPTIONS = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = {RECORD: 12, "name": 34, "address": 40, "owner": 24, "unit": 20}
LAST_ROW = 20_000


def write_workbook(vocabulary: Vocabulary, known: Iterable[Known], language: int) -> bytes:
    """The rows of ``known`` under the headers of ``language`` (0 Vietnamese, 1 English), with lists to choose from
    where a column takes only some values. Without rows it is an empty form."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    sheet = book.add_worksheet("Cơ sở" if language == 0 else "Establishments")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    lists = book.add_worksheet("Danh mục" if language == 0 else "Lists")
    for at, field in enumerate(COLUMNS):
        star = "*" if field in REQUIRED else ""
        sheet.write_string(0, at, vocabulary.labels[field][language] + star, heading)
        sheet.set_column(at, at, WIDTHS.get(field, 16), text)
        if offered := _offered(vocabulary, field, language):
            lists.write_string(0, at, vocabulary.labels[field][language], heading)
            lists.write_column(1, at, offered)
            column = xlsxwriter.utility.xl_col_to_name(at)
            source = f"='{lists.get_name()}'!${column}$2:${column}${len(offered) + 1}"
            sheet.data_validation(1, at, LAST_ROW, at, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 2)
    count = 0
    for count, one in enumerate(known, start=1):
        for at, field in enumerate(COLUMNS):
            _write(sheet, count, at, _shown(vocabulary, one, field, language))
    sheet.autofilter(0, 0, max(count, 1), len(COLUMNS) - 1)
    book.close()
    return target.getvalue()


def _offered(vocabulary: Vocabulary, field: str, language: int) -> list[str]:
    if field == "unit":
        return [names[0] for names in vocabulary.units.values()]
    return [words[language] for words in vocabulary.choices.get(field, {}).values()]


def _shown(vocabulary: Vocabulary, one: Known, field: str, language: int) -> object:
    if field == RECORD:
        return str(one.record)
    value = one.values.get(field)
    if value is None:
        return None
    if field == "unit":
        return vocabulary.units.get(uuid.UUID(str(value)), (str(value),))[0]
    if field in vocabulary.choices:
        key = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        words: Mapping[str, tuple[str, str]] = vocabulary.choices[field]
        return words[key][language] if key in words else key
    return Decimal(str(value)) if field in ("latitude", "longitude") else value


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value))
    elif value is not None:
        sheet.write_string(row, column, str(value))
