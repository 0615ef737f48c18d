"""Row lists of the customary tables, with their words: data, because other editions split the rows
differently.

Read once from ``data/tables.json``. A code that no content names falls under the content of its domain, then
under "other".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspection.measurement.tables import table

DATA = Path(__file__).parent / "data"
UNKNOWN = "unknown"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Word:
    """A row of a table."""

    key: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Content:
    """A row of Bảng 3 and what falls under it."""

    key: str
    name_vi: str
    codes: frozenset[str]
    domains: frozenset[str]


@cache
def words(group: str) -> tuple[Word, ...]:
    """The rows of ``results`` (types of establishment), ``measures`` or ``domains``, in printing order."""
    listed = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))[group]
    return tuple(Word(row["key"], row["name_vi"], row["name_en"]) for row in listed)


@cache
def keys(group: str) -> frozenset[str]:
    """The keys of :func:`words`."""
    return frozenset(word.key for word in words(group))


@cache
def instruments() -> tuple[Word, ...]:
    """The kinds of measuring instruments, as the rules of measurement list them; the last is "other"."""
    listed = table("instruments")["instruments"]
    kinds = (Word(entry["id"], entry["name_vi"], entry["name_en"]) for entry in listed)
    return (*kinds, Word(OTHER, "Phương tiện đo khác", "Other instruments"))


@cache
def field_names() -> dict[str, str]:
    """What the fields that people may disagree about are called in print."""
    names: dict[str, str] = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))["fields"]
    return names


@cache
def column_names() -> dict[str, str]:
    """What the parts and the columns of the figures are called where one of them is named in print."""
    names: dict[str, str] = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))["columns"]
    return names


@cache
def contents() -> tuple[Content, ...]:
    """The rows of Bảng 3, in printing order; the last is "other"."""
    listed = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))["contents"]
    return tuple(
        Content(row["key"], row["name_vi"], frozenset(row["codes"]), frozenset(row.get("domains", ())))
        for row in listed
    )


@cache
def content_of(code: str, domain: str) -> str:
    """The row of Bảng 3 under which a violation of ``code`` is counted."""
    for content in contents():
        if code in content.codes:
            return content.key
    for content in contents():
        if domain in content.domains:
            return content.key
    return OTHER
