"""Journal values in words: choices by name, ids by the name of what they point to, days and numbers as they
are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.errors import Language
from inspection.journal import fields
from inspection.journal.kinds import Kind
from inspection.journal.state import VOIDED
from inspection.office import formats, words

LONG_LIST = 6
NAMED_BY_NUMBER = frozenset({"edition", "register_number", "register_year"})
"""Whole numbers that count nothing: written without separators."""

EACH_IS = {"establishment_types": "establishment_type", "risk_groups": "risk"}
"""What each word of a list stands for, where it has another name than the list."""


@dataclass(frozen=True, slots=True)
class Described:
    """A field's label and its value in words."""

    label: str
    text: str


def label(kind: str, name: str, language: Language) -> str:
    """What a field is called on a page."""
    for key in (f"field.{kind}.{name}", f"field.{name}"):
        if key in words.catalogue():
            return words.say(key, language)
    return name


def mentioned(values: Iterable[Any]) -> set[object]:
    """Every text inside ``values`` that might be an id."""
    found: set[object] = set()
    for value in values:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            found |= mentioned(value.values())
        elif isinstance(value, list):
            found |= mentioned(value)
    return found


def describe(
    kind: Kind, key: str, value: Any, names: Mapping[str, str], language: Language
) -> list[Described]:
    """A key's value in words; a group gives one line for each of its members."""
    if key == VOIDED:
        text = formats.NOTHING if value is None else str(value["reason"])
        return [Described(words.say("field.voided", language), text)]
    if key in kind.groups:
        members = value if isinstance(value, Mapping) else {}
        return [
            Described(
                label(kind.name, name, language), in_words(kind, name, members.get(name), names, language)
            )
            for name in kind.groups[key]
        ]
    return [Described(label(kind.name, key, language), in_words(kind, key, value, names, language))]


def in_words(kind: Kind, name: str, value: Any, names: Mapping[str, str], language: Language) -> str:
    """One field's value in words."""
    column = kind.columns.get(name)
    if value is None or value == "" or column is None:
        return formats.NOTHING
    if isinstance(column, (fields.Identifier, fields.Identifiers)):
        return _pointed(value if isinstance(value, list) else [value], names)
    if isinstance(column, fields.Texts):
        group = f"choice.{EACH_IS.get(name, name)}"
        return ", ".join(words.choice(group, one, language) for one in value)
    return _plain(column, name, value, language)


def _pointed(ids: list[str], names: Mapping[str, str]) -> str:
    """The names of the records that a field points to, the first few of a long list."""
    shown = [names.get(one, one[:8]) for one in ids]
    more = f" … (+{len(shown) - LONG_LIST})" if len(shown) > LONG_LIST else ""
    return ", ".join(shown[:LONG_LIST]) + more


def _plain(column: fields.Value, name: str, value: Any, language: Language) -> str:
    match column:
        case fields.Choice():
            return words.choice(f"choice.{name}", value, language)
        case fields.Flag():
            return words.say("word.yes" if value else "word.no", language)
        case fields.Date():
            return formats.day(value, language)
        case fields.Timestamp():
            return formats.moment(value, language)
        case fields.Whole():
            return str(value) if name in NAMED_BY_NUMBER else formats.number(value, language)
        case fields.Amount():
            return formats.number(column.to_column(value), language)
        case fields.Amounts():
            return "; ".join(formats.decimal(one, language) for one in value) or formats.NOTHING
        case fields.Document():
            return words.say(
                "word.document", language, count=len(value) if isinstance(value, (list, dict)) else 1
            )
        case _:
            return str(value)
