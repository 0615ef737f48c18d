"""The register's dated data: the statutory time limits, from ``data/time-limits.json``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marshmallow import fields

from inspection.calendar.rules import DayUnit
from inspection.complaints.deadlines import Limit, Step, Variant, Words
from inspection.complaints.rules import PetitionKind
from inspection.datafiles import FileSchema, checked, overlaps, read, refuse

DATA = Path(__file__).parent / "data"


class _Words(FileSchema):
    vi = fields.String(required=True)
    en = fields.String(required=True)


class _Limit(FileSchema):
    petition_kind = fields.Enum(PetitionKind, by_value=True, required=True)
    step = fields.Enum(Step, by_value=True, required=True)
    variant = fields.Enum(Variant, by_value=True, required=True)
    days = fields.Integer(required=True, strict=True)
    unit = fields.Enum(DayUnit, by_value=True, required=True)
    counted_from = fields.Nested(_Words, required=True)
    document = fields.String(required=True)
    article = fields.String(required=True)
    verified = fields.String(required=True)
    valid_from = fields.Date(required=True, allow_none=True)
    valid_to = fields.Date(required=True, allow_none=True)
    note = fields.String()


class _Limits(FileSchema):
    title = fields.String(required=True)
    marks = fields.Dict(required=True)
    notes = fields.List(fields.String(), required=True)
    limits = fields.List(fields.Nested(_Limit), required=True)


def limits_from(content: object) -> tuple[Limit, ...]:
    """The time limits of a file's content.

    :raises DataFileError: with every fault, two limits for one step, case and day among them.
    """
    file = checked(_Limits(), "time-limits", content)
    limits = []
    faults = []
    for index, entry in enumerate(file["limits"]):
        entry.pop("note", None)
        limit = Limit(**{**entry, "counted_from": Words(**entry["counted_from"])})
        limits.append(limit)
        if limit.days <= 0:
            faults.append(f"limits.{index}: a limit has at least one day")
        if limit.verified not in file["marks"]:
            faults.append(f"limits.{index}: mark {limit.verified} is not explained")
    by_case: dict[tuple[str, ...], list[tuple[str, str | None]]] = {}
    for limit in limits:
        first = limit.valid_from.isoformat() if limit.valid_from else ""
        last = limit.valid_to.isoformat() if limit.valid_to else None
        by_case.setdefault((limit.petition_kind, limit.step, limit.variant), []).append((first, last))
    faults += [
        f"{'/'.join(case)}: two limits on one day" for case, periods in by_case.items() if overlaps(periods)
    ]
    refuse("time-limits", faults)
    return tuple(limits)


@cache
def time_limits() -> tuple[Limit, ...]:
    """The time limits that this version of the product carries."""
    return limits_from(read(DATA / "time-limits.json"))
