"""Exact decimal arithmetic on whole numbers: every quantity is a count of millionths of its unit.

A verdict depends on whether a deficiency is exactly T, so no binary fraction may come near one. Whole numbers behave
alike in Python and in JavaScript (BigInt), which decimal libraries do not promise.
"""

from __future__ import annotations

import re
from math import isqrt

ONE = 1_000_000
"""Millionths in one unit."""

_PLAIN = re.compile(r"-?\d{1,13}(\.\d{1,6})?")
_STEP = 100  # four decimal places are shown


def millionths(text: str) -> int:
    """A plain decimal (``485.5``, ``-0.01``) in millionths.

    :raises ValueError: when it is no plain decimal with at most six places.
    """
    if not _PLAIN.fullmatch(text) or not text.isascii():
        raise ValueError(text)
    whole, _, fraction = text.removeprefix("-").partition(".")
    number = int(whole) * ONE + int(fraction.ljust(6, "0"))
    return -number if text.startswith("-") else number


def plain(number: int) -> str:
    """Millionths as a plain decimal without needless zeros."""
    whole, fraction = divmod(abs(number), ONE)
    places = f"{fraction:06d}".rstrip("0")
    return ("-" if number < 0 else "") + (f"{whole}.{places}" if places else str(whole))


def up(numerator: int, denominator: int, step: int) -> int:
    """``numerator / denominator``, neither below zero, rounded up to a whole multiple of ``step``."""
    return -(-numerator // (denominator * step)) * step


def rounded(numerator: int, denominator: int) -> int:
    """A fraction of millionths to four decimal places, halves away from zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator * _STEP) // (2 * denominator * _STEP)) * _STEP


def root(numerator: int, denominator: int) -> int:
    """The square root of a fraction of squared millionths to four decimal places, halves upwards."""
    doubled = isqrt(4 * numerator // (denominator * _STEP * _STEP))
    return (doubled + 1) // 2 * _STEP
