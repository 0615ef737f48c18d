"""Reading the values of a workbook: a header row, then rows of texts, numbers and days."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from inspection.workbooks.archive import BROKEN, Limits, survey
from inspection.workbooks.faults import Fault, WorkbookError, fault

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|_x00[01][0-9A-Fa-f]_")
Value = str | Decimal | bool | date


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where it stands. A text is in NFC, without spaces around it; a number is exact; a day is a
    :class:`~datetime.date`."""

    at: str
    value: Value

    @property
    def text(self) -> str:
        """The value as a person reads it: 12.0 is "12", a day is ISO."""
        match self.value:
            case bool():
                return "TRUE" if self.value else "FALSE"
            case Decimal():
                return f"{self.value.normalize():f}"
            case date():
                return self.value.isoformat()
            case _:
                return self.value


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that hold something, by the header of their column; ``number`` as Excel counts."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, header: str) -> str:
        """What stands under ``header``; empty where nothing does."""
        cell = self.cells.get(header)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its headers (first row, in NFC) with the letters of their columns, and the rows below that are not
    empty."""

    name: str
    headers: Mapping[str, str]
    rows: tuple[Row, ...]

    def at(self, row: Row, header: str) -> str:
        """The address of the cell of ``row`` under ``header``, whether or not it holds something; the whole row when
        there is no such column."""
        letter = self.headers.get(header)
        return f"{letter}{row.number}" if letter else f"{row.number}:{row.number}"


def read_workbook(content: bytes, limits: Limits | None = None) -> dict[str, Sheet]:
    """The sheets of a workbook by name, in their order; hidden ones too.

    :raises WorkbookError: with every fault of form: no workbook, too large, formulas, merged cells, error values,
        texts too long, two columns of one name.
    """
    faults: list[Fault] = []
    sheets = look_into(content, limits or Limits(), faults)
    if faults:
        raise WorkbookError(faults)
    return sheets


def look_into(content: bytes, limits: Limits, faults: list[Fault]) -> dict[str, Sheet]:
    """The sheets of a workbook, with the values that formulas showed last, for a reader that has more to say of it;
    faults of form are added to ``faults``.

    :raises WorkbookError: when it is no workbook, or one too large to be read.
    """
    shapes = survey(content, limits, faults)
    sheets: dict[str, Sheet] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts that it leaves out, such as validations
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for worksheet in book.worksheets:
                worksheet.reset_dimensions()
                shape = shapes.get(worksheet.title)
                rows = (
                    worksheet.iter_rows(values_only=True, max_row=shape.rows, max_col=shape.columns)
                    if shape and shape.rows
                    else iter(())
                )
                sheets[worksheet.title] = _sheet(worksheet.title, rows, limits, faults)
            book.close()
    except (*BROKEN, TypeError, AttributeError, IndexError):
        raise WorkbookError([fault("not_a_workbook")]) from None
    return sheets


def columns_of(
    sheet: Sheet, name_of: Callable[[str], str | None], needed: Mapping[str, str], faults: list[Fault]
) -> dict[str, str]:
    """The header in this workbook of each column that ``name_of`` knows. Columns that it does not know, that stand
    twice, or of ``needed`` (by name, as they are called) are missing, are noted in ``faults``."""
    found: dict[str, str] = {}
    for header, letter in sheet.headers.items():
        name = name_of(header)
        if name is None:
            faults.append(fault("unknown_column", sheet.name, f"{letter}1", name=header))
        elif name in found:
            faults.append(fault("repeated_column", sheet.name, f"{letter}1", name=header))
        else:
            found[name] = header
    faults += [
        fault("missing_column", sheet.name, name=called)
        for name, called in needed.items()
        if name not in found
    ]
    return found


def _sheet(name: str, lines: Iterator[tuple[Any, ...]], limits: Limits, faults: list[Fault]) -> Sheet:
    headers: dict[str, str] = {}
    letters: dict[str, str] = {}
    nameless: dict[str, None] = {}
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = {}
        for column, value in enumerate(line, start=1):
            letter = get_column_letter(column)
            cell = _cell(name, f"{letter}{number}", value, limits, faults)
            if cell is not None:
                cells[letter] = cell
        if number == 1:
            headers = _headers(name, cells, faults)
            letters = {letter: cell.text for letter, cell in cells.items()}
        elif cells:
            rows.append(Row(number, {letters[at]: cell for at, cell in cells.items() if at in letters}))
            nameless |= dict.fromkeys(at for at in cells if at not in letters)
    faults += [fault("no_header", name, f"{letter}1", name=letter) for letter in nameless]
    return Sheet(name, headers, tuple(rows))


def _headers(name: str, cells: Mapping[str, Cell], faults: list[Fault]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for letter, cell in cells.items():
        if cell.text in headers:
            faults.append(fault("repeated_column", name, f"{letter}1", name=cell.text))
        headers.setdefault(cell.text, letter)
    return headers


def _cell(sheet: str, at: str, value: object, limits: Limits, faults: list[Fault]) -> Cell | None:
    match value:
        case None:
            return None
        case bool() | date() if not isinstance(value, datetime):
            return Cell(at, value)
        case datetime():
            return Cell(at, value.date() if value.time() == datetime.min.time() else value.isoformat(" "))
        case int() | float():
            return Cell(at, Decimal(str(value)))
        case str():
            return _text(sheet, at, value, limits, faults)
        case _:
            return Cell(at, str(value))


def _text(sheet: str, at: str, value: str, limits: Limits, faults: list[Fault]) -> Cell | None:
    if value.startswith("#") and value.endswith(("!", "?", "#N/A")):
        faults.append(fault("error_value", sheet, at, value=value))
    if CONTROL.search(value):
        faults.append(fault("control_character", sheet, at))
    text = unicodedata.normalize("NFC", value).strip()
    if len(text) > limits.text:
        faults.append(fault("too_long", sheet, at, most=limits.text))
    return Cell(at, text) if text else None
