"""How days, moments and numbers are written for a reader. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from config.errors import Language

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "—"


def day(value: date | str | None, language: Language) -> str:
    """``05/09/2026`` in Vietnamese, ``5 Sep 2026`` in English."""
    if not value:
        return NOTHING
    if isinstance(value, str):
        value = as_day(value[:10])
    return f"{value.day} {value:%b %Y}" if language == "en" else f"{value:%d/%m/%Y}"


def as_day(text: str) -> date:
    """The day of an ISO date."""
    return date.fromisoformat(text)


def moment(value: datetime | str | None, language: Language) -> str:
    """Day and time of day in Vietnam."""
    if not value:
        return NOTHING
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    local = value.astimezone(ZONE)
    return f"{day(local.date(), language)}, {local:%H:%M}"


def number(value: Decimal | float | None, language: Language) -> str:
    """A number with the separators of the language: ``1.234,5`` or ``1,234.5``."""
    if value is None:
        return NOTHING
    text = f"{value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def decimal(text: str | None, language: Language) -> str:
    """A number of the journal, plain text, with the separators of the language."""
    return NOTHING if text is None else number(Decimal(text), language)


def percent(part: int, whole: int) -> int:
    """``part`` of ``whole`` in whole per cent, never 100 before all is done."""
    return part * 100 // whole if whole else 0
