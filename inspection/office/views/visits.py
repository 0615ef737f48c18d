"""One visit: what was asked and answered, what was found, who wrote it, what is disputed."""

from __future__ import annotations

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db
from inspection.complaints.inspections import cases_of_visit
from inspection.evidence.models import Evidence
from inspection.evidence.serving import serve
from inspection.journal.state import moved_to
from inspection.office.blueprint import blueprint
from inspection.office.reads import names as name_reads
from inspection.office.reads import visits as reads
from inspection.office.reads.conflict_views import conflict_views
from inspection.office.reads.measurements import outcomes
from inspection.office.views.guards import readable
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.visits.models import Visit
from inspection.visits.record.content import fingerprint
from inspection.visits.record.standing import standing_of

SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp")
"""What every browser can draw; anything else is offered as a link."""


@blueprint.get("/visits/<uuid:record>")
@require_page(Permission.READ_CAMPAIGNS)
def visit(record: uuid.UUID) -> ResponseReturnValue:
    """The visit's page."""
    session, reading = db.session(), caller()
    readable(session, record, "visit")
    row = session.get_one(Visit, record)
    view = reads.visit_view(session, row, english=reading.language == "en")
    writers = {author[0] for one in view.records.values() if (author := one.last_author)}
    minutes = standing_of(session, record)
    writers |= {str(one.person) for one in minutes.amendments} if minutes else set()
    pointed = {view.visit.unit, view.visit.lead, view.campaign.id if view.campaign else None}
    return render_template(
        "office/visit.html",
        view=view,
        outcome=outcomes(session, [row]).get(row.id),
        names=name_reads.names_of(session, {*writers, *pointed}, reading.language),
        conflicts=conflict_views(session, view.conflicts, reading.language),
        may_settle=reading.grants.may(Verb.SETTLE, "visit", view.record.scope),
        moved_to=moved_to(view.record.state),
        may_edit=reading.grants.may(Verb.EDIT, "visit", view.record.scope),
        shown_inline=SHOWN_INLINE,
        minutes=minutes,
        cases=[
            (one, reading.grants.may(Verb.READ, "complaint", one.scope))
            for one in cases_of_visit(session, row)
        ],
        fingerprint=fingerprint,
        total_answers=sum(len(lines) for groups in view.answers.values() for lines in groups.values()),
    )


@blueprint.get("/evidence/<uuid:record>")
@require_page(Permission.READ_CAMPAIGNS)
def evidence(record: uuid.UUID) -> ResponseReturnValue:
    """A photo, scan or drawn signature of a visit."""
    found = db.session.get(Evidence, record)
    if found is None or not caller().grants.may(Verb.READ, "evidence", found.scope):
        raise Refusal("not_found")
    return serve(found)
