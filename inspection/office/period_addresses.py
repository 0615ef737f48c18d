"""How the address of a page names a period of reports, and how it is read there again."""

from __future__ import annotations

from collections.abc import Mapping

from inspection.reports.periods import CampaignDays, Period, PeriodKind, parse

Address = dict[str, str | int]
WHOLE, TEXT = ("year", "number"), ("id", "from", "to")


def address_of(period: Period) -> Address:
    """The part of an address that names ``period``."""
    named: Address = {"period": period.kind.value}
    match period.kind:
        case PeriodKind.CAMPAIGN:
            named["id"] = str(period.campaign)
        case PeriodKind.RANGE:
            named |= {"from": period.first.isoformat(), "to": period.last.isoformat()}
        case _:
            named |= {name: value for name in WHOLE if (value := getattr(period, name)) is not None}
    return named


def period_at(arguments: Mapping[str, str], campaign_days: CampaignDays) -> Period | None:
    """The period that an address names; None when it names none.

    :raises WrongPeriodError: when what it names is no period.
    """
    if "period" not in arguments:
        return None
    wish: dict[str, object] = {"kind": arguments["period"]}
    wish |= {name: arguments[name] for name in TEXT if name in arguments}
    for name in WHOLE:
        text = arguments.get(name, "")
        if text.isascii() and text.isdigit():
            wish[name] = int(text[:6])
    return parse(wish, campaign_days)
