"""What differs between a content that was signed and the visit as it stands now. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspection.visits.record.content import Content

WHOLE = ("visit", "campaign", "establishment")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not what was signed. ``part`` is a kind or a section of the content; ``record`` is empty for
    sections. ``signed`` and ``now`` are None where the field, or its record, was or is not there."""

    part: str
    record: str
    field: str
    signed: Any
    now: Any


def differences(signed: Content, now: Content) -> list[Difference]:
    """Every field in which two contents differ, in the order of the document."""
    found: list[Difference] = []
    for section in WHOLE:
        found += _of_fields(section, "", signed.get(section) or {}, now.get(section) or {})
    for section in ("unit", "team"):
        if signed.get(section) != now.get(section):
            found.append(Difference(section, "", "", signed.get(section), now.get(section)))
    before, after = signed.get("parts") or {}, now.get("parts") or {}
    for kind in sorted(before.keys() | after.keys()):
        records, present = before.get(kind) or {}, after.get(kind) or {}
        for record in sorted(records.keys() | present.keys()):
            found += _of_fields(kind, record, records.get(record) or {}, present.get(record) or {})
    return found


def _of_fields(part: str, record: str, signed: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    names = [*signed, *(name for name in now if name not in signed)]
    return [
        Difference(part, record, name, signed.get(name), now.get(name))
        for name in names
        if signed.get(name) != now.get(name)
    ]
