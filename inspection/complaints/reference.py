"""The register's dated data: the working calendar and the statutory time limits, from the files in ``data/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marshmallow import fields

from inspection.complaints.calendar import OpenRange, WorkingCalendar
from inspection.complaints.deadlines import DayUnit, Limit, Step, Variant
from inspection.complaints.rules import PetitionKind
from inspection.datafiles import FileSchema, checked, overlaps, read, refuse

DATA = Path(__file__).parent / "data"


class _Day(FileSchema):
    date = fields.Date(required=True)
    off = fields.Boolean(required=True)
    type = fields.String(required=True)
    name_vi = fields.String(required=True)
    compensates = fields.Date()
    swapped_with = fields.Date()
    certain_off = fields.Boolean()
    lunar = fields.String()
    source = fields.List(fields.String(), required=True)
    verified = fields.String(required=True)


class _Undecided(FileSchema):
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    why = fields.String(required=True)


class _Calendar(FileSchema):
    title = fields.String(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    marks = fields.Dict(required=True)
    types = fields.Dict(required=True)
    sources = fields.Dict(required=True)
    undecided = fields.List(fields.Nested(_Undecided), required=True)
    days = fields.List(fields.Nested(_Day), required=True)


class _Limit(FileSchema):
    petition_kind = fields.Enum(PetitionKind, by_value=True, required=True)
    step = fields.Enum(Step, by_value=True, required=True)
    variant = fields.Enum(Variant, by_value=True, required=True)
    days = fields.Integer(required=True, strict=True)
    unit = fields.Enum(DayUnit, by_value=True, required=True)
    counted_from = fields.String(required=True)
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


def calendar_from(content: object) -> WorkingCalendar:
    """The working calendar of a file's content.

    :raises DataFileError: with every fault.
    """
    file = checked(_Calendar(), "calendar", content)
    faults = []
    days = [day["date"] for day in file["days"]]
    faults += [f"{day}: listed twice" for day in sorted({day for day in days if days.count(day) > 1})]
    for day in file["days"]:
        if not file["first"] <= day["date"] <= file["last"]:
            faults.append(f"{day['date']}: outside the calendar")
        if day["type"] not in file["types"]:
            faults.append(f"{day['date']}: type {day['type']} is not explained")
        if day["verified"] not in file["marks"]:
            faults.append(f"{day['date']}: mark {day['verified']} is not explained")
        faults += [
            f"{day['date']}: source {key} is not named" for key in day["source"] if key not in file["sources"]
        ]
    refuse("calendar", faults)
    return WorkingCalendar(
        first=file["first"],
        last=file["last"],
        off=frozenset(day["date"] for day in file["days"] if day["off"]),
        worked=frozenset(day["date"] for day in file["days"] if not day["off"]),
        undecided=tuple(OpenRange(each["first"], each["last"]) for each in file["undecided"]),
    )


def limits_from(content: object) -> tuple[Limit, ...]:
    """The time limits of a file's content.

    :raises DataFileError: with every fault, two limits for one step, case and day among them.
    """
    file = checked(_Limits(), "time-limits", content)
    limits = []
    faults = []
    for index, entry in enumerate(file["limits"]):
        entry.pop("note", None)
        limit = Limit(**entry)
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
def working_calendar() -> WorkingCalendar:
    """The calendar that this version of the product carries."""
    return calendar_from(read(DATA / "calendar.json"))


@cache
def time_limits() -> tuple[Limit, ...]:
    """The time limits that this version of the product carries."""
    return limits_from(read(DATA / "time-limits.json"))
