"""The office page on which the sealed file of a phone that can no longer send is looked at and opened.

What it holds is told from the file's outside; only opening it, with a reason and after the journal has said so, uses a
private key. The office's pages know nothing of phones, so this one is theirs by registration (``pages.register``).
"""

from __future__ import annotations

import base64

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db
from config.settings import Settings
from config.storage import open_storage
from inspection.journal.models import Entry
from inspection.office.blueprint import blueprint, say
from inspection.office.reads.names import names_of
from inspection.people.access import caller, require_page
from inspection.people.models import Recovery
from inspection.people.permissions import Permission
from sync.recovery import Holding, Outcome, RecoveryError, look, read, recover

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that comes by this page and travels through it twice; larger ones are opened with
``flask recovery open``."""
MOST_OPENINGS = 20


@blueprint.get("/recovery")
@require_page(Permission.MANAGE_PARKED)
def recovery() -> ResponseReturnValue:
    """Send a file; the openings so far."""
    return _page()


@blueprint.post("/recovery")
@require_page(Permission.MANAGE_PARKED)
def preview_recovery() -> ResponseReturnValue:
    """Whose phone the file is from and how much it holds. Nothing is opened."""
    sent = request.files.get("file")
    content = sent.read(LARGEST + 1) if sent is not None and sent.filename else b""
    if not content:
        return _page(problem=say("recovery.choose_file")), 422
    return _preview(content)


@blueprint.post("/recovery/open")
@require_page(Permission.MANAGE_PARKED)
def open_recovery() -> ResponseReturnValue:
    """Open the file and take its work in under its author's name. It is read and checked again, so what comes back from
    the page need not be trusted."""
    try:
        content = base64.b64decode(request.form.get("content", ""), validate=True)
    except ValueError as problem:
        raise Refusal("malformed_request") from problem
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _preview(content, say("form.required"))
    settings: Settings = current_app.config["SETTINGS"]
    storage = open_storage(settings.storage_url)
    try:
        outcome = recover(content, caller().person, reason, settings.data_dir, storage)
    except RecoveryError:
        return _page(problem=say("recovery.unreadable")), 422
    return _page(outcome=outcome)


def _preview(content: bytes, problem: str | None = None) -> ResponseReturnValue:
    if len(content) > LARGEST:
        raise Refusal("too_large")
    settings: Settings = current_app.config["SETTINGS"]
    try:
        holdings = look(db.session(), read(content), caller().grants.jurisdiction, settings.data_dir)
    except RecoveryError:
        return _page(problem=say("recovery.unreadable")), 422
    page = _page(holdings=holdings, content=base64.b64encode(content).decode(), problem=problem)
    return (page, 422) if problem else page


def _page(
    *,
    holdings: list[Holding] | None = None,
    content: str = "",
    outcome: Outcome | None = None,
    problem: str | None = None,
) -> str:
    session, reading = db.session(), caller()
    openings = session.execute(
        select(Recovery, Entry)
        .join(Entry, Entry.record == Recovery.id)
        .where(Recovery.scope == f"reference:{reading.grants.jurisdiction}")
        .order_by(Entry.received_at.desc())
        .limit(MOST_OPENINGS)
    ).all()
    people = {person for opening, entry in openings for person in (opening.person, entry.user)}
    return render_template(
        "office/recovery.html",
        holdings=holdings,
        content=content,
        outcome=outcome,
        problem=problem,
        openings=openings,
        names=names_of(session, people, reading.language),
    )
