"""The violation catalogue as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inspection.checklists.acts.columns import (
    ACTS,
    MARKS,
    MEASURES,
    NOT_READ,
    RANGES,
    TIERS,
    TIMES,
)
from inspection.checklists.catalogue import marks
from inspection.checklists.workbook.writing import Table, write_tables

WIDTHS = {"name_vi": 50, "name_en": 40, "legal_basis": 40, "source": 60, "text_vi": 50, "text_en": 40,
          "condition_vi": 40, "condition_en": 40, "meaning": 90}  # fmt: skip


def write_acts(acts: Iterable[Mapping[str, Any]]) -> bytes:
    """The workbook of ``acts``, given as the fields of their records. A fourth sheet explains the marks."""
    every = list(acts)
    tables: Sequence[Table] = (
        ("acts", ACTS, [{name: _text(act.get(name)) for name in ACTS} for act in every]),
        ("tiers", TIERS, [_tier(act, tier) for act in every for tier in act.get("tiers") or ()]),
        ("measures", MEASURES, [_measure(act, each) for act in every for each in act.get("measures") or ()]),
        ("marks", MARKS, [dict(zip(MARKS, each, strict=True)) for each in marks().items()]),
    )
    return write_tables(tables, WIDTHS)


def _tier(act: Mapping[str, Any], tier: Mapping[str, Any]) -> dict[str, str]:
    row = {name: _text(tier.get(name)) for name in TIERS} | {"code": str(act["code"])}
    for pair, member in RANGES.items():
        for end, limit in zip(("from", "to"), tier.get(member) or (), strict=False):
            unread = pair in TIMES and limit is None
            row[f"{pair}_{end}"] = NOT_READ if unread else _text(limit)
    return row


def _measure(act: Mapping[str, Any], measure: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(measure.get(name)) for name in MEASURES} | {"code": str(act["code"])}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
