"""The map is drawn of communes whose outlines are all known, north above and every name inside its own commune."""

from __future__ import annotations

import re
import uuid
from datetime import date

from inspection.places.outlines import Drawing, drawing
from inspection.places.reference import units

COMMUNES = [one.id for one in units() if one.valid_from == date(2025, 7, 1) and one.level != "province"]
NAMES = {one.id: one.name for one in units()}


def drawn() -> Drawing:
    found = drawing(COMMUNES)
    assert found is not None
    return found


def corners(path: str) -> list[list[tuple[int, int]]]:
    return [
        [(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+)", ring)] for ring in path.split("Z") if ring
    ]


def is_inside(x: int, y: int, ring: list[tuple[int, int]]) -> bool:
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def test_every_name_stands_inside_its_own_commune_and_in_no_other() -> None:
    outlines = drawn().outlines
    for unit, outline in outlines.items():
        holders = [
            other
            for other, one in outlines.items()
            if any(is_inside(outline.x, outline.y, ring) for ring in corners(one.path))
        ]
        assert holders == [unit], NAMES[unit]


def test_the_drawing_is_filled_and_north_is_above() -> None:
    found = drawn()
    points = [point for one in found.outlines.values() for ring in corners(one.path) for point in ring]
    assert (min(x for x, _ in points), max(x for x, _ in points)) == (0, found.width)
    assert (min(y for _, y in points), max(y for _, y in points)) == (0, found.height)
    by_name = {NAMES[unit]: outline for unit, outline in found.outlines.items()}
    assert by_name["Phường Châu Sơn"].y < by_name["Xã Thanh Lâm"].y
    assert by_name["Xã Tân Thanh"].x < by_name["Xã Thanh Bình"].x


def test_a_map_with_a_hole_is_not_drawn() -> None:
    assert drawing([*COMMUNES, uuid.uuid4()]) is None
    assert drawing(COMMUNES[:1]) is None
    assert drawing([]) is None
