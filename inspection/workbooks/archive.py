"""The outside of a workbook: which sheets it has and how large they are, before anything is built from them.

A workbook is a zip archive of XML files. A few kilobytes can unpack to gigabytes, a sheet can claim a million columns,
and a library that builds cells first and asks later fills the memory. So each sheet's XML is walked once, element by
element, and its size, formulas and merged cells are known before its values are read.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from inspection.workbooks.faults import Fault, WorkbookError, fault

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ENTRIES = 500
"""Files in the archive; a workbook of a hundred sheets has fewer."""
OLD = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97–2003 begin."""
NAMED_FAULTS = 20
"""Formulas or merged cells that are named one by one in a sheet: who pasted a thousand needs no list of them."""

BROKEN = (zipfile.BadZipFile, SyntaxError, DefusedXmlException, KeyError, ValueError, EOFError, OSError,
          NotImplementedError, RuntimeError, CellCoordinatesException, zlib.error)  # fmt: skip
"""What reading a file raises that is no workbook: a broken or encrypted archive, broken or dangerous XML (both parsers
call that an error of syntax)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be. ``unpacked`` in bytes, ``text`` in characters a cell."""

    sheets: int = 10
    rows: int = 20_000
    columns: int = 100
    text: int = 8_000
    unpacked: int = 60_000_000


def unpacked_size(archive: zipfile.ZipFile, limits: Limits) -> int:
    """The size the archive says it has. What it really unpacks to is bounded by the reading of each file, because zip
    refuses bytes past the size that is written there.

    :raises WorkbookError: above the limit.
    """
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked or len(entries) > ENTRIES:
        raise WorkbookError([fault("too_large", largest=limits.unpacked // 1_000_000)])
    return total


@dataclass(frozen=True, slots=True)
class Shape:
    """The last row and the last column of a sheet that hold something; what is only formatted does not count."""

    rows: int
    columns: int


def survey(content: bytes, limits: Limits, faults: list[Fault]) -> dict[str, Shape]:
    """The shape of every sheet of the workbook in ``content``; formulas and merged cells are added to ``faults``.

    :raises WorkbookError: when it is no workbook, or one too large to be read.
    """
    if content.startswith(OLD):
        raise WorkbookError([fault("old_workbook")])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked_size(archive, limits)
            sheets = list(_sheets(archive))
            if not sheets:
                raise WorkbookError([fault("not_a_workbook")])
            if len(sheets) > limits.sheets:
                raise WorkbookError([fault("too_many_sheets", most=limits.sheets)])
            too_large: list[Fault] = []
            shapes = {name: _shape(archive, name, path, limits, faults, too_large) for name, path in sheets}
    except BROKEN:
        raise WorkbookError([fault("not_a_workbook")]) from None
    if too_large:
        raise WorkbookError([*too_large, *faults])
    return shapes


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and path of every sheet."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = targets[sheet.get(RELATION)]
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        yield sheet.get("name", ""), posixpath.normpath(path)


def _shape(
    archive: zipfile.ZipFile,
    name: str,
    path: str,
    limits: Limits,
    faults: list[Fault],
    too_large: list[Fault],
) -> Shape:
    seen = {"formula": 0, "merged": 0}
    rows = columns = 0
    with archive.open(path) as stream:
        for what, row, column, at in _contents(stream):
            if what in seen:
                seen[what] += 1
                if seen[what] <= NAMED_FAULTS:
                    faults.append(fault(what, name, at))
                continue
            rows, columns = row, max(columns, column)
            if rows > limits.rows + 1:
                too_large.append(fault("too_many_rows", name, most=limits.rows))
                break
    if columns > limits.columns:
        too_large.append(fault("too_many_columns", name, most=limits.columns))
    return Shape(rows, columns)


def _contents(stream: IO[bytes]) -> Iterator[tuple[str, int, int, str]]:
    """Walk one sheet and forget each element as soon as it is told: cells that hold something, formulas and merged
    cells, each with its row, its column and its address."""
    row = column = 0
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        tag = element.tag.removeprefix(MAIN)
        if event == "start" and tag == "row":
            row, column = _number(element.get("r")) or row + 1, 0
        elif event == "start" and tag == "c":
            column = _column(element.get("r")) or column + 1
        elif event == "end" and tag == "f":
            yield "formula", row, column, f"{get_column_letter(column)}{row}"
        elif event == "end" and tag == "mergeCell":
            yield "merged", row, column, element.get("ref") or ""
        elif event == "end" and tag == "c" and len(element):
            yield "cell", row, column, ""
        if event == "end" and tag in {"c", "row", "mergeCell"}:
            element.clear()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _column(address: str | None) -> int:
    """The column's number from 1; 0 for a cell without an address, which stands right of the one before it.

    :raises ValueError: when the address is none.
    """
    return column_index_from_string(coordinate_from_string(address)[0]) if address else 0
