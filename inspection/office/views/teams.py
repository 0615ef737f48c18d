"""The team of a campaign: who belongs to it, who leaves."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db
from inspection.campaigns.rules import Duty
from inspection.office.blueprint import blueprint, say
from inspection.office.views.guards import must, readable
from inspection.office.writing import change, tell
from inspection.people.access import require_page
from inspection.people.models import Person
from inspection.people.permissions import Permission, Verb


@blueprint.post("/campaigns/<uuid:record>/team")
@require_page(Permission.READ_CAMPAIGNS)
def join_team(record: uuid.UUID) -> ResponseReturnValue:
    """Give a person a place in the team."""
    session = db.session()
    campaign = readable(session, record, "campaign")
    must(Verb.CREATE, "assignment", campaign.scope)
    try:
        person = session.get(Person, uuid.UUID(request.form.get("person", "")))
    except ValueError:
        person = None
    if person is None:
        flash(say("flash.choose_person"), "warning")
        return redirect(url_for("office.campaign", record=record))
    values = {
        "campaign": str(record),
        "person": str(person.id),
        "duty": Duty.LEAD.value if request.form.get("duty") == Duty.LEAD else Duty.MEMBER.value,
        "team": request.form.get("team", "").strip()[:100] or None,
    }
    if person.agency is not None:
        values["agency"] = str(person.agency)
    scope = campaign.scope
    tell(change(kind="assignment", scope=scope, fields=values))
    return redirect(url_for("office.campaign", record=record, _anchor="team"))


@blueprint.post("/campaigns/<uuid:record>/team/<uuid:assignment>/leave")
@require_page(Permission.READ_CAMPAIGNS)
def leave_team(record: uuid.UUID, assignment: uuid.UUID) -> ResponseReturnValue:
    """Take a person out of the team. What the person did while in it stays theirs."""
    place = readable(db.session(), assignment, "assignment")
    if place.values.get("campaign") != str(record):
        raise Refusal("not_found")
    tell(
        change(
            kind="assignment",
            scope=place.scope,
            record=assignment,
            fields={"voided": {"reason": say("reason.left_team")}},
            base=request.form.get("base", "0"),
        )
    )
    return redirect(url_for("office.campaign", record=record, _anchor="team"))
