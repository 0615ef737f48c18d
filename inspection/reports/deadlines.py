"""By when a report is owed: dated data with its source. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import OutsideCalendarError
from inspection.documents.numbers import short_date
from inspection.reports.models import ReportKind
from inspection.reports.periods import PeriodDocument
from inspection.reports.wordlists import DATA


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, or None where whoever asked sets it; in words; the source; and whether the source was read
    (``V``), is second-hand (``V2``) or from memory (``U``)."""

    day: date | None
    words: str
    source: str
    verified: str


ON_REQUEST = Deadline(
    None, "Thời hạn gửi do cơ quan yêu cầu hoặc kế hoạch của đợt quy định.", "NĐ 09/2019 Đ.8", "V"
)


def deadline_of(kind: ReportKind, period: PeriodDocument) -> Deadline:
    """When a report of a legal period is owed. A campaign or a free range has the day that its plan sets."""
    if period["kind"] in {"campaign", "range"}:
        return ON_REQUEST
    last = date.fromisoformat(period["last"])
    rule = next(
        rule
        for rule in _rules()
        if kind.value in rule["kinds"]
        and date.fromisoformat(rule["valid_from"]) <= last
        and (rule["valid_to"] is None or last <= date.fromisoformat(rule["valid_to"]))
    )
    if rule["day"] is not None:
        day: date | None = last.replace(day=rule["day"])
    else:
        try:
            day = national_calendar().after_working_days(last, rule["working_days"])
        except OutsideCalendarError:
            day = None
    when = f"Hạn gửi: {rule['words']}" + (f" ({short_date(day)})." if day else ".")
    return Deadline(day, when, rule["source"], rule["verified"])


@cache
def _rules() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = json.loads((DATA / "deadlines.json").read_text(encoding="utf-8"))
    return rules
