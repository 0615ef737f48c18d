"""Scales in trade: how far an indication may lie from a known mass, and how coarse a division may be. Pure.

Masses are whole millionths of a gram. Sources and marks are in ``data/scales.json``.
"""

from __future__ import annotations

from dataclasses import dataclass

from inspection.measurement.exact import millionths, rounded, up
from inspection.measurement.tables import table


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale: ``spring`` for a spring-dial scale (cân đồng hồ lò xo), else its class (OIML R 76); the division d
    also serves as verification interval e. What is not known is None."""

    spring: bool
    capacity: int | None
    division: int | None
    accuracy_class: str | None


def allowance(scale: Scale, load: int) -> int | None:
    """The error that is allowed in service at ``load``; None where the tables have none.

    Spring-dial scales: 1d up to 50d, 2d up to 200d, 3d above, from 20d on (TT 09/2017 Điều 5 Bảng 2). Others: twice
    the limit of first verification (OIML R 76), that is one half, one or one and a half e, doubled.
    """
    if scale.division is None:
        return None
    if scale.spring:
        rule = table("scales")["retail"]["spring"]
        if load < rule["from_divisions"] * scale.division:
            return None
        for step in rule["steps"]:
            last = step["to_divisions"]
            if last is None or load <= last * scale.division:
                return int(step["allowed_divisions"]) * scale.division
    steps = table("scales")["first_verification"]["classes"].get(scale.accuracy_class, [])
    for step in steps:
        if step["to"] is None or load <= step["to"] * scale.division:
            return int(step["halves"]) * scale.division
    return None


def exceeds(error: int, allowed: int, side: str | None) -> bool:
    """Whether an error (indication − mass) is too large (TT 09/2017 Điều 6): a seller's scale may not show too much,
    a buyer's not too little; where nobody's side is known, neither."""
    match side:
        case "seller":
            return error > allowed
        case "buyer":
            return -error > allowed
        case _:
            return abs(error) > allowed


def largest_division(load: int) -> int | None:
    """The coarsest division with which ``load`` may be weighed (TT 09/2017 Điều 4 Bảng 1); None outside the table."""
    for band in table("scales")["retail"]["largest_division"]["bands"]:
        if millionths(band["above"]) < load <= millionths(band["to"]):
            return millionths(band["division"])
    return None


def is_listed(scale: Scale) -> bool:
    """Whether Bảng 2 has a row for a spring-dial scale of this capacity and division."""
    rows = table("scales")["retail"]["spring"]["rows"]
    return any(
        (millionths(row["capacity"]), millionths(row["division"])) == (scale.capacity, scale.division)
        for row in rows
    )


def gold_limit(mass: int) -> int | None:
    """The limit for weighing gold, in millionths of a gram, where it was read: between 50 and 100 g by interpolation,
    from 10 kg on by share (TT 04/2026, amending TT 22/2013)."""
    rule = table("scales")["gold"]
    low, high = ((millionths(one["mass"]), millionths(one["limit"])) for one in rule["points"])
    if low[0] <= mass <= high[0]:
        wide, run = high[0] - low[0], mass - low[0]
        return rounded(low[1] * wide + (high[1] - low[1]) * run, wide)
    if mass >= millionths(rule["share_from"]):
        return up(mass * millionths(rule["share_percent"]), 100_000_000, 1)
    return None
