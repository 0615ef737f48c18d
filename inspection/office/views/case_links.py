"""Links of a case: to other cases, to inspections, visits and violations. A person makes each, and may take it back."""

from __future__ import annotations

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from inspection.complaints import inspections, operations
from inspection.complaints.models import Complaint
from inspection.complaints.rules import CASES, Relation
from inspection.office.blueprint import blueprint
from inspection.office.reads.names import names_of
from inspection.office.views.guards import must, readable
from inspection.office.writing import change, raise_refused, tell
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb

TAKEN_BACK = "Bỏ nối / link taken back"


@blueprint.get("/complaints/<uuid:record>/links")
@require_page(Permission.HANDLE_COMPLAINTS)
def link_choices(record: uuid.UUID) -> ResponseReturnValue:
    """The inspections, visits and violations that a case may be linked to."""
    view = readable(db.session(), record, "complaint")
    must(Verb.CREATE, "complaint_link", view.scope)
    session, words = db.session(), request.args.get("words", "").strip()[:100]
    row = session.get_one(Complaint, record)
    found = inspections.linkable(session, row, words)
    linked = inspections.linked_to(session, record)
    pointed = {one.establishment for one, _ in found.visits} | {one.campaign for one, _ in found.visits}
    return render_template(
        "office/complaint_links.html",
        complaint=row,
        found=found,
        linked=linked,
        words=words,
        names=names_of(session, pointed | {row.establishment}, caller().language),
    )


@blueprint.post("/complaints/<uuid:record>/links")
@require_page(Permission.HANDLE_COMPLAINTS)
def link_case(record: uuid.UUID) -> ResponseReturnValue:
    """Link a case to another one, or to what was inspected; a person decides, the pages only propose."""
    view = readable(db.session(), record, "complaint")
    must(Verb.CREATE, "complaint_link", view.scope)
    try:
        relation = Relation(request.form.get("relation", ""))
        target = uuid.UUID(request.form.get("target", ""))
    except ValueError:
        raise Refusal("unprocessable") from None
    if relation in CASES:
        readable(db.session(), target, "complaint")
    elif relation not in inspections.INSPECTIONS:
        raise Refusal("unprocessable")
    elif inspections.jurisdiction_of(db.session(), relation, target) != caller().grants.jurisdiction:
        raise Refusal("not_found")
    with write() as session:
        result = operations.link(session, caller().author, record, relation, target)
        raise_refused(result)
    tell(result)
    return redirect(url_for("office.complaint", record=record))


@blueprint.post("/complaints/<uuid:record>/links/<uuid:link>/undo")
@require_page(Permission.HANDLE_COMPLAINTS)
def unlink_case(record: uuid.UUID, link: uuid.UUID) -> ResponseReturnValue:
    """Take a link back; both stay in the history, and it can be made again."""
    view = readable(db.session(), link, "complaint_link")
    must(Verb.VOID, "complaint_link", view.scope)
    if view.values["complaint"] != str(record) and view.values["target"] != str(record):
        raise Refusal("not_found")
    fields = {"voided": {"reason": TAKEN_BACK}}
    tell(change(kind="complaint_link", scope=view.scope, record=link, fields=fields, base=view.version))
    return redirect(url_for("office.complaint", record=record))
