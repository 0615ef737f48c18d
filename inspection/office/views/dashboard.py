"""The manager's dashboard, and the visits behind each of its figures."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import islice

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, now, snapshot
from inspection.office import formats
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.period_addresses import address_of, period_at
from inspection.office.reads import dashboard as reads
from inspection.office.reads import reports
from inspection.office.reads.names import as_ids
from inspection.office.views.guards import page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission
from inspection.reports import queries
from inspection.reports.behind import FIGURES, INSTRUMENTS, KINDS, OUTCOMES, SAMPLES
from inspection.reports.models import Report
from inspection.reports.periods import Period, PeriodKind, WrongPeriodError, running
from inspection.reports.wordlists import instruments

RUNNING_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
TESTED = ("laboratory", "quick")
SHADED_BY = ("visits", "violations")
CAMPAIGN_FIGURES = ("visits", "establishments", "establishments_with_violation", "violations")
LINES_A_PAGE = 50


@blueprint.get("/dashboard")
@require_page(Permission.ORDER_SUMMARIES)
def dashboard() -> ResponseReturnValue:
    """The running period, or the one asked for, with the map, the outcomes and the last twelve months."""
    period, day = _period(), today()
    wanted = request.args.get("map")
    shaded_by = wanted if wanted in SHADED_BY else SHADED_BY[0]
    with snapshot() as session:
        found = reads.dashboard(session, _jurisdiction(), period, day, shaded_by)
        compared = dict(queries.periods_beside(session, (_jurisdiction(),), period))
    return render_template(
        "office/dashboard.html",
        found=found,
        figures=found.standing.figures,
        standing=found.standing,
        tiles={tile.key: tile for tile in found.tiles},
        most_overdue=reads.MOST_OVERDUE,
        period=period,
        address=address_of(period),
        address_of=address_of,
        running={kind.value: address_of(running(kind, day)) for kind in RUNNING_KINDS},
        compared={key: address_of(one) for key, one in (compared | {"now": period}).items()},
        is_running=day in period,
        shaded_by=shaded_by,
        outcomes=OUTCOMES,
        campaign_figures=CAMPAIGN_FIGURES,
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
    only, report = _only(), _report()
    with snapshot() as session:
        about = list(_about(session, jurisdiction, figure, only))
        behind, lines = reads.visits_behind(session, jurisdiction, period, figure, only)
    page = page_number()
    first = (page - 1) * LINES_A_PAGE
    return render_template(
        "office/dashboard_visits.html",
        figure=figure,
        behind=behind,
        lines=list(islice(lines, first, first + LINES_A_PAGE)),
        period=period,
        address=address_of(period),
        about=about,
        kind=KINDS.get(figure),
        page=page,
        pages=-(-len(lines) // LINES_A_PAGE),
        total=len(lines),
        report=report,
        reported=((report.figures or {}).get("totals") or {}).get(figure) if report else None,
    )


def _only() -> reads.Only:
    """The part of the figure that the address names.

    :raises Refusal: ``not_found`` for a day that is none.
    """
    text = request.args.get("until")
    try:
        until = formats.as_day(text) if text else None
    except ValueError as problem:
        raise Refusal("not_found") from problem
    unit, line, agency = (request.args.get(name) or None for name in ("unit", "line", "agency"))
    return reads.Only(unit, line, agency, until)


def _report() -> Report | None:
    """The report from whose page the reader comes.

    :raises Refusal: ``not_found`` for one that the reader may not read.
    """
    asked = list(as_ids([request.args.get("report", "")]))
    found = reports.readable(db.session(), caller(), asked[0]) if asked else None
    if found is None and "report" in request.args:
        raise Refusal("not_found")
    return found


def _about(session: Session, jurisdiction: uuid.UUID, figure: str, only: reads.Only) -> Iterator[str]:
    """The part of a figure that is shown, in words."""
    language = caller().language
    if only.unit:
        yield reads.unit_name(session, jurisdiction, only.unit) or say("dashboard.unknown_unit")
    if only.line:
        yield _line_words(figure, only.line)
    if only.agency:
        name = reads.agency_name(session, jurisdiction, only.agency, language)
        yield name or say("dashboard.unknown_agency")
    if only.until:
        yield say("dashboard.until", day=formats.day(only.until, language))


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
    """The period that the address names, else the running month.

    :raises Refusal: ``not_found`` for an address that names no period.
    """
    jurisdiction = _jurisdiction()
    try:
        named = period_at(
            request.args, lambda campaign: queries.campaign_days(db.session(), jurisdiction, campaign)
        )
    except WrongPeriodError as problem:
        raise Refusal("not_found") from problem
    return named or running(PeriodKind.MONTH, today())
