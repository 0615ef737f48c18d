"""Opening the sealed identity of a case: its handler, with a reason that the journal keeps.

The identity is in the one answer to the one form, which no cache keeps; it is in no address, session or log.
"""

from __future__ import annotations

import uuid

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from config.settings import Settings
from inspection.complaints import opening
from inspection.complaints.models import Complaint, SealedIdentity
from inspection.complaints.sealing import SealingError
from inspection.office.blueprint import blueprint, say
from inspection.office.views.guards import readable
from inspection.office.writing import raise_refused
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission

LONGEST_REASON = 2000


@blueprint.get("/complaints/<uuid:record>/identity")
@require_page(Permission.OPEN_IDENTITIES)
def identity(record: uuid.UUID) -> ResponseReturnValue:
    """The form that asks for the reason."""
    return render_template("office/identity.html", complaint=_case(record), identities=None, problem=None)


@blueprint.post("/complaints/<uuid:record>/identity")
@require_page(Permission.OPEN_IDENTITIES)
def open_identity(record: uuid.UUID) -> ResponseReturnValue:
    """Write the opening to the journal; once that is committed, show what was sealed."""
    complaint = _case(record)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        words = say("form.required")
        return render_template(
            "office/identity.html", complaint=complaint, identities=None, problem=words
        ), 422
    with write() as session:
        result = opening.record_opening(session, caller().author, session.get_one(Complaint, record), reason)
    raise_refused(result)
    if result.seq is None:
        raise Refusal("internal")
    settings: Settings = current_app.config["SETTINGS"]
    problem: str | None = None
    shown: list[opening.Identity] | None = None
    try:
        shown = opening.identities(db.session(), settings.data_dir, record)
    except SealingError:
        problem = say("identity.not_opened")
    return render_template("office/identity.html", complaint=_case(record), identities=shown, problem=problem)


def _case(record: uuid.UUID) -> Complaint:
    """A case with a sealed identity that is in the reader's hands.

    :raises Refusal: ``not_found``, ``forbidden``.
    """
    session = db.session()
    readable(session, record, "complaint")
    found = session.get_one(Complaint, record)
    if not opening.may_open(caller().author, found):
        raise Refusal("forbidden")
    if session.get(SealedIdentity, record) is None:
        raise Refusal("not_found")
    return found
