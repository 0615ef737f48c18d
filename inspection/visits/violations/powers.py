"""Who may fine up to how much, the time limits of the procedure and the periods of repetition: dated data from
``data/fine-powers.json``, each with its source and mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import fields

from inspection.calendar.rules import DayUnit
from inspection.checklists.rules import Domain, Payer
from inspection.datafiles import FileSchema, checked, read, refuse
from inspection.visits.rules import Sanction
from inspection.visits.violations.rules import Step, TimeLimit

DATA = Path(__file__).parent / "data"


class _Sourced(FileSchema):
    source = fields.String(required=True)
    verified = fields.String(required=True)


class _Dated(_Sourced):
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


class _Ceiling(_Dated):
    domain = fields.Enum(Domain, by_value=True, required=True)
    individual = fields.Integer(required=True, strict=True)


class _Authority(_Dated):
    code = fields.String(required=True)
    name_vi = fields.String(required=True)
    name_en = fields.String(required=True)
    share = fields.Integer(required=True, strict=True)


class _TimeLimit(_Sourced):
    code = fields.Enum(Step, by_value=True, required=True)
    case = fields.String(required=True)
    count = fields.Integer(required=True, strict=True)
    unit = fields.Enum(DayUnit, by_value=True, required=True)


class _Repeat(_Sourced):
    sanction = fields.Enum(Sanction, by_value=True, required=True)
    months = fields.Integer(required=True, strict=True)


class _ExplanationFrom(_Sourced):
    individual = fields.Integer(required=True, strict=True)
    organisation = fields.Integer(required=True, strict=True)


class _LatePayment(_Sourced):
    per_day = fields.Decimal(required=True)


class _Powers(FileSchema):
    marks = fields.Dict(required=True)
    ceilings = fields.List(fields.Nested(_Ceiling), required=True)
    authorities = fields.List(fields.Nested(_Authority), required=True)
    time_limits = fields.List(fields.Nested(_TimeLimit), required=True)
    explanation_from = fields.Nested(_ExplanationFrom, required=True)
    late_payment = fields.Nested(_LatePayment, required=True)
    repeat_months = fields.List(fields.Nested(_Repeat), required=True)


@dataclass(frozen=True, slots=True)
class Power:
    """An authority's ceiling in dong for one payer, with its source; ``certain`` when both were read."""

    name_vi: str
    name_en: str
    share: int
    amount: int
    source: str
    certain: bool


@cache
def _file() -> dict[str, Any]:
    file = checked(_Powers(), "fine-powers", read(DATA / "fine-powers.json"))
    entries = [
        *(each for key in ("ceilings", "authorities", "time_limits", "repeat_months") for each in file[key]),
        file["explanation_from"],
        file["late_payment"],
    ]
    refuse(
        "fine-powers",
        [
            f"mark {one['verified']} is not explained"
            for one in entries
            if one["verified"] not in file["marks"]
        ],
    )
    return file


def ceilings() -> list[dict[str, Any]]:
    """The ceilings of the fields as the file has them, each with its dates, source and mark."""
    return list(_file()["ceilings"])


def authorities() -> list[dict[str, Any]]:
    """Who may fine what share of a ceiling, as the file has it."""
    return list(_file()["authorities"])


def explanation_from(payer: Payer) -> int:
    """The maximum of a range in dong from which the violator may explain in writing."""
    amount: int = _file()["explanation_from"][payer.value]
    return amount


def late_payment() -> tuple[Decimal, str]:
    """What a day of delay adds to an unpaid sum, as a share of it, and the source."""
    entry = _file()["late_payment"]
    return entry["per_day"], entry["source"]


def powers_on(domain: str, payer: Payer, day: date) -> list[Power]:
    """Who may fine up to how much in a field on ``day``; an organisation pays up to twice (Luật XLVPHC Điều 24). Empty
    where nothing is known of that day: before 01/7/2025 the powers were those of each decree, which were not read."""
    ceiling = next((one for one in _file()["ceilings"] if one["domain"] == domain and _holds(one, day)), None)
    if ceiling is None:
        return []
    most = ceiling["individual"] * (2 if payer is Payer.ORGANISATION else 1)
    return [
        Power(
            name_vi=one["name_vi"],
            name_en=one["name_en"],
            share=one["share"],
            amount=most * one["share"] // 100,
            source=f"{one['source']}; {ceiling['source']}",
            certain={one["verified"], ceiling["verified"]} == {"in source"},
        )
        for one in _file()["authorities"]
        if _holds(one, day)
    ]


def time_limits() -> list[TimeLimit]:
    """The steps of the procedure and their time limits."""
    return [TimeLimit(**one) for one in _file()["time_limits"]]


def repeat_months(sanction: str) -> tuple[int, bool]:
    """Within how many months a violation repeats one so sanctioned, and whether the article was read."""
    found = next((one for one in _file()["repeat_months"] if one["sanction"] == sanction), None)
    return (0, False) if found is None else (found["months"], found["verified"] == "in source")


def _holds(entry: dict[str, Any], day: date) -> bool:
    return entry["valid_from"] <= day and (entry["valid_to"] is None or day <= entry["valid_to"])
