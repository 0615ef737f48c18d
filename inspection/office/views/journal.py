"""The journal for the auditor: the heads of its chains, what phones witnessed, checks of everything, and comparing with
what somebody holds outside."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, ring, snapshot, write
from config.settings import Settings
from inspection.journal import checkpoint, verification
from inspection.journal.models import SealedHeads, Verification, WitnessAlarm
from inspection.journal.verification import Finding, Held
from inspection.office.blueprint import blueprint, say
from inspection.office.reads.names import names_of
from inspection.office.views.guards import page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission

HEADS_SHOWN = 500
ALARMS_SHOWN = 50
CHECKS_SHOWN = 10
CHECKPOINTS_A_PAGE = 50
SHORTEST_CODE = 16
"""Hex digits of a root that somebody has to type."""
CODED = "checkpoint:"
"""What the text of a document's square code begins with."""


@blueprint.get("/journal")
@require_page(Permission.READ_JOURNAL)
def journal() -> ResponseReturnValue:
    """The heads of all scopes, the root over them, and the checks of the last time."""
    session = db.session()
    sealed = checkpoint.take(session)
    readable = caller().grants.scopes
    ids = {head.scope.partition(":")[2] for head in sealed.heads if head.scope in readable}
    alarms = session.scalars(
        select(WitnessAlarm).order_by(WitnessAlarm.raised_at.desc()).limit(ALARMS_SHOWN)
    ).all()
    checks = session.scalars(
        select(Verification).order_by(Verification.ordered_at.desc()).limit(CHECKS_SHOWN)
    ).all()
    people = {check.ordered_by for check in checks}
    return render_template(
        "office/journal.html",
        checkpoint=sealed,
        heads=sealed.heads[:HEADS_SHOWN],
        entries=sum(head.seq for head in sealed.heads),
        names=names_of(session, {*ids, *people}, caller().language),
        alarms=alarms,
        checks=checks,
    )


@blueprint.post("/journal/verify")
@require_page(Permission.READ_JOURNAL)
def verify_journal() -> ResponseReturnValue:
    """Order a check of everything and go to the page that follows it."""
    with write() as session:
        ordered = verification.order(session, caller().person).id
    ring(verification.CHECK, str(ordered))
    return redirect(url_for("office.verification_page", record=ordered))


@blueprint.get("/journal/verifications/<uuid:record>")
@require_page(Permission.READ_JOURNAL)
def verification_page(record: uuid.UUID) -> ResponseReturnValue:
    """How far a check is, and what it found."""
    found = _check(record)
    scopes = {finding["scope"].partition(":")[2] for finding in found.findings}
    names = names_of(db.session(), {found.ordered_by, *scopes}, caller().language)
    return render_template("office/verification.html", check=found, names=names)


@blueprint.get("/journal/verifications/<uuid:record>/progress")
@require_page(Permission.READ_JOURNAL)
def verification_progress(record: uuid.UUID) -> ResponseReturnValue:
    """How far a check is, for the script of its page."""
    found = _check(record)
    words = say("report.progress_words", percent=int(found.progress * 100))
    return jsonify(progress=found.progress, finished=found.finished_at is not None, words=words)


@blueprint.get("/journal/checkpoints")
@require_page(Permission.READ_JOURNAL)
def checkpoints() -> ResponseReturnValue:
    """Every checkpoint that was sealed, the newest first, and the form that compares one from outside."""
    return _checkpoints(None, None)


@blueprint.get("/journal/checkpoints/<root>.json")
@require_page(Permission.READ_JOURNAL)
def checkpoint_file(root: str) -> ResponseReturnValue:
    """A checkpoint as a file to keep outside."""
    found = db.session().get(SealedHeads, root)
    if found is None:
        raise Refusal("not_found")
    answer = jsonify(checkpoint.to_json(found))
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="checkpoint-{found.root[:SHORTEST_CODE]}.json"'
    )
    return answer


@blueprint.post("/journal/checkpoints")
@require_page(Permission.READ_JOURNAL)
def compare_checkpoint() -> ResponseReturnValue:
    """Hold a checkpoint from outside against today's journal: a file, or the code that a document carries, typed or
    read from its square code."""
    settings: Settings = current_app.config["SETTINGS"]
    sent = request.files.get("checkpoint")
    code = "".join(request.form.get("code", "").split()).lower().removeprefix(CODED)
    try:
        if sent is not None and sent.filename:
            handed_out: Mapping[str, Any] = json.load(sent.stream)
        else:
            handed_out = checkpoint.to_json(_by_code(code))
        with snapshot() as session:
            found = verification.against(session, handed_out)
            found += verification.disowned(session, str(handed_out["root"]), settings.data_dir)
    except Refusal as refusal:
        flash(
            say("checkpoint.unknown_code" if refusal.code == "not_found" else "checkpoint.choose"), "warning"
        )
        return _checkpoints(None, None), 422
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if (
            sent is None or not sent.filename
        ):  # what this journal itself keeps under the code is no checkpoint any more
            return _checkpoints([Finding(Held.CHECKPOINT, "", None, None, "checkpoint altered")], code)
        flash(say("checkpoint.not_one"), "warning")
        return _checkpoints(None, None), 422
    return _checkpoints(found, str(handed_out["root"]))


def _by_code(code: str) -> SealedHeads:
    """The checkpoint whose root begins with ``code``.

    :raises Refusal: ``unprocessable`` for what is no code; ``not_found`` when this journal has sealed no such root.
    """
    if len(code) < SHORTEST_CODE or any(digit not in "0123456789abcdef" for digit in code):
        raise Refusal("unprocessable")
    found = db.session().scalars(select(SealedHeads).where(SealedHeads.root.startswith(code))).first()
    if found is None:
        raise Refusal("not_found")
    return found


def _checkpoints(found: list[Finding] | None, compared: str | None) -> str:
    session, page = db.session(), page_number()
    settings: Settings = current_app.config["SETTINGS"]
    start = (page - 1) * CHECKPOINTS_A_PAGE
    newest = select(SealedHeads).order_by(SealedHeads.taken_at.desc()).offset(start)
    rows = session.scalars(newest.limit(CHECKPOINTS_A_PAGE + 1)).all()
    scopes = {each.scope.partition(":")[2] for each in found or ()}
    return render_template(
        "office/checkpoints.html",
        rows=[(row, verification.signed(row, settings.data_dir)) for row in rows[:CHECKPOINTS_A_PAGE]],
        page=page,
        more=len(rows) > CHECKPOINTS_A_PAGE,
        found=found,
        compared=compared,
        names=names_of(session, scopes, caller().language),
    )


def _check(record: uuid.UUID) -> Verification:
    found = db.session().get(Verification, record)
    if found is None:
        raise Refusal("not_found")
    return found
