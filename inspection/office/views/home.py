"""The first page: what a person's roles need to see in the morning."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from config.extensions import db, now
from inspection.campaigns.rules import is_running
from inspection.health import reading
from inspection.office.blueprint import blueprint
from inspection.office.options import today
from inspection.office.reads import administration, register
from inspection.office.reads import campaigns as campaign_reads
from inspection.office.reads import reports as report_reads
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission

CAMPAIGNS_SHOWN = 12
REPORTS_SHOWN = 5
CASES_SHOWN = 10


@blueprint.get("/")
@require_page(Permission.OFFICE)
def home() -> ResponseReturnValue:
    """The parts that the reader's roles open; nothing is computed for the others."""
    session, grants = db.session(), caller().grants
    shown: dict[str, object] = {}
    if grants.holds(Permission.READ_CAMPAIGNS):
        found = campaign_reads.campaigns_in(session, grants.scopes)
        running = [one for one in found if is_running(one.starts_on, one.ends_on, today())]
        listed = running[:CAMPAIGNS_SHOWN] or found[:1]
        shown["running"], shown["more"] = running[:CAMPAIGNS_SHOWN], len(running) > CAMPAIGNS_SHOWN
        shown["newest"] = None if running else next(iter(found), None)
        shown["counts"] = campaign_reads.counts_of(session, listed)
    if grants.holds(Permission.READ_REGISTER):
        shown["cases"] = register.open_cases(session, grants.scopes, CASES_SHOWN)
        shown["standing"] = register.standing(session, grants.scopes, today())
    if grants.holds(Permission.READ_REPORTS):
        shown["reports"] = report_reads.newest(session, caller(), REPORTS_SHOWN)
    if grants.holds(Permission.MANAGE_PEOPLE):
        shown["administration"] = administration.figures(session, grants.jurisdiction)
    if grants.holds(Permission.READ_OPERATION):
        shown["operation"] = reading.read(session, current_app.config["SETTINGS"], now())
    return render_template("office/home.html", today=today(), **shown)
