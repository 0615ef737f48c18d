"""What a document consists of, whatever it is printed as (NĐ 30/2020/NĐ-CP, Phụ lục I). Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar, overload

from inspection.documents.issuers import Issuer
from inspection.documents.numbers import counted, decimal, long_date, whole

Cell: TypeAlias = str | int | Decimal | None
"""Text, a count or whole đồng, a share, or nothing."""


class ColumnKind(StrEnum):
    """How a column is aligned."""

    TEXT = "text"
    NUMBER = "number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is relative to the table's other columns."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Lines(Sequence[tuple[Cell, ...]]):
    """Rows that are ``made`` one by one, each time somebody goes through them: a book of a hundred thousand lines is
    never held as cells."""

    of: Sequence[Any]
    made: Callable[[Any], tuple[Cell, ...]]

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Lines: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Lines:
        return Lines(self.of[index], self.made) if isinstance(index, slice) else self.made(self.of[index])


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. ``key`` names its sheet; ``strong`` are the indices of bold rows; ``empty`` is said
    instead of rows; ``names`` tells that its lines name establishments or visits;
    ``counted`` is the column that says how many establishments a line is about, where that may point to one."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    strong: frozenset[int] = frozenset()
    note: str = ""
    empty: str = ""
    small: bool = False
    names: bool = False
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One stacked bar: ``lower`` dark, ``upper`` light."""

    label: str
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars with their legend."""

    title: str
    lower_name: str
    upper_name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, one a line, ``lower`` dark and ``upper`` light, with their legend: for names too long to stand under
    a column."""

    title: str
    lower_name: str
    upper_name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; level 1 is in capitals."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``bullet`` sets it off with a dash, as the district's plan does."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo with its caption; ``content`` is None while its bytes have not come, which ``missing`` says."""

    caption: str
    media_type: str = ""
    content: bytes | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos, two beside each other."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """One side that signs: its title, the drawn signature as SVG, the name, and what else is to be said (an office, a
    refusal with its reason)."""

    title: str
    hint: str = ""
    drawing: str = ""
    name: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatories:
    """Those who sign, beside each other."""

    sides: tuple[Signatory, ...]


SEAL_WORDS = "Mã QR của mốc niêm phong"
"""What a square code says to those who cannot see it."""

Block: TypeAlias = Heading | Paragraph | Table | Chart | Bars | Pictures | Signatories


def bullets(sentences: Iterable[str]) -> list[Paragraph]:
    """Sentences, each set off with a dash."""
    return [Paragraph(sentence, bullet=True) for sentence in sentences]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own, numbered separately."""

    number: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = True

    @property
    def heading(self) -> str:
        """Phụ lục II"; a single annex has no number."""
        return f"Phụ lục {self.number}".rstrip()


@dataclass(frozen=True, slots=True)
class Document:
    """A draft leaves its number, its day and its signature empty; an issued document carries ``number`` and
    ``issued_on`` and is signed with both in it.

    ``seal`` is the text of the square code beside the small print, none when it is empty.
    ``moment`` is the time of the checkpoint, the only clock a document knows; ``identifier`` names the
    report. ``draft`` is printed across every page that is not signed yet. A record (biên bản) says its day in the text
    and is signed by those who were there: it is not ``dated`` at the top and not ``footed`` by its issuer.
    """

    identifier: str
    moment: datetime
    day: date
    issuer: Issuer
    type_name: str
    type_symbol: str
    subject: str
    bases: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: str
    small_print: str
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False
    draft: str = ""
    dated: bool = True
    footed: bool = True
    number: int | None = None
    issued_on: date | None = None
    seal: str = ""

    @property
    def title(self) -> str:
        """Type and subject on one line."""
        return f"{self.type_name.capitalize()} {self.subject}"

    @property
    def number_line(self) -> str:
        """ "Số: 05/BC-UBND", "Số:      /BC-UBND" before it is issued. A register has none."""
        space = "" if self.number is None else " "
        return f"Số:{space}{self._number}" if self.type_symbol else ""

    @property
    def _number(self) -> str:
        number = "\u2003\u2003" if self.number is None else counted(self.number)
        return f"{number}/{self.type_symbol}-{self.issuer.symbol}"

    @property
    def date_line(self) -> str:
        """Thanh Liêm, ngày    tháng 4 năm 2022": the day is that of issue."""
        if not self.dated:
            return ""
        if self.issued_on is not None:
            return f"{self.issuer.place}, {long_date(self.issued_on)}"
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        return f"{self.issuer.place}, ngày\u2003\u2002tháng {month} năm {self.day.year}"

    @property
    def basis_lines(self) -> tuple[str, ...]:
        """The legal bases as printed: one a line, each ended by a semicolon, the last by a full stop."""
        last = len(self.bases) - 1
        return tuple(f"Căn cứ {text}{'.' if index == last else ';'}" for index, text in enumerate(self.bases))

    @property
    def annex_line(self) -> str:
        """The line under an annex's title."""
        return f"(Kèm theo {self.reference} của {self.issuer.short_name})"

    @property
    def reference(self) -> str:
        """How another text names this one: "Báo cáo số 05/BC-UBND ngày 16 tháng 9 năm 2022"."""
        name = self.type_name.capitalize()
        if self.issued_on is not None:
            numbered = f" số {self._number}" if self.type_symbol else ""
            return f"{name}{numbered} {long_date(self.issued_on)}"
        if not self.type_symbol:
            return name
        return f"{name} số{self._number} ngày\u2003\u2002tháng\u2003\u2002năm {self.day.year}"

    def tables(self) -> list[Table]:
        """Every table, those of the annexes last."""
        blocks = [*self.blocks, *(block for annex in self.annexes for block in annex.blocks)]
        return [block for block in blocks if isinstance(block, Table)]


def cell_text(cell: Cell) -> str:
    """A cell as it is printed."""
    match cell:
        case None:
            return ""
        case Decimal():
            return decimal(cell)
        case int():
            return whole(cell)
        case str():
            return cell


Model = TypeVar("Model", Document, Table)


def composed(value: Model) -> Model:
    """The same, every text in NFC: a decomposed "ế" breaks in some viewers and never matches a search."""
    result = _composed(value)
    assert isinstance(result, type(value))  # noqa: S101 - narrows for the type checker; _composed keeps types
    return result


def _composed_line(line: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(unicodedata.normalize("NFC", cell) if isinstance(cell, str) else cell for cell in line)


def _composed(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Lines):
        return Lines(value.of, lambda one: _composed_line(value.made(one)))
    if isinstance(value, tuple):
        return tuple(_composed(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _composed(getattr(value, one.name)) for one in fields(value)})
    return value
