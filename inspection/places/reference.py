"""The administrative units that travel with the product, from ``data/units.json``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from marshmallow import fields, validate

from inspection.datafiles import FileSchema, checked, overlaps, read, refuse
from inspection.places.rules import Level, unit_id

DATA = Path(__file__).parent / "data"
Key = tuple[str, date]
"""Code and first day: what identifies a unit in the file."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit of the file; ``id`` is derived from code and first day."""

    id: uuid.UUID
    code: str
    name: str
    name_en: str
    level: Level
    parent: uuid.UUID | None
    valid_from: date
    valid_to: date | None
    predecessors: tuple[uuid.UUID, ...]
    source: str
    verified: str

    def record(self) -> dict[str, object]:
        """The unit as the fields of a ``unit`` record."""
        return {
            "code": self.code,
            "name": self.name,
            "name_en": self.name_en,
            "level": self.level.value,
            "parent": None if self.parent is None else str(self.parent),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": None if self.valid_to is None else self.valid_to.isoformat(),
            "predecessors": [str(each) for each in self.predecessors],
            "source": self.source,
            "verified": self.verified,
        }


def _key(*, allow_none: bool = False) -> fields.Tuple:
    return fields.Tuple((fields.String(), fields.Date()), required=True, allow_none=allow_none)


class _Unit(FileSchema):
    code = fields.String(required=True, validate=validate.Regexp(r"[0-9]{2,5}\Z"))
    name = fields.String(required=True, validate=validate.Length(min=1))
    name_en = fields.String(required=True)
    level = fields.Enum(Level, by_value=True, required=True)
    parent = _key(allow_none=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)
    predecessors = fields.List(_key(), required=True)
    source = fields.String(required=True)
    verified = fields.String(required=True)


class _Units(FileSchema):
    title = fields.String(required=True)
    licence = fields.String(required=True)
    units = fields.List(fields.Nested(_Unit), required=True)


def units_from(content: object) -> tuple[UnitEntry, ...]:
    """The units of a file's content, parents and predecessors before those who name them.

    :raises DataFileError: with every fault: a code used twice on one day, a parent or predecessor that is not
        in the file, a parent that is not valid while its child is, a predecessor that had not ended.
    """
    entries = checked(_Units(), "units", content)["units"]
    by_key = {(entry["code"], entry["valid_from"]): entry for entry in entries}
    refuse("units", [*_periods(entries), *(fault for entry in entries for fault in _links(entry, by_key))])
    return tuple(_unit(entry) for entry in entries)


def _periods(entries: list[dict[str, object]]) -> list[str]:
    faults = []
    periods: dict[str, list[tuple[str, str | None]]] = {}
    for entry in entries:
        first, last = str(entry["valid_from"]), entry["valid_to"]
        if last is not None and str(last) < first:
            faults.append(f"{entry['code']}: ends before it begins")
        periods.setdefault(str(entry["code"]), []).append((first, None if last is None else str(last)))
    faults += [f"{code}: used for two units on one day" for code, each in periods.items() if overlaps(each)]
    return faults


def _links(entry: dict[str, object], by_key: dict[Key, dict[str, object]]) -> list[str]:
    faults = []
    name = f"{entry['code']} from {entry['valid_from']}"
    parent, predecessors = entry["parent"], entry["predecessors"]
    if isinstance(parent, tuple):
        above = by_key.get(parent)
        if above is None:
            faults.append(f"{name}: parent {parent[0]} is not in the file")
        elif not _covers(above, entry):
            faults.append(f"{name}: parent {parent[0]} is not valid all that time")
    for key in predecessors if isinstance(predecessors, list) else ():
        before = by_key.get(key)
        if before is None:
            faults.append(f"{name}: predecessor {key[0]} is not in the file")
        elif before["valid_to"] is None or str(before["valid_to"]) >= str(entry["valid_from"]):
            faults.append(f"{name}: predecessor {key[0]} had not ended")
    return faults


def _covers(above: dict[str, object], entry: dict[str, object]) -> bool:
    begins = str(above["valid_from"]) <= str(entry["valid_from"])
    ends = above["valid_to"] is None or (
        entry["valid_to"] is not None and str(entry["valid_to"]) <= str(above["valid_to"])
    )
    return begins and ends


def _unit(entry: dict[str, object]) -> UnitEntry:
    values = dict(entry)
    parent, predecessors = values.pop("parent"), values.pop("predecessors")
    code, valid_from = values["code"], values["valid_from"]
    if not isinstance(code, str) or not isinstance(valid_from, date) or not isinstance(predecessors, list):
        raise TypeError(entry)
    return UnitEntry(
        id=unit_id(code, valid_from),
        parent=unit_id(*parent) if isinstance(parent, tuple) else None,
        predecessors=tuple(unit_id(*key) for key in predecessors),
        **values,  # type: ignore[arg-type] # the schema has checked the form of every other field
    )


@cache
def units() -> tuple[UnitEntry, ...]:
    """The units that this version of the product carries."""
    return units_from(read(DATA / "units.json"))
