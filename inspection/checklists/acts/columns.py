"""The sheets and columns of the catalogue's workbook, and an act in the form in which two versions are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACTS = (
    "code",
    "domain",
    "name_vi",
    "name_en",
    "legal_basis",
    "fine_for",
    "fine_minimum",
    "fine_maximum",
    "verified",
    "valid_from",
    "valid_to",
    "source",
)
"""``valid_from`` tells which version of the act the row was taken from; a new act has none yet."""

RANGES = {
    "goods_value": "goods_value_vnd",
    "illegal_gain": "illegal_gain_vnd",
    "goods_times": "multiple_of_goods_value",
    "gain_times": "multiple_of_gain",
}
"""Pairs of columns ``…_from`` and ``…_to`` of a tier, and the member of the tier that they fill."""
TIMES = ("goods_times", "gain_times")
"""The pairs that are decimals, and in which ``?`` says that a multiple exists and was not read."""
NOT_READ = "?"

TIERS = (
    "code",
    "minimum",
    "maximum",
    "condition_vi",
    "condition_en",
    *(f"{pair}_{end}" for pair in RANGES for end in ("from", "to")),
    "alternative",
    "verified",
)
MEASURES = ("code", "kind", "text_vi", "text_en", "verified")
MARKS = ("mark", "meaning")
SHEETS = {"acts": ACTS, "tiers": TIERS, "measures": MEASURES}

LONGEST = {"code": 50, "name_vi": 1000, "name_en": 1000, "legal_basis": 1000, "source": 4000}
MEASURE_KINDS = ("remedial", "supplementary")
COMPARED = tuple(name for name in ACTS if name != "valid_from")


def plain(act: Mapping[str, Any]) -> dict[str, Any]:
    """An act as two versions are compared: what says nothing is left out, tiers and measures are texts."""
    said: dict[str, Any] = {
        name: act[name] for name in COMPARED if act.get(name) is not None and act[name] != ""
    }
    said["tiers"] = [_words(tier) for tier in act.get("tiers") or ()]
    said["measures"] = [_words(measure) for measure in act.get("measures") or ()]
    return {name: value for name, value in said.items() if value != []}


def _words(part: Mapping[str, Any]) -> str:
    """A tier or a measure as one line, its members in one order."""
    known = ("kind", "minimum", "maximum", *RANGES.values())
    names = [*(name for name in known if name in part), *sorted(name for name in part if name not in known)]
    return "; ".join(f"{name} {_value(part[name])}" for name in names if part[name] is not None)


def _value(value: object) -> str:
    if isinstance(value, list):
        return " – ".join(NOT_READ if each is None else str(each) for each in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
