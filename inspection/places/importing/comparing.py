"""What a workbook would change: every row compared with the register. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from inspection.places.importing.rows import Entry
from inspection.places.likeness import Alike, Place, Register

MOST_ALIKE = 5
POSITION = ("latitude", "longitude", "accuracy")


class State(StrEnum):
    """What a row is: a new establishment, one of the register with other values, one with the same values, or one that
    looks like another and that a person has to look at."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Known:
    """An establishment of the register: its version and its journal values."""

    record: uuid.UUID
    base: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another establishment, or an earlier row of the same workbook, that a row looks like; ``changes`` are what the
    row would set if it is that establishment, made from its version ``base``."""

    record: uuid.UUID | None
    row: int | None
    name: str
    address: str
    reasons: tuple[str, ...]
    distance: int | None
    base: str = "0"
    changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row and what it is. ``changes`` are the values it would set: all of them for a new one."""

    row: int
    state: State
    record: uuid.UUID | None
    base: str
    values: Mapping[str, object]
    changes: Mapping[str, object]
    alike: tuple[Likeness, ...] = ()


def compare_rows(entries: Sequence[Entry], register: Iterable[Known]) -> list[Line]:
    """What each of ``entries`` is, in their order. A row belongs to the record that it names, else to the only one with
    its id in the other system; a row that gives neither is compared by likeness with the register and with the rows
    before it."""
    known = {one.record: one for one in register}
    by_external = {
        str(one.values["external_id"]): one for one in known.values() if one.values.get("external_id")
    }
    places = Register.of(place_of(str(one.record), one.values) for one in known.values())
    lines = []
    for entry in entries:
        match = (
            known.get(entry.record) if entry.record else by_external.get(str(entry.values.get("external_id")))
        )
        if match is not None:
            lines.append(_matched(entry, match))
            continue
        place = place_of(f"row {entry.row}", entry.values)
        alike = tuple(_likeness(each, entry, known) for each in places.alike(place)[:MOST_ALIKE])
        state = State.DOUBTFUL if alike else State.NEW
        lines.append(Line(entry.row, state, None, "0", entry.values, changes_to(entry.values, {}), alike))
        places.add(place)
    return lines


def changes_to(values: Mapping[str, object], known: Mapping[str, object]) -> dict[str, object]:
    """What ``values`` would change; a position goes whole, because a latitude of one place and a longitude of another
    are nowhere."""
    changed = {field: value for field, value in values.items() if known.get(field) != value}
    if not changed.keys().isdisjoint(POSITION):
        changed |= {field: values.get(field) for field in POSITION}
    return changed


def place_of(key: str, values: Mapping[str, object]) -> Place:
    """The journal values of an establishment as they are compared."""
    unit = values.get("unit")
    return Place(
        key=key,
        name=_text(values, "name"),
        address=_text(values, "address"),
        owner=_text(values, "owner"),
        licence_number=_text(values, "licence_number"),
        unit=uuid.UUID(str(unit)) if unit else None,
        latitude=_number(values, "latitude"),
        longitude=_number(values, "longitude"),
    )


def _matched(entry: Entry, known: Known) -> Line:
    changes = changes_to(entry.values, known.values)
    state = State.CHANGED if changes else State.SAME
    return Line(entry.row, state, known.record, known.base, entry.values, changes)


def _likeness(alike: Alike, entry: Entry, known: Mapping[uuid.UUID, Known]) -> Likeness:
    place, distance = alike.place, alike.distance
    row = place.key.removeprefix("row ")
    found = None if row != place.key else known[uuid.UUID(place.key)]
    return Likeness(
        record=found.record if found else None,
        row=None if found else int(row),
        name=place.name,
        address=place.address,
        reasons=tuple(reason.value for reason in alike.reasons),
        distance=None if distance is None else round(distance),
        base=found.base if found else "0",
        changes=changes_to(entry.values, found.values) if found else {},
    )


def _text(values: Mapping[str, object], field: str) -> str:
    return str(values.get(field) or "")


def _number(values: Mapping[str, object], field: str) -> Decimal | None:
    value = values.get(field)
    return None if value is None else Decimal(str(value))
