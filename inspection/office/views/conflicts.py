"""Settling a conflict: a person of the district chooses between the values."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db
from inspection.journal import store
from inspection.journal.models import ConflictRow
from inspection.office.blueprint import blueprint, say
from inspection.office.reads.conflict_views import fields_of
from inspection.office.views.guards import must, readable
from inspection.office.writing import change, tell
from inspection.people.access import require_page, safe_target
from inspection.people.permissions import Permission, Verb


@blueprint.post("/conflicts/<uuid:record>/settle")
@require_page(Permission.SETTLE_CONFLICTS)
def settle(record: uuid.UUID) -> ResponseReturnValue:
    """Write the chosen value and name the candidates that the page showed; one that came since stays open. A
    value is chosen by the entry that brought it, so nobody keeps a value that the page did not show."""
    session = db.session()
    conflict = session.get(ConflictRow, record)
    if conflict is None:
        raise Refusal("not_found")
    target = readable(session, conflict.target)
    must(Verb.SETTLE, target.kind.name, target.scope)
    back = safe_target(request.form.get("back")) or url_for("office.history", record=conflict.target)
    seen = tuple(request.form.getlist("seen"))
    version = store.generations(session).version
    sides = {version(side["entry"]): side for side in (conflict.stored, *conflict.candidates)}
    chosen = sides.get(request.form.get("choice", ""))
    if not conflict.open or chosen is None:
        flash(say("flash.choose_value") if conflict.open else say("flash.already_settled"), "warning")
        return redirect(back)
    fields = fields_of(target, conflict.field, chosen["value"])
    result = change(
        kind=target.kind.name,
        scope=target.scope,
        record=target.id,
        fields=fields,
        base=request.form.get("base", "0"),
        settles=seen,
    )
    tell(result)
    return redirect(back)
