"""Who issues a report, to whom, and on which legal bases: dated data. Pure.

The head, the recipients and the signature follow the last day of the period, not the day of printing: the
district level ended on 01/7/2025, and a summary of 2022 that is drawn up again still speaks for the body of
2022.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LEVELS = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã",),
    "township": ("thị trấn",),
    "ward": ("phường",),
}
COMMUNE_LEVELS = frozenset({"commune", "township", "ward"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """The head and the foot of a document. ``signer`` is empty where it is not known who will sign."""

    short_name: str
    team: str
    superior: str
    body: tuple[str, ...]
    place: str
    symbol: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    signer: str


def issuer_of(name: str, code: str, level: str, day: date) -> Issuer:
    """The issuing body of a unit on ``day``: the unit's own entry, else that of its level, else the plain one."""
    kind = "commune" if level in COMMUNE_LEVELS else level
    entries = [entry for entry in _read("issuers.json") if _in_force(entry, day)]
    entry = next(
        (
            entry
            for unit_code, wanted in ((code or None, kind), ("", kind), ("", ""))
            for entry in entries
            if entry["unit_code"] == unit_code and entry["level"] == wanted
        )
    )
    unit, place = _unit_and_place(name, level)

    def fill(text: str) -> str:
        return text.replace("{unit}", unit).replace("{UNIT}", unit.upper()).replace("{place}", place)

    return Issuer(
        short_name=fill(entry["short_name"]),
        team=fill(entry["team"]),
        superior=entry["superior"],
        body=tuple(fill(line) for line in entry["body"]),
        place=fill(entry["place"]),
        symbol=entry["symbol"],
        addressees=tuple(entry["addressees"]),
        recipients=tuple(entry["recipients"]),
        authority=tuple(entry["authority"]),
        signer=next((one["name"] for one in entry["signers"] if _in_force(one, day)), ""),
    )


def legal_bases(kind: str, day: date) -> list[str]:
    """The texts on which a report of ``kind`` rests on ``day``, laws first."""
    return [
        entry["text"] for entry in _read("bases.json") if kind in entry["kinds"] and _in_force(entry, day)
    ]


@cache
def _read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return entries


def _in_force(entry: dict[str, Any], day: date) -> bool:
    last = entry["valid_to"]
    return date.fromisoformat(entry["valid_from"]) <= day and (
        last is None or day <= date.fromisoformat(last)
    )


def _unit_and_place(name: str, level: str) -> tuple[str, str]:
    """("huyện Thanh Liêm", "Thanh Liêm"), whether or not the name carries its level."""
    words = LEVELS.get(level, ())
    for word in words:
        if name.lower().startswith(f"{word} "):
            place = name[len(word) + 1 :]
            return f"{word} {place}", place
    return (f"{words[0]} {name}" if words else name), name
