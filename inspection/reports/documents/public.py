"""The edition of a summary that may be shown to anybody: nobody is named, and no number is so small that it points to a
person (a household's shop is its owner). Pure.

In a table by place or kind, a line with fewer than :data:`FEWEST` establishments keeps only how many there were; where
that is the only such line, the next smallest keeps no more, or the total would give it away. Lists of names are left
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inspection.documents.model import Bars, Block, Cell, Document, Paragraph, Table

FEWEST = 3
HIDDEN = "…"
NOTE = "Ô có dấu … được che vì số cơ sở của dòng quá ít."
NAMELESS = "Bản công bố không nêu tên."


def public(document: Document) -> Document:
    """The same document without names and without cells that point to somebody."""
    annexes = tuple(replace(annex, blocks=_blocks(annex.blocks)) for annex in document.annexes)
    return replace(document, blocks=_blocks(document.blocks), annexes=annexes)


def _blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A chart by place would show what the table hides, so it is left out."""
    shown = (block for block in blocks if not isinstance(block, Bars))
    return tuple(_table(block) if isinstance(block, Table) else block for block in shown)


def _table(table: Table) -> Table:
    if table.names:
        return replace(table, rows=(), strong=frozenset(), empty=NAMELESS)
    if table.counted is None:
        return table
    counts = {
        index: count
        for index, row in enumerate(table.rows)
        if index not in table.strong and isinstance(count := row[table.counted], int) and count
    }
    small = sorted((index for index, count in counts.items() if count < FEWEST), key=counts.__getitem__)
    if not small:
        return table
    if len(small) == 1:
        others = sorted((index for index in counts if index not in small), key=counts.__getitem__)
        small += others[:1]
    rows = tuple(
        _hidden(row, table.counted) if index in small else row for index, row in enumerate(table.rows)
    )
    return replace(table, rows=rows, note=f"{table.note} {NOTE}".strip())


def _hidden(row: tuple[Cell, ...], counted: int) -> tuple[Cell, ...]:
    """What follows the count of establishments, hidden."""
    return tuple(HIDDEN if at > counted and cell not in (None, "") else cell for at, cell in enumerate(row))


def petitions(total: int, received: int) -> list[Paragraph]:
    """What may be said of petitions: how many, unless they are too few."""
    if total == 0:
        words = "Trong kỳ không nhận được đơn thư khiếu nại, tố cáo, kiến nghị, phản ánh nào."
    elif received < FEWEST:
        words = "Trong kỳ có đơn khiếu nại, tố cáo, kiến nghị, phản ánh; số lượng được che vì quá ít."
    else:
        words = f"Trong kỳ tiếp nhận {received} đơn khiếu nại, tố cáo, kiến nghị, phản ánh."
    return [Paragraph(words, bullet=True)]
