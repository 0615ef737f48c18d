"""Fuel dispensers: indicated against delivered volume. Pure. Volumes are whole millionths of a millilitre."""

from __future__ import annotations

from inspection.measurement.exact import ONE, millionths
from inspection.measurement.tables import table


def allowance(delivered: int) -> tuple[int, int]:
    """The error allowed in service at a delivered volume, as numerator and denominator.

    ±0.5 % is what OIML R 117 gives a class 0.5 system; that it is also the Vietnamese limit in service is from
    memory, so a result is indicative.
    """
    return delivered * millionths(table("dispensers")["in_service"]["percent"]), 100 * ONE


def exceeds(delivered: int, indicated: int) -> bool:
    """Whether the indication is further from what was delivered than allowed, to either side."""
    numerator, denominator = allowance(delivered)
    return abs(indicated - delivered) * denominator > numerator
