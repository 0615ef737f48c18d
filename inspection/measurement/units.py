"""Units in which quantities are written, and the dimension in which they can be compared. Pure."""

from __future__ import annotations

from enum import StrEnum

from inspection.measurement.exact import millionths


class Unit(StrEnum):
    """A unit of a nominal quantity or of a reading."""

    GRAM = "g"
    KILOGRAM = "kg"
    MILLILITRE = "ml"
    LITRE = "l"
    ITEM = "item"
    METRE = "m"
    SQUARE_METRE = "m2"


DIMENSIONS = {
    Unit.GRAM: ("mass", 1),
    Unit.KILOGRAM: ("mass", 1000),
    Unit.MILLILITRE: ("volume", 1),
    Unit.LITRE: ("volume", 1000),
    Unit.ITEM: ("count", 1),
    Unit.METRE: ("length", 1),
    Unit.SQUARE_METRE: ("area", 1),
}
"""The dimension of a unit, and how many of the dimension's smallest unit it is."""


def dimension(unit: str) -> str:
    """What a unit measures."""
    return DIMENSIONS[Unit(unit)][0]


def smallest(text: str, unit: str) -> int:
    """A plain decimal in ``unit`` as millionths of its dimension's smallest unit (g, ml, item, m, m2)."""
    return millionths(text) * DIMENSIONS[Unit(unit)][1]
