"""Working days and ends of periods, against vectors computed by hand from the published days off."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import DayType, DayUnit, OutsideCalendarError, SpecialDay, Why

CALENDAR = national_calendar()

WORKING_DAYS = [
    ("2022-01-28", 3, "2022-02-09"),
    ("2022-04-08", 2, "2022-04-13"),
    ("2022-04-29", 3, "2022-05-06"),
    ("2022-08-31", 3, "2022-09-07"),
    ("2023-01-19", 7, "2023-02-06"),
    ("2023-04-28", 2, "2023-05-05"),
    ("2023-09-01", 1, "2023-09-05"),
    ("2024-02-07", 5, "2024-02-21"),
    ("2024-04-26", 2, "2024-05-03"),
    ("2024-05-03", 1, "2024-05-04"),
    ("2024-08-30", 2, "2024-09-05"),
    ("2025-01-24", 2, "2025-02-04"),
    ("2025-04-25", 1, "2025-04-26"),
    ("2025-04-25", 2, "2025-04-28"),
    ("2025-04-29", 3, "2025-05-07"),
    ("2025-08-29", 1, "2025-09-03"),
    ("2026-01-08", 2, "2026-01-10"),
    ("2026-02-13", 7, "2026-03-03"),
    ("2026-04-24", 2, "2026-04-29"),
    ("2026-08-20", 2, "2026-08-22"),
    ("2026-08-28", 3, "2026-09-07"),
    ("2026-04-29", 10, "2026-05-15"),
]
CALENDAR_DAYS = [
    ("2022-01-03", 30, "2022-02-07"),
    ("2022-08-23", 10, "2022-09-05"),
    ("2022-04-02", 30, "2022-05-04"),
    ("2023-01-12", 10, "2023-01-27"),
    ("2024-01-10", 30, "2024-02-15"),
    ("2024-04-19", 10, "2024-05-02"),
    ("2025-01-02", 30, "2025-02-03"),
    ("2025-04-16", 10, "2025-04-26"),
    ("2026-01-17", 30, "2026-02-23"),
    ("2026-08-22", 10, "2026-09-03"),
    ("2026-02-01", 10, "2026-02-11"),
    ("2026-07-24", 30, "2026-08-24"),
]
WORKING_DAYS_OF_YEAR = {2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249, 2027: 249}

days = st.dates(date(2022, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(("start", "count", "end"), WORKING_DAYS)
def test_so_many_working_days_after_a_day(start: str, count: int, end: str) -> None:
    assert CALENDAR.after_working_days(date.fromisoformat(start), count).isoformat() == end


@pytest.mark.parametrize(("start", "count", "end"), CALENDAR_DAYS)
def test_so_many_days_after_a_day_end_on_a_working_day(start: str, count: int, end: str) -> None:
    assert CALENDAR.after_calendar_days(date.fromisoformat(start), count).isoformat() == end


@pytest.mark.parametrize(("year", "count"), WORKING_DAYS_OF_YEAR.items())
def test_working_days_of_a_year(year: int, count: int) -> None:
    first = date(year, 1, 1).toordinal()
    ordinals = range(first, date(year, 12, 31).toordinal() + 1)
    assert sum(CALENDAR.is_working(date.fromordinal(each)) for each in ordinals) == count


def test_a_saturday_worked_in_exchange_is_a_working_day() -> None:
    assert CALENDAR.is_working(date(2026, 8, 22))
    assert not CALENDAR.is_working(date(2026, 8, 29))


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2028, 1, 1)])
def test_nothing_is_said_of_years_whose_holidays_are_not_known(day: date) -> None:
    with pytest.raises(OutsideCalendarError):
        CALENDAR.is_working(day)


def test_a_period_that_runs_past_the_calendar_has_no_end() -> None:
    with pytest.raises(OutsideCalendarError):
        CALENDAR.after_working_days(date(2027, 12, 30), 5)


@pytest.mark.parametrize(
    ("start", "end", "may_move"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), False),
        (date(2026, 11, 20), date(2026, 11, 25), True),
        (date(2027, 1, 20), date(2027, 2, 15), True),
        (date(2022, 1, 20), date(2022, 2, 15), False),
    ],
)
def test_a_period_over_holidays_nobody_has_decided_may_move(start: date, end: date, may_move: bool) -> None:
    assert CALENDAR.may_move(start, end) is may_move


@given(days, st.integers(1, 40))
def test_one_working_day_more_is_the_next_working_day(start: date, count: int) -> None:
    end = CALENDAR.after_working_days(start, count)
    assert CALENDAR.is_working(end)
    assert CALENDAR.after_working_days(end, 1) == CALENDAR.after_working_days(start, count + 1)


@given(days, st.integers(1, 90))
def test_a_period_never_ends_early_nor_on_a_day_off(start: date, count: int) -> None:
    end = CALENDAR.after_calendar_days(start, count)
    assert end.toordinal() >= start.toordinal() + count
    assert CALENDAR.is_working(end)


def test_a_period_says_which_days_it_passed_over_and_why() -> None:
    found = CALENDAR.period(date(2022, 4, 8), 2, DayUnit.WORKING)
    assert [(each.day.isoformat(), each.why, each.name) for each in found.skipped] == [
        ("2022-04-09", Why.WEEKEND, ""),
        ("2022-04-10", Why.HOLIDAY, "Giỗ Tổ Hùng Vương"),
        ("2022-04-11", Why.HOLIDAY, "Giỗ Tổ Hùng Vương (nghỉ bù)"),
    ]


def test_a_last_day_off_keeps_its_nominal_day_beside_the_moved_one() -> None:
    found = CALENDAR.period(date(2022, 4, 2), 30, DayUnit.CALENDAR)
    assert (found.nominal_end, found.end) == (date(2022, 5, 2), date(2022, 5, 4))
    assert [each.day for each in found.skipped] == [date(2022, 5, 2), date(2022, 5, 3)]


@pytest.mark.parametrize(
    ("unit", "count", "end"), [(DayUnit.CALENDAR, 10, "2026-07-27"), (DayUnit.WORKING, 5, "2026-07-22")]
)
def test_the_days_of_a_pause_are_not_counted(unit: DayUnit, count: int, end: str) -> None:
    pause = (date(2026, 7, 10), date(2026, 7, 15))
    found = CALENDAR.period(date(2026, 7, 9), count, unit, [pause])
    assert found.end.isoformat() == end
    assert sum(each.why is Why.PAUSED for each in found.skipped) == 6


def special(day: date, kind: DayType = DayType.STATUTORY) -> SpecialDay:
    return SpecialDay(day, kind is not DayType.SWAPPED_WORK, kind, "Ngày nghỉ", "Thông báo", "notice")


def test_a_day_that_the_office_lists_stands_before_the_national_one() -> None:
    changed = CALENDAR.with_days(
        [special(date(2026, 12, 21)), special(date(2026, 12, 26), DayType.SWAPPED_WORK)]
    )
    assert not changed.is_working(date(2026, 12, 21))
    assert changed.is_working(date(2026, 12, 26))
    assert CALENDAR.is_working(date(2026, 12, 21))


def test_a_later_year_is_covered_once_all_its_public_holidays_are_listed() -> None:
    listed = [special(date(2028, 3, day)) for day in range(1, 12)]
    assert CALENDAR.with_days(listed[:-1]).last == date(2027, 12, 31)
    assert CALENDAR.with_days(listed).last == date(2028, 12, 31)
