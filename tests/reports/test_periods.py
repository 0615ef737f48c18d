"""The windows of the law: NĐ 09/2019/NĐ-CP, Điều 12."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.reports.periods import (
    Period,
    PeriodKind,
    WrongPeriodError,
    closed_on,
    legal,
    months_of,
    parse,
    title_en,
    title_vi,
)

CAMPAIGN = uuid.UUID("0199f5a0-0000-7000-8000-000000000001")
years = st.integers(min_value=2000, max_value=2100)


def no_campaign(_campaign: uuid.UUID) -> None:
    return None


def days(period: Period) -> tuple[date, date]:
    return period.first, period.last


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        (PeriodKind.MONTH, 4, date(2022, 3, 15), date(2022, 4, 14)),
        (PeriodKind.MONTH, 1, date(2021, 12, 15), date(2022, 1, 14)),
        (PeriodKind.QUARTER, 1, date(2021, 12, 15), date(2022, 3, 14)),
        (PeriodKind.QUARTER, 3, date(2022, 6, 15), date(2022, 9, 14)),
        (PeriodKind.HALF, 1, date(2021, 12, 15), date(2022, 6, 14)),
        (PeriodKind.HALF, 2, date(2022, 6, 15), date(2022, 12, 14)),
        (PeriodKind.NINE_MONTHS, None, date(2021, 12, 15), date(2022, 9, 14)),
        (PeriodKind.YEAR, None, date(2021, 12, 15), date(2022, 12, 14)),
    ],
)
def test_windows_of_2022_are_those_printed_in_the_rules(
    kind: PeriodKind, number: int | None, first: date, last: date
) -> None:
    assert days(legal(kind, 2022, number)) == (first, last)


def joined(periods: list[Period]) -> tuple[date, date]:
    """First and last day of periods that follow each other without gap or overlap."""
    for before, after in itertools.pairwise(periods):
        assert after.first == before.last + timedelta(days=1)
    return periods[0].first, periods[-1].last


@given(years)
def test_months_make_quarters_quarters_make_halves_and_months_make_the_year(year: int) -> None:
    months = [legal(PeriodKind.MONTH, year, number) for number in range(1, 13)]
    quarters = [legal(PeriodKind.QUARTER, year, number) for number in range(1, 5)]
    halves = [legal(PeriodKind.HALF, year, number) for number in (1, 2)]
    for number, quarter in enumerate(quarters):
        assert joined(months[3 * number : 3 * number + 3]) == days(quarter)
    for number, half in enumerate(halves):
        assert joined(quarters[2 * number : 2 * number + 2]) == days(half)
    assert joined(quarters[:3]) == days(legal(PeriodKind.NINE_MONTHS, year))
    assert joined(months) == joined(halves) == days(legal(PeriodKind.YEAR, year))


@given(years)
def test_a_year_begins_the_day_after_the_last_one_ended(year: int) -> None:
    joined([legal(PeriodKind.YEAR, year), legal(PeriodKind.YEAR, year + 1)])


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_belongs_to_one_month(day: date) -> None:
    around = [(year, month) for year in (day.year, day.year + 1) for month in range(1, 13)]
    assert sum(1 for year, month in around if day in legal(PeriodKind.MONTH, year, month)) == 1


def test_nothing_closes_on_an_ordinary_day() -> None:
    assert closed_on(date(2022, 9, 14)) == []
    assert closed_on(date(2022, 9, 16)) == []


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2022, 8, 15), ["month"]),
        (date(2022, 3, 15), ["month", "quarter"]),
        (date(2022, 6, 15), ["month", "quarter", "half"]),
        (date(2022, 9, 15), ["month", "quarter", "nine_months"]),
        (date(2022, 12, 15), ["month", "quarter", "half", "year"]),
    ],
)
def test_the_fifteenth_closes_what_ended_on_the_fourteenth(day: date, kinds: list[str]) -> None:
    closed = closed_on(day)
    assert [period.kind.value for period in closed] == kinds
    assert all(period.last == day - timedelta(days=1) for period in closed)


def test_a_quarter_is_drawn_by_its_three_reporting_months() -> None:
    quarter = legal(PeriodKind.QUARTER, 2022, 3)
    months = months_of(quarter)
    assert [month.number for month in months] == [7, 8, 9]
    assert joined(months) == days(quarter)


def test_a_range_is_drawn_by_calendar_months_cut_at_its_ends() -> None:
    period = Period(PeriodKind.RANGE, date(2022, 11, 20), date(2023, 1, 5))
    months = months_of(period)
    assert [days(month) for month in months] == [
        (date(2022, 11, 20), date(2022, 11, 30)),
        (date(2022, 12, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), date(2023, 1, 5)),
    ]


def test_titles_name_the_period_and_its_days_in_both_languages() -> None:
    quarter = legal(PeriodKind.QUARTER, 2022, 3)
    assert title_vi(quarter) == "Quý III năm 2022 (từ 15/6/2022 đến 14/9/2022)"
    assert title_en(quarter) == "Quarter III of 2022 (15 June 2022 to 14 September 2022)"
    assert title_vi(legal(PeriodKind.HALF, 2022, 1)) == "6 tháng đầu năm 2022 (từ 15/12/2021 đến 14/6/2022)"
    assert title_vi(legal(PeriodKind.MONTH, 2022, 2)) == "Tháng 2 năm 2022 (từ 15/01/2022 đến 14/02/2022)"
    assert title_vi(Period(PeriodKind.RANGE, date(2022, 9, 1), date(2022, 9, 30))) == (
        "Từ ngày 01/9/2022 đến ngày 30/9/2022"
    )


def test_an_order_for_a_campaign_takes_the_campaigns_own_days() -> None:
    period = parse(
        {"kind": "campaign", "id": str(CAMPAIGN)},
        lambda _: ("Tết Trung thu", date(2022, 8, 20), date(2022, 9, 10)),
    )
    assert days(period) == (date(2022, 8, 20), date(2022, 9, 10))
    assert title_vi(period) == "Đợt “Tết Trung thu” (từ 20/8/2022 đến 10/9/2022)"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "kind"),
        ({"kind": "fortnight"}, "kind"),
        ({"kind": "month", "year": 2022}, "number"),
        ({"kind": "month", "year": 2022, "number": 13}, "number"),
        ({"kind": "quarter", "year": 2022, "number": 5}, "number"),
        ({"kind": "quarter", "year": "2022", "number": 1}, "year"),
        ({"kind": "quarter", "year": True, "number": 1}, "year"),
        ({"kind": "year", "year": 2022, "number": 1}, "number"),
        ({"kind": "range", "from": "2022-09-01", "to": "2022-08-31"}, "to"),
        ({"kind": "range", "from": "1/9/2022", "to": "2022-09-30"}, "from"),
        ({"kind": "campaign", "id": "one"}, "id"),
        ({"kind": "campaign", "id": str(CAMPAIGN)}, "id"),
    ],
)
def test_an_order_that_names_no_period_is_told_which_part_is_wrong(
    wish: dict[str, object], field: str
) -> None:
    with pytest.raises(WrongPeriodError) as refused:
        parse(wish, no_campaign)
    assert refused.value.field == field
    assert refused.value.vi
    assert refused.value.en


def test_the_same_period_has_the_same_key_whoever_orders_it() -> None:
    wish = {"kind": "month", "year": 2022, "number": 9}
    assert parse(wish, no_campaign).key == legal(PeriodKind.MONTH, 2022, 9).key
    assert legal(PeriodKind.MONTH, 2022, 9).key != legal(PeriodKind.MONTH, 2022, 8).key
