"""From a workbook to the values of establishments, or to everything that is wrong with it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import ValidationError

from inspection.places.importing.vocabulary import COLUMNS, RECORD, REQUIRED, Vocabulary
from inspection.places.kinds import ESTABLISHMENT
from inspection.workbooks import Cell, Fault, Limits, Row, Sheet, WorkbookError, columns_of, read_workbook

LIMITS = Limits(sheets=5, rows=20_000, columns=40, text=500)
MOST_FAULTS = 500
"""Faults that are listed; a workbook with more is wrong as a whole."""

NEEDED = ("Bắt buộc phải có.", "Required.")
UNKNOWN_VALUE = ("“{value}” không phải giá trị được nhận: {known}.", "“{value}” is none of: {known}.")
UNKNOWN_UNIT = ("Không có xã, thị trấn nào tên “{value}”.", "No commune or township is called “{value}”.")
NOT_A_RECORD = ("“{value}” không phải mã hồ sơ.", "“{value}” is not the id of a record.")
TWICE = ("Đã có ở dòng {first}.", "Stands in row {first} already.")
NO_ROWS = ("Sổ tính không có dòng nào.", "The workbook has no rows.")
HALF_POSITION = ("Cần cả vĩ độ và kinh độ.", "Latitude and longitude go together.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its number, the record it names, and the journal values that it gives."""

    row: int
    record: uuid.UUID | None
    values: Mapping[str, object]


def read_rows(content: bytes, vocabulary: Vocabulary) -> list[Entry]:
    """The rows of the first sheet.

    :raises WorkbookError: with every fault, in the order of the rows.
    """
    sheet = next(iter(read_workbook(content, LIMITS).values()))
    faults: list[Fault] = []
    needed = {field: vocabulary.labels[field][0] for field in REQUIRED}
    headers = columns_of(sheet, vocabulary.field_of, needed, faults)
    if faults:
        raise WorkbookError(faults)
    reader = _Reader(sheet, headers, vocabulary, faults)
    entries = []
    for row in sheet.rows:
        entries.append(reader.entry(row))
        if len(faults) >= MOST_FAULTS:
            break
    if not sheet.rows:
        faults.append(Fault(NO_ROWS, sheet.name))
    if faults:
        raise WorkbookError(faults)
    return entries


class _Reader:
    """Reads the rows of one sheet and notes what is wrong with them."""

    def __init__(
        self, sheet: Sheet, headers: Mapping[str, str], vocabulary: Vocabulary, faults: list[Fault]
    ) -> None:
        self.sheet, self.headers, self.vocabulary, self.faults = sheet, headers, vocabulary, faults
        self.first_seen: dict[tuple[str, str], int] = {}

    def entry(self, row: Row) -> Entry:
        """What one row gives."""
        values: dict[str, object] = {}
        for field in COLUMNS:
            cell = row.cells.get(self.headers.get(field, ""))
            if cell is None:
                if field in REQUIRED:
                    self.wrong(row, field, NEEDED)
            elif (value := self.value(row, field, cell)) is not None:
                values[field] = value
        if ("latitude" in values) != ("longitude" in values):
            self.wrong(row, "latitude" if "latitude" not in values else "longitude", HALF_POSITION)
        for key in (RECORD, "external_id"):
            if key in values:
                first = self.first_seen.setdefault((key, str(values[key])), row.number)
                if first != row.number:
                    self.wrong(row, key, TWICE, first=first)
        record = values.pop(RECORD, None)
        return Entry(row.number, record if isinstance(record, uuid.UUID) else None, self.checked(row, values))

    def value(self, row: Row, field: str, cell: Cell) -> object:
        """The value of one cell; None when it is faulty."""
        text = cell.text
        if field == RECORD:
            try:
                return uuid.UUID(text)
            except ValueError:
                self.wrong(row, field, NOT_A_RECORD, value=text)
                return None
        if field == "unit":
            unit = self.vocabulary.unit_of(text)
            if unit is None:
                self.wrong(row, field, UNKNOWN_UNIT, value=text)
            return unit and str(unit)
        return self.choice(row, field, cell) if field in self.vocabulary.choices else text

    def choice(self, row: Row, field: str, cell: Cell) -> object:
        """One value of a closed set, or a flag; None when it is faulty."""
        text = {True: "yes", False: "no"}[cell.value] if isinstance(cell.value, bool) else cell.text
        value = self.vocabulary.value_of(field, text)
        if value is None:
            known = ", ".join(words[0] for words in self.vocabulary.choices[field].values())
            self.wrong(row, field, UNKNOWN_VALUE, value=text, known=known)
            return None
        return value == "yes" if field == "operating" else value

    def checked(self, row: Row, values: dict[str, object]) -> dict[str, object]:
        """``values`` as the journal keeps them."""
        try:
            loaded: dict[str, object] = ESTABLISHMENT.loader.load(values, partial=True)
        except ValidationError as problem:
            for field, messages in problem.messages_dict.items():
                vietnamese, _, english = str(messages[0]).partition(" / ")
                self.wrong(row, str(field), (_literal(vietnamese), _literal(english or vietnamese)))
            return values
        return loaded

    def wrong(self, row: Row, field: str, words: tuple[str, str], **values: object) -> None:
        """Note a fault of a cell."""
        self.faults.append(
            Fault(words, self.sheet.name, self.sheet.at(row, self.headers.get(field, "")), values)
        )


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
