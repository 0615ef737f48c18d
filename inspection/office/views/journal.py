"""The journal for the auditor: the heads of its chains, what phones witnessed, and checking every chain."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from config.extensions import db, now, snapshot
from inspection.journal import checkpoint, history
from inspection.journal.chain import Break
from inspection.journal.models import WitnessAlarm
from inspection.office.blueprint import blueprint
from inspection.office.reads.names import names_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission

HEADS_SHOWN = 500
ALARMS_SHOWN = 50
BREAKS_SHOWN = 200


@blueprint.get("/journal")
@require_page(Permission.READ_JOURNAL)
def journal() -> ResponseReturnValue:
    """The heads of all scopes and the root over them."""
    return _page(None)


@blueprint.post("/journal/verify")
@require_page(Permission.READ_JOURNAL)
def verify_journal() -> ResponseReturnValue:
    """Walk every chain from its first entry and show what does not hold."""
    with snapshot() as session:
        found = history.verify(session)
    return _page(found)


def _page(found: list[Break] | None) -> str:
    session = db.session()
    sealed = checkpoint.take(session)
    readable = caller().grants.scopes
    ids = {head.scope.partition(":")[2] for head in sealed.heads if head.scope in readable}
    alarms = session.scalars(
        select(WitnessAlarm).order_by(WitnessAlarm.raised_at.desc()).limit(ALARMS_SHOWN)
    ).all()
    return render_template(
        "office/journal.html",
        checkpoint=sealed,
        heads=sealed.heads[:HEADS_SHOWN],
        entries=sum(head.seq for head in sealed.heads),
        names=names_of(session, ids, caller().language),
        alarms=alarms,
        breaks=None if found is None else found[:BREAKS_SHOWN],
        checked_at=now(),
    )
