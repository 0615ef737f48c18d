"""The printed forms as data: columns by their number (mã số) and the formulas that the forms themselves prescribe.
Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from inspection.reports.checks import DisagreementError
from inspection.reports.wordlists import DATA

Number = int | Decimal
_TERM = re.compile(r"(?:([^:+=]+):)?(\d+)")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its columns (number, words) in printing order, its checks, and how well the layout was read."""

    key: str
    title: str
    verified: str
    columns: tuple[tuple[int, str], ...]
    checks: tuple[str, ...]


@cache
def forms() -> tuple[Form, ...]:
    """The forms in their order."""
    return tuple(
        Form(
            entry["key"],
            entry["title"],
            entry["verified"],
            tuple((column["ms"], column["name"]) for column in entry["columns"]),
            tuple(entry["checks"]),
        )
        for entry in _file()["forms"]
    )


@cache
def cross_checks() -> tuple[str, ...]:
    """The formulas between forms, ``form:column``."""
    return tuple(_file()["cross_checks"])


@cache
def source() -> str:
    """Where the layouts come from."""
    return str(_file()["source"])


def check(counted: Mapping[str, Mapping[int, Number]]) -> None:
    """Assert every formula of the forms and between them.

    :raises DisagreementError: at the first that does not hold, with both sides.
    """
    for form in forms():
        for formula in form.checks:
            _hold(formula, counted, form.key)
    for formula in cross_checks():
        _hold(formula, counted, "")


def _hold(formula: str, counted: Mapping[str, Mapping[int, Number]], form: str) -> None:
    left, right = (_sum(side, counted, form) for side in formula.split("="))
    if left != right:
        raise DisagreementError(f"{form} {formula}: {left} is not {right}".strip())


def _sum(side: str, counted: Mapping[str, Mapping[int, Number]], form: str) -> Number:
    terms = [_TERM.fullmatch(term.strip()) for term in side.split("+")]
    return sum(counted[term[1] or form][int(term[2])] for term in terms if term is not None)


@cache
def _file() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "petition_tables.json").read_text(encoding="utf-8"))
    return content
