"""Scans and files of a case: attached by the desk or the handler, opened by the handler for a reason, shown to
everybody as a redacted copy.

The file of an original is in the one answer to the one form, which no cache keeps.
"""

from __future__ import annotations

import logging
import uuid

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from config.scanning import ScannerError, are_clean
from config.settings import Settings
from config.storage import Storage, StorageError, open_storage
from inspection.complaints import attachments, opening
from inspection.complaints.models import Complaint, ComplaintAttachment
from inspection.complaints.sealing import SealingError
from inspection.evidence.rules import MediaType
from inspection.evidence.serving import STORAGE_RETRY, confine
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint, say
from inspection.office.views.complaints import ATTACHMENT_FIELDS, case_page_of, note_reading
from inspection.office.views.guards import must, readable
from inspection.office.views.identities import LONGEST_REASON
from inspection.office.writing import raise_refused, tell, words_of
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb

MOST_FILES = 20
log = logging.getLogger(__name__)


@blueprint.post("/complaints/<uuid:record>/attachments")
@require_page(Permission.HANDLE_COMPLAINTS)
def add_attachments(record: uuid.UUID) -> ResponseReturnValue:
    """Attach files, or the redacted copy of an attachment: all of them, or none."""
    view = readable(db.session(), record, "complaint")
    must(Verb.CREATE, "complaint_attachment", view.scope)
    try:
        contents = _contents()
        fields = _fields(record)
        kept = [attachments.keep(_storage(), _settings().data_dir, record, one) for one in contents]
        with write() as session:
            complaint = session.get_one(Complaint, record)
            for one in kept:
                result = attachments.enter(session, caller().author, complaint, one, fields)
                raise_refused(result)
    except (StorageError, OSError) as problem:
        log.error("an attachment was not kept: %s", type(problem).__name__)
        raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
    except Refusal as refusal:
        return case_page_of(record, problem=words_of(refusal)), 422
    tell(result)
    return redirect(url_for("office.complaint", record=record))


def _contents() -> list[bytes]:
    """The files of the form. Their names are thrown away: a scan is often called after its writer.

    :raises Refusal: ``unprocessable`` for none, or more than :data:`MOST_FILES`; ``wrong_media_type``;
        ``file_refused`` by the scanner, ``unavailable`` when it cannot tell.
    """
    contents = [one.read() for one in request.files.getlist("files") if one.filename]
    if not 0 < len(contents) <= MOST_FILES:
        raise Refusal("unprocessable")
    for content in contents:
        attachments.media_type_of(content)
        try:
            clean = are_clean(_settings().upload_scanner, content)
        except ScannerError as problem:
            raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
        if not clean:
            raise Refusal("file_refused")
    return contents


def _fields(record: uuid.UUID) -> dict[str, object]:
    """What the officer said of the files; a redacted copy is what its original is.

    :raises Refusal: ``unprocessable``; ``not_found`` for a copy of nothing.
    """
    redacts = request.form.get("redacts", "")
    if redacts:
        original = _attachment(record, _uuid(redacts))
        said = {"attachment_type": original.attachment_type, "title": original.title, "redacts": redacts}
    else:
        shape = record_forms.Shape(registry["complaint_attachment"], ATTACHMENT_FIELDS)
        said = record_forms.posted(shape, request.form)
        if record_forms.problems(shape, said, caller().language, creating=True):
            raise Refusal("unprocessable")
    return {name: value for name, value in said.items() if value is not None}


@blueprint.get("/complaints/<uuid:record>/attachments/<uuid:attachment>/copy")
@require_page(Permission.READ_REGISTER)
def redacted_copy(record: uuid.UUID, attachment: uuid.UUID) -> ResponseReturnValue:
    """A redacted copy, for everybody who has the case."""
    view = readable(db.session(), record, "complaint")
    found = _attachment(record, attachment)
    if found.redacts is None:
        raise Refusal("not_found")
    note_reading(record, view.scope)
    try:
        return _file(_attachment(record, attachment))
    except SealingError as problem:
        raise Refusal("unavailable") from problem


@blueprint.get("/complaints/<uuid:record>/attachments/<uuid:attachment>")
@require_page(Permission.OPEN_IDENTITIES)
def attachment(record: uuid.UUID, attachment: uuid.UUID) -> ResponseReturnValue:
    """The form that asks why an original is opened."""
    complaint = _case(record)
    _attachment(record, attachment)
    return render_template("office/attachment.html", complaint=complaint, problem=None)


@blueprint.post("/complaints/<uuid:record>/attachments/<uuid:attachment>")
@require_page(Permission.OPEN_IDENTITIES)
def open_attachment(record: uuid.UUID, attachment: uuid.UUID) -> ResponseReturnValue:
    """Write the opening to the journal; once that is committed, give the file."""
    complaint = _case(record)
    _attachment(record, attachment)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        problem = say("form.required")
        return render_template("office/attachment.html", complaint=complaint, problem=problem), 422
    with write() as session:
        case = session.get_one(Complaint, record)
        result = opening.record_opening(session, caller().author, case, reason, attachment)
    raise_refused(result)
    try:
        return _file(_attachment(record, attachment))
    except SealingError:
        problem = say("identity.not_opened")
        return render_template("office/attachment.html", complaint=_case(record), problem=problem), 503


def _case(record: uuid.UUID) -> Complaint:
    """A case in the reader's hands.

    :raises Refusal: ``not_found``, ``forbidden``.
    """
    readable(db.session(), record, "complaint")
    found = db.session().get_one(Complaint, record)
    if not opening.may_open(caller().author, found):
        raise Refusal("forbidden")
    return found


def _attachment(record: uuid.UUID, attachment: uuid.UUID) -> ComplaintAttachment:
    """An attachment of a case that nobody withdrew.

    :raises Refusal: ``not_found``.
    """
    found = db.session().get(ComplaintAttachment, attachment)
    if found is None or found.complaint != record or found.voided:
        raise Refusal("not_found")
    return found


def _file(found: ComplaintAttachment) -> Response:
    try:
        content = attachments.read(db.session(), _storage(), _settings().data_dir, found)
    except (StorageError, OSError) as problem:
        log.error("attachment %s cannot be read: %s", found.id, type(problem).__name__)
        raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
    kind = MediaType(found.media_type)
    response = Response(content, mimetype=kind.value)
    confine(response, str(found.id), kind)
    return response


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refusal("unprocessable") from None


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _storage() -> Storage:
    return open_storage(_settings().storage_url)
