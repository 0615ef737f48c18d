"""The columns of the workbook, and the words for them. The words are the office's; it hands them over."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from inspection.places.rules import fold

RECORD = "record"
"""The column that names a record of the register: what was written out is known when it comes back."""
COLUMNS = (
    RECORD,
    "name",
    "establishment_type",
    "address",
    "unit",
    "owner",
    "licence_number",
    "risk",
    "phone",
    "latitude",
    "longitude",
    "operating",
    "external_id",
)
"""The fields of an establishment that a workbook carries, in their order."""
REQUIRED = ("name", "establishment_type")
Pair = tuple[str, str]
"""Vietnamese and English words."""


@dataclass(frozen=True)
class Vocabulary:
    """``labels`` are the words of the columns, ``choices`` of the values of closed sets (a flag has "yes" and "no");
    ``units`` are names and codes of the communes of today, by id."""

    labels: Mapping[str, Pair]
    choices: Mapping[str, Mapping[str, Pair]]
    units: Mapping[uuid.UUID, tuple[str, ...]]

    def field_of(self, header: str) -> str | None:
        """The field that a header names, in either language or by the field's own name; a star marks what is needed
        and means nothing here."""
        return self._headers.get(fold(header.removesuffix("*")))

    @cached_property
    def _headers(self) -> Mapping[str, str]:
        return {fold(word): field for field in COLUMNS for word in (field, *self.labels[field])}

    def value_of(self, field: str, text: str) -> str | None:
        """The value of a closed set that ``text`` names; None when it names none."""
        wanted = fold(text)
        for value, words in self.choices[field].items():
            if wanted in {fold(word) for word in (value, *words)}:
                return value
        return None

    def unit_of(self, text: str) -> uuid.UUID | None:
        """The one unit whose name or code is ``text``; "Liêm Cần" finds "Xã Liêm Cần"."""
        return self._units.get(_bare(text))

    @cached_property
    def _units(self) -> Mapping[str, uuid.UUID]:
        found: dict[str, uuid.UUID] = {}
        twice = set()
        for unit, names in self.units.items():
            for name in {_bare(name) for name in names}:
                if name in found:
                    twice.add(name)
                found[name] = unit
        return {name: unit for name, unit in found.items() if name not in twice}


def _bare(text: str) -> str:
    folded = fold(text)
    for kind in ("xa ", "thi tran ", "phuong ", "commune ", "township ", "ward "):
        folded = folded.removeprefix(kind)
    return folded
