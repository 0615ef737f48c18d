"""A workbook of very many lines is written line by line: no more of it is in memory than the lines at hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakSet

import openpyxl
import pytest

from inspection.documents import xlsx
from inspection.documents.model import Cell, Column, Document, Lines, Table
from inspection.reports.documents import compose
from inspection.reports.register import register
from tests.reports.samples import CIRCUMSTANCES, COMPLAINTS, DISTRICT, QUARTER

LINES = 300
BOOK = compose.complaint_register(register(COMPLAINTS, QUARTER, DISTRICT), CIRCUMSTANCES)


class Word(str):  # noqa: SLOT000 - without a place for weak references it could not be followed
    """A text whose life can be followed."""


def long(made: Callable[[int], tuple[Cell, ...]]) -> Document:
    table = Table("Sổ dài", "Sổ dài", (Column("Tên"), Column("Số")), Lines(range(LINES), made), note="Hết.")
    return replace(BOOK, blocks=(table,))


def cells(content: bytes) -> list[list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_lines_leave_the_memory_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "STREAMED_FROM", LINES)
    alive: WeakSet[Word] = WeakSet()
    most = 0

    def made(number: int) -> tuple[Cell, ...]:
        nonlocal most
        name = Word(f"Cơ sở {number}")
        alive.add(name)
        most = max(most, len(alive))
        return name, number

    content = xlsx.render(long(made))
    assert most <= 3
    assert content == xlsx.render(long(made))


def test_a_streamed_workbook_says_what_another_would(monkeypatch: pytest.MonkeyPatch) -> None:
    document = long(lambda number: (f"Cơ sở {number}", number))
    whole = xlsx.render(document)
    monkeypatch.setattr(xlsx, "STREAMED_FROM", LINES)
    streamed = xlsx.render(document)
    assert streamed != whole
    assert cells(streamed) == cells(whole)
    assert cells(whole)[1][FIRST_LINE + LINES - 1] == (f"Cơ sở {LINES - 1}", LINES - 1)


FIRST_LINE = xlsx.FIRST_ROW + 1
