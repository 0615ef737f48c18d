"""The manager's dashboard, and the visits behind each of its figures."""

from __future__ import annotations

import uuid
from itertools import islice

from flask import render_template, request
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import now, snapshot
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.reads import dashboard as reads
from inspection.office.views.guards import page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission
from inspection.reports.behind import FIGURES, INSTRUMENTS, KINDS, OUTCOMES, SAMPLES
from inspection.reports.periods import (
    Period,
    PeriodKind,
    WrongPeriodError,
    compared_with,
    parse,
    running,
)
from inspection.reports.wordlists import UNKNOWN, instruments

RUNNING_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
TESTED = ("laboratory", "quick")
SHADED_BY = ("visits", "violations")
LINES_A_PAGE = 50
MOST_OVERDUE = 10
"""Overdue remedies that the dashboard names; the page of violations has them all."""


@blueprint.get("/dashboard")
@require_page(Permission.ORDER_SUMMARIES)
def dashboard() -> ResponseReturnValue:
    """The running period, or the one asked for, with the map, the outcomes and the last twelve months."""
    period, day = _period(), today()
    wanted = request.args.get("map")
    shaded_by = wanted if wanted in SHADED_BY else SHADED_BY[0]
    with snapshot() as session:
        found = reads.dashboard(session, _jurisdiction(), period, day, shaded_by)
    return render_template(
        "office/dashboard.html",
        found=found,
        figures=found.standing.figures,
        standing=found.standing,
        tiles={tile.key: tile for tile in found.tiles},
        most_overdue=MOST_OVERDUE,
        period=period,
        address=_address(period),
        running={kind.value: _address(running(kind, day)) for kind in RUNNING_KINDS},
        compared={"now": _address(period)} | {key: _address(one) for key, one in compared_with(period)},
        is_running=day in period,
        shaded_by=shaded_by,
        outcomes=OUTCOMES,
        sample_figures=tuple(SAMPLES),
        instrument_figures=tuple(INSTRUMENTS),
        instrument_names=_instrument_names(),
        counted_at=now(),
    )


@blueprint.get("/dashboard/<figure>")
@require_page(Permission.ORDER_SUMMARIES)
def dashboard_visits(figure: str) -> ResponseReturnValue:
    """The visits behind one figure, of the whole district or of one unit or one line of its table."""
    if figure not in FIGURES:
        raise Refusal("not_found")
    period, jurisdiction = _period(), _jurisdiction()
    unit, line = request.args.get("unit") or None, request.args.get("line") or None
    with snapshot() as session:
        name = reads.unit_name(session, jurisdiction, unit) if unit else ""
        behind, lines = reads.visits_behind(session, jurisdiction, period, figure, unit, line)
    page = page_number()
    first = (page - 1) * LINES_A_PAGE
    return render_template(
        "office/dashboard_visits.html",
        figure=figure,
        behind=behind,
        lines=list(islice(lines, first, first + LINES_A_PAGE)),
        period=period,
        address=_address(period),
        unit=name,
        unit_unknown=unit is not None and (unit == UNKNOWN or not name),
        kind=KINDS.get(figure),
        line=_line_words(figure, line) if line else None,
        page=page,
        pages=-(-len(lines) // LINES_A_PAGE),
        total=len(lines),
    )


def _instrument_names() -> dict[str, str]:
    return {word.key: word.name_en if caller().language == "en" else word.name_vi for word in instruments()}


def _line_words(figure: str, line: str) -> str:
    """The line of a table that only is looked at, in words: an act by its code, where a sample was tested, a kind of
    instrument. What nobody knows is said as it was asked for."""
    if KINDS.get(figure) == "instrument_check":
        return _instrument_names().get(line, line)
    if KINDS.get(figure) == "sample":
        return say(f"dashboard.tested.{line}") if line in TESTED else line
    return say("dashboard.only_code", code=line)


def _jurisdiction() -> uuid.UUID:
    jurisdiction = caller().grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    return jurisdiction


def _period() -> Period:
    """The legal period that the address names, else the running month.

    :raises Refusal: ``not_found`` for an address that names no period.
    """
    kind = request.args.get("period")
    if kind is None:
        return running(PeriodKind.MONTH, today())
    wish: dict[str, object] = {"kind": kind}
    for name in ("year", "number"):
        text = request.args.get(name, "")
        if text.isascii() and text.isdigit():
            wish[name] = int(text[:6])
    try:
        return parse(wish, lambda _campaign: None)
    except WrongPeriodError as problem:
        raise Refusal("not_found") from problem


def _address(period: Period) -> dict[str, str | int]:
    """The part of an address that names a legal period."""
    named: dict[str, str | int] = {"period": period.kind.value}
    if period.year is not None:
        named["year"] = period.year
    if period.number is not None:
        named["number"] = period.number
    return named
