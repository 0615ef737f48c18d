"""Verification of instruments (kiểm định phương tiện đo): until when its evidence holds. Pure.

Evidence stops being valid when the cycle ends, and when the mark is lost or damaged (TT 23/2013 Điều 20 khoản 7).
Cycles are in ``data/instruments.json``; they changed on 15 April 2026 (TT 04/2026 Điều 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspection.calendar.rules import months_later
from inspection.measurement.tables import in_force, table

OTHER = "other"
"""An instrument of which no cycle is listed: only the date on its evidence speaks."""

_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen on an instrument: its kind (``sticker``, ``mark``, ``certificate``, ``none``, ``damaged``), the
    day of verification, the last day that it states."""

    instrument: str
    seen: str | None
    verified_on: date | None
    stated_until: date | None


@dataclass(frozen=True, slots=True)
class Validity:
    """``state``: ``valid``, ``expired``, ``no_evidence``, ``damaged`` or ``unknown``; ``until`` the last valid day;
    ``months`` the cycle that was applied; ``reasons`` why the state is no more than indicative."""

    state: str
    until: date | None = None
    months: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of a kind of instrument between two days, with the document it rests on and how well that was read;
    ``months`` is None where it is verified once."""

    id: str
    name_vi: str
    name_en: str
    months: int | None
    document: str
    verified: str
    valid_from: date
    valid_to: date | None


def cycles() -> list[Cycle]:
    """Every listed cycle of every kind of instrument, by kind, the oldest first."""
    entries = table("instruments")
    regimes = {one["valid_from"]: one for one in entries["regimes"]}
    return [
        Cycle(
            id=instrument["id"],
            name_vi=instrument["name_vi"],
            name_en=instrument["name_en"],
            months=one["months"],
            document=regimes[one["valid_from"]]["document"],
            verified=regimes[one["valid_from"]]["verified"],
            valid_from=date.fromisoformat(one["valid_from"]),
            valid_to=date.fromisoformat(one["valid_to"]) if one["valid_to"] else None,
        )
        for instrument in entries["instruments"]
        for one in instrument["cycles"]
    ]


def cycles_of(instrument: str) -> list[dict[str, Any]]:
    """The dated cycles of a kind of instrument, oldest first; empty for one that is not listed."""
    for entry in table("instruments")["instruments"]:
        if entry["id"] == instrument:
            cycles: list[dict[str, Any]] = entry["cycles"]
            return cycles
    return []


def cycle_on(instrument: str, day: date) -> dict[str, Any] | None:
    """The cycle in force on ``day``; before the first one that was read, the first."""
    cycles = cycles_of(instrument)
    held = [cycle for cycle in cycles if in_force(cycle, day)]
    return held[0] if held else cycles[0] if cycles else None


def validity(evidence: Evidence, day: date) -> Validity:
    """Whether the verification of an instrument holds on ``day``; the last day still counts.

    A date printed on the evidence goes before a computed one. The cycle is that of the day of verification. How
    instruments verified before a change of cycle are treated was not read: where the newer, longer cycle would still
    hold, the instrument counts as valid, because the rule more favourable to the holder applies (NĐ 119/2017), and
    the result is indicative.
    """
    if evidence.seen == "none":
        return Validity("no_evidence")
    if evidence.seen == "damaged":
        return Validity("damaged")
    computed, longest, months, reasons = _by_cycle(evidence, day)
    until = evidence.stated_until or computed
    if evidence.stated_until and computed and evidence.stated_until > computed + _MONTH:
        reasons = (*reasons, "stated_longer")
    if until is None:
        once = evidence.verified_on is not None and cycles_of(evidence.instrument) and months is None
        return Validity("valid" if once else "unknown", None, None, reasons)
    if day <= until:
        return Validity("valid", until, months, reasons)
    if longest is not None and day <= longest:
        return Validity("valid", longest, months, (*reasons, "transition"))
    return Validity("expired", until, months, reasons)


def _by_cycle(evidence: Evidence, day: date) -> tuple[date | None, date | None, int | None, tuple[str, ...]]:
    """The end by the cycle of the day of verification, the end by a longer one in force on ``day``, the former's
    months, and whether it had been read."""
    if evidence.verified_on is None:
        return None, None, None, ()
    then, today = cycle_on(evidence.instrument, evidence.verified_on), cycle_on(evidence.instrument, day)
    if then is None or then["months"] is None:
        return None, None, None, ()
    reasons = () if in_force(then, evidence.verified_on) else ("cycle_not_read",)
    computed, longest = months_later(evidence.verified_on, then["months"]), None
    if today is not None and today["months"] is not None and today["months"] > then["months"]:
        longest = months_later(evidence.verified_on, today["months"])
    return computed, longest, then["months"], reasons
