"""Establishments from a workbook: sent, looked at, confirmed, followed while they are taken in."""

from __future__ import annotations

import uuid

from flask import flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, ring, write
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import imports as reads
from inspection.office.views.guards import home_scope, must, page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.places.importing import operations
from inspection.places.importing.comparing import State
from inspection.places.importing.models import EstablishmentImport, ImportStatus
from inspection.places.importing.rows import read_rows
from inspection.places.importing.workbooks import write_workbook
from inspection.workbooks import WorkbookError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES_A_PAGE = 50
ENDED = (ImportStatus.DONE, ImportStatus.FAILED, ImportStatus.DISCARDED)


@blueprint.get("/establishments/imports")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def establishment_imports() -> ResponseReturnValue:
    """Send a workbook; the imports of the last weeks."""
    return _form(())


@blueprint.post("/establishments/imports")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def upload_establishments() -> ResponseReturnValue:
    """Read the workbook that was sent and go to its preview; nothing is taken in yet."""
    scope = home_scope("establishments")
    must(Verb.CREATE, "establishment", scope)
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        flash(say("import.choose_file"), "warning")
        return redirect(url_for("office.establishment_imports"))
    try:
        entries = read_rows(sent.read(), reads.vocabulary(db.session(), scope))
    except WorkbookError as problem:
        return _form([(each.place, each.message(caller().language)) for each in problem.faults]), 422
    with write() as session:
        jurisdiction = uuid.UUID(scope.partition(":")[2])
        made = operations.draft(session, caller().author, jurisdiction, sent.filename, entries).id
    return redirect(url_for("office.establishment_import", record=made))


@blueprint.get("/establishments/workbook.xlsx")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def establishment_workbook() -> ResponseReturnValue:
    """The register as a workbook, or an empty form of it."""
    session, scope = db.session(), home_scope("establishments")
    known = () if "empty" in request.args else operations.known_establishments(session, scope)
    content = write_workbook(reads.vocabulary(session, scope), known, int(caller().language == "en"))
    return send_file(
        reads.stream(content),
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{say('import.filename')}.xlsx",
    )


@blueprint.get("/establishments/imports/<uuid:record>")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def establishment_import(record: uuid.UUID) -> ResponseReturnValue:
    """What a workbook would change, row by row; how far it is once it was confirmed."""
    made = _readable(record)
    wanted = request.args.get("state", "")
    state = (
        wanted if wanted in list(State) else next((one for one in State if made.counts[one]), State.NEW).value
    )
    lines = [line for line in made.lines if line["state"] == state]
    page = page_number()
    session = db.session()
    shown = lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]
    return render_template(
        "office/establishment_import.html",
        made=made,
        state=state,
        states=[one.value for one in State],
        lines=[reads.describe(session, made, line, caller().language) for line in shown],
        page=page,
        pages=-(-len(lines) // LINES_A_PAGE),
        total=len(lines),
        ended=made.status in ENDED,
    )


@blueprint.post("/establishments/imports/<uuid:record>/choices")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def decide_import(record: uuid.UUID) -> ResponseReturnValue:
    """Note what was chosen on one page of the preview."""
    _readable(record)
    choices = {
        name.removeprefix("row-"): value for name, value in request.form.items() if name.startswith("row-")
    }
    with write() as session:
        operations.decide(session, session.get_one(EstablishmentImport, record), choices)
    flash(say("flash.saved"), "success")
    state, page = request.form.get("state", ""), request.form.get("page", "1")
    return redirect(url_for("office.establishment_import", record=record, state=state, page=page))


@blueprint.post("/establishments/imports/<uuid:record>/confirm")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def confirm_import(record: uuid.UUID) -> ResponseReturnValue:
    """Let the workbook in; a job takes it in and this page follows."""
    made = _readable(record)
    must(Verb.CREATE, "establishment", f"establishments:{made.jurisdiction}")
    with write() as session:
        operations.confirm(session, record, caller().author)
    ring(operations.TAKE_IN, str(record))
    return redirect(url_for("office.establishment_import", record=record))


@blueprint.post("/establishments/imports/<uuid:record>/discard")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def discard_import(record: uuid.UUID) -> ResponseReturnValue:
    """Put a draft away."""
    _readable(record)
    with write() as session:
        operations.discard(session, record)
    flash(say("import.discarded"), "success")
    return redirect(url_for("office.establishment_imports"))


@blueprint.get("/establishments/imports/<uuid:record>/progress")
@require_page(Permission.MANAGE_ESTABLISHMENTS)
def import_progress(record: uuid.UUID) -> ResponseReturnValue:
    """How far an import is, for the script of its page."""
    made = _readable(record)
    share = made.taken / len(made.lines) if made.lines else 1
    words = say("import.progress_words", taken=made.taken, all=len(made.lines))
    return jsonify(progress=share, finished=made.status in ENDED, words=words)


def _readable(record: uuid.UUID) -> EstablishmentImport:
    made = db.session().get(EstablishmentImport, record)
    if made is None or made.jurisdiction != caller().grants.jurisdiction:
        raise Refusal("not_found")
    return made


def _form(faults: object) -> str:
    earlier = reads.earlier(db.session(), caller().grants.jurisdiction)
    return render_template("office/establishment_imports.html", faults=faults, earlier=earlier)
