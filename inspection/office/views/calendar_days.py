"""The working calendar: the days that the product carries, and those that the office lists before them."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from inspection.calendar.kinds import day_id
from inspection.calendar.models import CalendarDay
from inspection.calendar.queries import listed_days, working_calendar
from inspection.complaints import operations
from inspection.complaints.queries import open_cases
from inspection.complaints.rules import Because
from inspection.journal import store
from inspection.journal.edit import edit
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint
from inspection.office.options import today
from inspection.office.writing import field_problems, raise_refused, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.jurisdictions import system_author
from inspection.people.permissions import Permission

FIELDS = ("day", "day_type", "off", "name", "source")


def _shape() -> record_forms.Shape:
    return record_forms.Shape(registry["calendar_day"], FIELDS)


@blueprint.get("/calendar")
@require_page(Permission.MANAGE_CALENDAR)
def calendar() -> ResponseReturnValue:
    """The calendar of this year and the next."""
    return _page({}, {}, None)


@blueprint.post("/calendar")
@require_page(Permission.MANAGE_CALENDAR)
def list_day() -> ResponseReturnValue:
    """List a day. The due dates of the open cases move in the same transaction, and say why."""
    reading = caller()
    jurisdiction = reading.grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    entered = record_forms.posted(_shape(), request.form)
    problems = record_forms.problems(_shape(), entered, reading.language, creating=True)
    problem = None
    if not problems:
        scope = f"reference:{jurisdiction}"
        record = day_id(scope, str(entered["day"]))
        try:
            with write() as session:
                known = session.get(CalendarDay, record)
                base = "0" if known is None else store.generations(session).version(known.version)
                result = edit(
                    session,
                    reading.author,
                    kind="calendar_day",
                    scope=scope,
                    record=record,
                    base=base,
                    fields=entered | ({} if known is None or not known.voided else {"voided": None}),
                )
                raise_refused(result)
                session.flush()
                moved = operations.set_clocks(
                    session,
                    system_author(session, jurisdiction),
                    open_cases(session, jurisdiction),
                    Because.CALENDAR,
                )
            tell(result)
            return redirect(url_for("office.calendar", moved=moved))
        except Refusal as refusal:
            problems, problem = field_problems(refusal), words_of(refusal)
    return _page(entered, problems, problem), 422


def _page(entered: dict[str, object], problems: dict[str, list[str]], problem: str | None) -> str:
    session, reading = db.session(), caller()
    jurisdiction = reading.grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    used = working_calendar(session, jurisdiction)
    first = today()
    moved = request.args.get("moved", "")
    return render_template(
        "office/calendar.html",
        days=[used.days[day] for day in sorted(used.days) if day >= first.replace(month=1, day=1)],
        listed={row.day for row in listed_days(session, jurisdiction)},
        last=used.last,
        undecided=used.undecided,
        fields=record_forms.build(_shape(), {"off": True, **entered}, reading.language, problems),
        problem=problem,
        moved=int(moved) if moved.isascii() and moved.isdigit() and len(moved) < 7 else None,
    )
