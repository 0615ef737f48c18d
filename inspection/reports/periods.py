"""Reporting periods: which days a month, quarter, half-year, nine months or year of a report covers.

Source: Nghị định 09/2019/NĐ-CP, Điều 12 (in force from 12/3/2019): figures run from the 15th of the month
before the period to the 14th of the period's last month; the same windows in TT 01/2024/TT-TTCP and TT
06/2025/TT-TTCP, Điều 7. A campaign keeps its own days (an occasion such as Tết is reported by its own plan),
and a range is whatever days were asked for.

The closing day is dated data. A window opens on the day after the preceding one closed, so that windows stay
without gap or overlap even in the month in which a later decree moves the closing day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypedDict
from uuid import UUID

from inspection.documents.numbers import date_in_words_english, short_date

EARLIEST_YEAR = 2000
LATEST_YEAR = 2100
ROMAN = ("I", "II", "III", "IV")
ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """What a report covers. The first five have windows fixed by law."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    CAMPAIGN = "campaign"
    RANGE = "range"


NUMBERS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2}
"""How many of a kind there are in a year. Nine months and the year are alone in theirs."""

MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """The day of the month on which figures close, from a date on."""

    valid_from: date
    closing_day: int
    source: str


def _closing_rules() -> tuple[ClosingRule, ...]:
    listed = json.loads((Path(__file__).parent / "data" / "closing.json").read_text(encoding="utf-8"))
    return tuple(
        ClosingRule(date.fromisoformat(rule["valid_from"]), rule["closing_day"], rule["source"])
        for rule in listed
    )


CLOSING_RULES = _closing_rules()
"""Oldest first, from ``data/closing.json``: a later decree is one more line."""


class WrongPeriodError(ValueError):
    """An order names no period; ``field`` says which part of it is wrong, ``vi`` and ``en`` how."""

    def __init__(self, field: str, vi: str, en: str) -> None:
        super().__init__(f"{field}: {en}")
        self.field = field
        self.vi = vi
        self.en = en


class PeriodDocument(TypedDict):
    """A period as it is kept with its report, the window always written out."""

    kind: str
    year: int | None
    number: int | None
    campaign: str | None
    first: str
    last: str
    name: str
    title_vi: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``first`` to ``last``, both included, and what they are called.

    ``number`` is the month, quarter or half; ``campaign`` and ``name`` are those of the campaign.
    """

    kind: PeriodKind
    first: date
    last: date
    year: int | None = None
    number: int | None = None
    campaign: UUID | None = None
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def key(self) -> str:
        """The same text for the same period, whoever orders it: used to find earlier revisions."""
        if self.campaign is not None:
            return f"campaign:{self.campaign}"
        return f"{self.kind}:{self.first.isoformat()}:{self.last.isoformat()}"

    def document(self) -> PeriodDocument:
        """JSON-ready."""
        return PeriodDocument(
            kind=self.kind.value,
            year=self.year,
            number=self.number,
            campaign=str(self.campaign) if self.campaign else None,
            first=self.first.isoformat(),
            last=self.last.isoformat(),
            name=self.name,
            title_vi=title_vi(self),
            title_en=title_en(self),
        )


CampaignDays = Callable[[UUID], tuple[str, date, date] | None]
"""Gives the name, the first and the last day of a campaign, or None when there is none."""


def parse(wish: Mapping[str, object], campaign_days: CampaignDays) -> Period:
    """The period of an order, in the form ``{"kind": "quarter", "year": 2026, "number": 3}`` and its
    siblings.

    :raises WrongPeriodError: naming the field that is wrong.
    """
    kind = _kind(wish)
    allowed = {
        PeriodKind.CAMPAIGN: {"kind", "id"},
        PeriodKind.RANGE: {"kind", "from", "to"},
        PeriodKind.NINE_MONTHS: {"kind", "year"},
        PeriodKind.YEAR: {"kind", "year"},
    }.get(kind, {"kind", "year", "number"})
    for field in sorted(set(wish) - allowed):
        raise WrongPeriodError(
            field, "Trường không dùng cho loại kỳ này.", "Not used for this kind of period."
        )
    if kind is PeriodKind.CAMPAIGN:
        return _campaign(wish, campaign_days)
    if kind is PeriodKind.RANGE:
        first, last = _day(wish, "from"), _day(wish, "to")
        if last < first:
            raise WrongPeriodError("to", "Ngày cuối không được sớm hơn ngày đầu.", "Ends before it begins.")
        return Period(kind, first, last)
    year = _whole(wish, "year", EARLIEST_YEAR, LATEST_YEAR)
    number = _whole(wish, "number", 1, NUMBERS[kind]) if kind in NUMBERS else None
    return legal(kind, year, number)


def begun(period: Period, today: date) -> Period:
    """The same period, if any of its days has come: of one that lies ahead there is nothing to report.

    :raises WrongPeriodError: when it begins after ``today``.
    """
    if period.first > today:
        raise WrongPeriodError(
            "kind",
            f"Kỳ này chưa bắt đầu (từ ngày {short_date(period.first)}): chưa có gì để báo cáo.",
            f"This period has not begun (from {date_in_words_english(period.first)}): there is nothing to report.",
        )
    return period


def legal(kind: PeriodKind, year: int, number: int | None = None) -> Period:
    """The window fixed by law (NĐ 09/2019/NĐ-CP Điều 12): April 2022 is 15/3 to 14/4/2022."""
    length = MONTHS[kind]
    first_month = 1 + ((number or 1) - 1) * length
    first = closing_day(year, first_month - 1) + ONE_DAY
    return Period(kind, first, closing_day(year, first_month + length - 1), year, number)


def closing_day(year: int, month: int) -> date:
    """The last day of the reporting month ``month``; month 0 is December of the year before."""
    if month == 0:
        year, month = year - 1, 12
    rule = next(rule for rule in reversed(CLOSING_RULES) if rule.valid_from <= date(year, month, 1))
    return date(year, month, rule.closing_day)


def running(kind: PeriodKind, day: date) -> Period:
    """The legal month, quarter, half or year that ``day`` lies in: 20 December 2026 is in January, and in the year,
    2027."""
    numbers = range(1, NUMBERS[kind] + 1) if kind in NUMBERS else (None,)
    periods = (legal(kind, year, number) for year in (day.year, day.year + 1) for number in numbers)
    return next(period for period in periods if day in period)


def months_up_to(day: date, count: int) -> list[Period]:
    """The ``count`` legal months of which the last is the one that ``day`` lies in, in order."""
    last = running(PeriodKind.MONTH, day)
    end = (last.year or day.year) * 12 + (last.number or 1) - 1
    return [legal(PeriodKind.MONTH, month // 12, month % 12 + 1) for month in range(end - count + 1, end + 1)]


def closed_on(day: date) -> list[Period]:
    """The legal periods whose last day was the day before ``day``: on 15 December month, quarter, half and
    year."""
    year, month = day.year, day.month
    if closing_day(year, month) + ONE_DAY != day:
        return []
    periods = [legal(PeriodKind.MONTH, year, month)]
    if month % 3 == 0:
        periods.append(legal(PeriodKind.QUARTER, year, month // 3))
    if month % 6 == 0:
        periods.append(legal(PeriodKind.HALF, year, month // 6))
    if month == 9:
        periods.append(legal(PeriodKind.NINE_MONTHS, year))
    if month == 12:
        periods.append(legal(PeriodKind.YEAR, year))
    return periods


def compared_with(period: Period) -> list[tuple[str, Period]]:
    """The periods that a report sets beside its own: the one before (``previous``) and that of a year ago
    (``last_year``), which for a year is the same one. A campaign has no neighbours among periods.

    A range is compared with as many days before it, and with the same days of last year.
    """
    if period.kind is PeriodKind.CAMPAIGN:
        return []
    if period.kind is PeriodKind.RANGE:
        length = period.last - period.first + ONE_DAY
        return [
            ("previous", Period(period.kind, period.first - length, period.first - ONE_DAY)),
            ("last_year", Period(period.kind, _a_year_ago(period.first), _a_year_ago(period.last))),
        ]
    year, number = period.year or period.last.year, period.number
    last_year = legal(period.kind, year - 1, number)
    if number is None:
        return [("last_year", last_year)]
    before = (
        legal(period.kind, year, number - 1)
        if number > 1
        else legal(period.kind, year - 1, NUMBERS[period.kind])
    )
    return [("previous", before), ("last_year", last_year)]


def _a_year_ago(day: date) -> date:
    """The same day of last year; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def months_of(period: Period) -> list[Period]:
    """The months that a period is drawn by, in order, covering it exactly.

    A legal period has reporting months (15th to 14th); a campaign or a range has calendar months, cut at its
    ends.
    """
    if period.kind in MONTHS and period.year is not None:
        first_month = 1 + ((period.number or 1) - 1) * MONTHS[period.kind]
        return [
            legal(PeriodKind.MONTH, period.year, month)
            for month in range(first_month, first_month + MONTHS[period.kind])
        ]
    months = []
    first = period.first
    while first <= period.last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(following - ONE_DAY, period.last)
        months.append(Period(PeriodKind.MONTH, first, last, first.year, first.month))
        first = following
    return months


def name_vi(period: Period) -> str:
    """The period without its days: "quý III năm 2022"."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {period.number} năm {period.year}"
        case PeriodKind.QUARTER:
            return f"quý {ROMAN[(period.number or 1) - 1]} năm {period.year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng năm {period.year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}"
        case PeriodKind.CAMPAIGN:
            return f"đợt “{period.name}”"
        case PeriodKind.RANGE:
            return f"từ ngày {short_date(period.first)} đến ngày {short_date(period.last)}"


def title_vi(period: Period) -> str:
    """ "Quý III năm 2022 (từ 15/6/2022 đến 14/9/2022)"."""
    name = name_vi(period)
    name = name[0].upper() + name[1:]
    if period.kind is PeriodKind.RANGE:
        return name
    return f"{name} (từ {short_date(period.first)} đến {short_date(period.last)})"


def title_en(period: Period) -> str:
    """ "Quarter III of 2022 (15 June 2022 to 14 September 2022)"."""
    days = f"{date_in_words_english(period.first)} to {date_in_words_english(period.last)}"
    match period.kind:
        case PeriodKind.MONTH:
            name = f"Month {period.number} of {period.year}"
        case PeriodKind.QUARTER:
            name = f"Quarter {ROMAN[(period.number or 1) - 1]} of {period.year}"
        case PeriodKind.HALF:
            name = f"{'First' if period.number == 1 else 'Second'} half of {period.year}"
        case PeriodKind.NINE_MONTHS:
            name = f"Nine months of {period.year}"
        case PeriodKind.YEAR:
            name = f"Year {period.year}"
        case PeriodKind.CAMPAIGN:
            name = f"Campaign “{period.name}”"
        case PeriodKind.RANGE:
            return days
    return f"{name} ({days})"


def _kind(wish: Mapping[str, object]) -> PeriodKind:
    try:
        return PeriodKind(str(wish.get("kind")))
    except ValueError:
        raise WrongPeriodError(
            "kind", "Loại kỳ báo cáo không có trong danh mục.", "No such kind of period."
        ) from None


def _campaign(wish: Mapping[str, object], campaign_days: CampaignDays) -> Period:
    try:
        campaign = UUID(str(wish.get("id")))
    except ValueError:
        raise WrongPeriodError("id", "Cần mã của đợt kiểm tra.", "The id of a campaign is needed.") from None
    found = campaign_days(campaign)
    if found is None:
        raise WrongPeriodError("id", "Không có đợt kiểm tra này.", "There is no such campaign.")
    name, first, last = found
    return Period(PeriodKind.CAMPAIGN, first, last, campaign=campaign, name=name)


def _whole(wish: Mapping[str, object], field: str, least: int, most: int) -> int:
    value = wish.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise WrongPeriodError(
            field,
            f"Phải là số nguyên từ {least} đến {most}.",
            f"Must be a whole number from {least} to {most}.",
        )
    return value


def _day(wish: Mapping[str, object], field: str) -> date:
    try:
        return date.fromisoformat(str(wish.get(field)))
    except ValueError:
        raise WrongPeriodError(
            field, "Phải là ngày dạng NĂM-THÁNG-NGÀY.", "Must be a date, YEAR-MONTH-DAY."
        ) from None
