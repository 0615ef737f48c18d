"""The working calendar that travels with the product, from ``data/holidays.json``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marshmallow import fields

from inspection.calendar.rules import DayType, OpenRange, SpecialDay, WorkingCalendar
from inspection.datafiles import FileSchema, checked, read, refuse

DATA = Path(__file__).parent / "data"


class _Day(FileSchema):
    date = fields.Date(required=True)
    off = fields.Boolean(required=True)
    type = fields.Enum(DayType, by_value=True, required=True)
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


class _Source(FileSchema):
    text = fields.String(required=True)
    verified = fields.String(required=True)


class _Calendar(FileSchema):
    title = fields.String(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    marks = fields.Dict(required=True)
    types = fields.Dict(required=True)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(_Source), required=True)
    undecided = fields.List(fields.Nested(_Undecided), required=True)
    days = fields.List(fields.Nested(_Day), required=True)


def calendar_from(content: object) -> WorkingCalendar:
    """The working calendar of a file's content.

    :raises DataFileError: with every fault.
    """
    file = checked(_Calendar(), "calendar", content)
    days = [day["date"] for day in file["days"]]
    faults = [f"{day}: listed twice" for day in sorted({day for day in days if days.count(day) > 1})]
    for day in file["days"]:
        if not file["first"] <= day["date"] <= file["last"]:
            faults.append(f"{day['date']}: outside the calendar")
        if day["verified"] not in file["marks"]:
            faults.append(f"{day['date']}: mark {day['verified']} is not explained")
        if day["off"] is (day["type"] is DayType.SWAPPED_WORK):
            faults.append(f"{day['date']}: {day['type']} and off={day['off']} disagree")
        faults += [
            f"{day['date']}: source {key} is not named" for key in day["source"] if key not in file["sources"]
        ]
    refuse("calendar", faults)
    listed = [
        SpecialDay(
            day=day["date"],
            off=day["off"],
            type=day["type"],
            name=day["name_vi"],
            source="; ".join(file["sources"][key]["text"] for key in day["source"]),
            verified=day["verified"],
        )
        for day in file["days"]
    ]
    return WorkingCalendar(
        first=file["first"],
        last=file["last"],
        days={each.day: each for each in listed},
        undecided=tuple(OpenRange(each["first"], each["last"]) for each in file["undecided"]),
    )


@cache
def national_calendar() -> WorkingCalendar:
    """The calendar that this version of the product carries."""
    return calendar_from(read(DATA / "holidays.json"))
