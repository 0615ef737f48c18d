"""The record kind ``calendar_day``: a day off or a worked day that the office lists."""

from __future__ import annotations

import uuid

from inspection.calendar.models import CalendarDay
from inspection.calendar.rules import DayType
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.journal.operation import Operation, Refused
from inspection.journal.surroundings import Surroundings, Values

NAMESPACE = uuid.UUID("5a1f4e7c-9b34-5a53-8a7b-1f0c6e5d2b90")
ONE_RECORD = (
    "Ngày này đã có bản ghi riêng: sửa bản ghi đó. / This day has a record of its own: change that one."
)
DISAGREE = "Loại ngày và việc nghỉ không khớp nhau. / The type of day and whether it is off disagree."


class CalendarDaySchema(fields.RecordSchema):
    """One listed day with the notice it comes from."""

    day = fields.Date(required=True)
    off = fields.Flag(required=True)
    day_type = fields.Choice(DayType, required=True)
    name = fields.Text(required=True, maximum=200)
    source = fields.Text(required=True, maximum=1000)


def day_id(scope: str, day: str) -> uuid.UUID:
    """The id of the record of one day (ISO date) in the reference data ``scope``: two officers who list one day write
    one record."""
    return uuid.uuid5(NAMESPACE, f"{scope}\n{day}")


def check_day(_: Surroundings, operation: Operation, before: Values, brought: Values) -> Refused | None:
    """One record a day, and a type that fits."""
    after = {**before, **brought}
    if operation.record != day_id(operation.scope, after["day"]):
        return Refused("validation", {"day": [ONE_RECORD]})
    if after["off"] is (after["day_type"] == DayType.SWAPPED_WORK):
        return Refused("validation", {"day_type": [DISAGREE]})
    return None


registry.add(
    Kind(
        name="calendar_day",
        scope="reference",
        schema=CalendarDaySchema,
        model=CalendarDay,
        groups={"listing": ("off", "day_type")},
        fixed=("day",),
        check=check_day,
    )
)
