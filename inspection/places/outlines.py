"""The outlines of communes and wards as lines to draw, from ``data/outlines.json``.

Where two communes meet, the file gives both the same points, and every point is put on one grid, so the drawn borders
stay shut. A map is drawn only of units that all have an outline: a map with holes would lie about where nothing
happened.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from marshmallow import fields, validate

from inspection.datafiles import FileSchema, checked, read
from inspection.places.reference import DATA
from inspection.places.rules import unit_id

WIDTH = 640
"""The drawing is this many units wide, and as high as the place is."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """One unit as the data of an SVG path, and where its name stands."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Units drawn together, north above."""

    width: int
    height: int
    outlines: dict[uuid.UUID, Outline]


class _Unit(FileSchema):
    code = fields.String(required=True)
    valid_from = fields.Date(required=True)
    label = fields.Tuple((fields.Float(), fields.Float()), required=True)
    rings = fields.List(
        fields.List(fields.Tuple((fields.Float(), fields.Float())), validate=validate.Length(min=3)),
        required=True,
        validate=validate.Length(min=1),
    )


class _Outlines(FileSchema):
    title = fields.String(required=True)
    licence = fields.String(required=True)
    source = fields.String(required=True)
    units = fields.List(fields.Nested(_Unit), required=True)


def drawing(units: Collection[uuid.UUID]) -> Drawing | None:
    """The units drawn together; None unless there are several and the outline of each is known."""
    known = _known()
    if len(units) < 2 or any(unit not in known for unit in units):
        return None
    return _drawn(frozenset(units))


@cache
def _drawn(units: frozenset[uuid.UUID]) -> Drawing:
    known = _known()
    points = [point for unit in units for ring in known[unit][1] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = math.cos(math.radians((south + north) / 2))  # a degree of longitude beside one of latitude
    scale = WIDTH / ((east - west) * narrow)

    def placed(point: Point) -> tuple[int, int]:
        return round((point[0] - west) * narrow * scale), round((north - point[1]) * scale)

    outlines = {}
    for unit in units:
        label, rings = known[unit]
        path = "".join(_closed([placed(point) for point in ring]) for ring in rings)
        outlines[unit] = Outline(path, *placed(label))
    return Drawing(WIDTH, math.ceil((north - south) * scale), outlines)


@cache
def _known() -> dict[uuid.UUID, tuple[Point, list[list[Point]]]]:
    """The place of the name and the rings of every unit, in degrees of longitude and latitude (WGS84)."""
    entries = checked(_Outlines(), "outlines", read(DATA / "outlines.json"))["units"]
    return {
        unit_id(entry["code"], entry["valid_from"]): (entry["label"], entry["rings"]) for entry in entries
    }


def _closed(points: list[tuple[int, int]]) -> str:
    """A ring as SVG draws it; points that fell on one place of the grid are one."""
    kept = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    return f"M{'L'.join(f'{x} {y}' for x, y in kept)}Z"
