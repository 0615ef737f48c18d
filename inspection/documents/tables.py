"""Building the tables of a document: a column in a word, lines numbered from one, the total last and bold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from inspection.documents.model import Cell, Column, ColumnKind, Table

ORDINAL = "TT"
"""The heading over the numbers of the lines (thứ tự)."""


def text(heading: str, width: float = 1.0) -> Column:
    """A column of words."""
    return Column(heading, ColumnKind.TEXT, width)


def number(heading: str, width: float = 1.0) -> Column:
    """A column of counts, money or shares."""
    return Column(heading, ColumnKind.NUMBER, width)


def mark(heading: str, width: float = 1.0) -> Column:
    """A narrow column of ordinals, days or single words, set in the middle."""
    return Column(heading, ColumnKind.MARK, width)


def cells(row: Mapping[str, object], *names: str) -> tuple[Cell, ...]:
    """The values of a line by their names, in the order of the columns."""
    return tuple(cast(Cell, row[name]) for name in names)


def numbered(
    key: str,
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    ordinal: float = 0.4,
    note: str = "",
    empty: str = "",
    small: bool = False,
    names: bool = False,
    counted: int | None = None,
) -> Table:
    """A table whose lines are numbered; ``columns`` and ``rows`` are those beside the number, ``total`` the line that
    has none. The rest is as :class:`~inspection.documents.model.Table` says; ``counted`` counts the number in."""
    lines: list[tuple[Cell, ...]] = [(position, *row) for position, row in enumerate(rows, 1)]
    if total is not None:
        lines.append(("", *total))
    return Table(
        key=key,
        title=title,
        columns=(mark(ORDINAL, ordinal), *columns),
        rows=tuple(lines),
        strong=frozenset() if total is None else frozenset({len(lines) - 1}),
        note=note,
        empty=empty,
        small=small,
        names=names,
        counted=counted,
    )
