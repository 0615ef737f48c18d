"""People from a workbook: the form to fill in, a preview with every fault, and the accounts made all at once."""

from __future__ import annotations

import base64
import io

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from uuid_utils.compat import uuid7
from xlsxwriter import Workbook

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.office import words
from inspection.office.blueprint import blueprint, say
from inspection.office.views.establishment_imports import MEDIA_TYPE
from inspection.office.views.guards import home_scope, must
from inspection.office.writing import change_within, raise_refused
from inspection.people import operations
from inspection.people.access import caller, require_page
from inspection.people.importing import HEADERS, MOST, NewPerson, Vocabulary, fold, read_people
from inspection.people.models import Account, Agency
from inspection.people.passwords import hash_password, new_password
from inspection.people.permissions import Permission, Role, Verb
from inspection.workbooks import WorkbookError

LARGEST = 1_000_000
"""Bytes of a workbook of two hundred people, with room to spare."""


@blueprint.get("/people/import")
@require_page(Permission.MANAGE_PEOPLE)
def import_people() -> ResponseReturnValue:
    """How to send a workbook."""
    return _form(())


@blueprint.get("/people/import.xlsx")
@require_page(Permission.MANAGE_PEOPLE)
def people_workbook() -> ResponseReturnValue:
    """An empty workbook with the columns, and beside it the words that may stand in them."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Người dùng")
        sheet.write_row(0, 0, HEADERS, bold)
        sheet.set_column(0, len(HEADERS) - 1, 26)
        lists = book.add_worksheet("Từ dùng được")
        lists.write_row(0, 0, ("Cơ quan", "Vai trò"), bold)
        lists.write_column(1, 0, [agency.name_vi for agency in _agencies()])
        lists.write_column(1, 1, [words.choice("choice.roles", role.value, "vi") for role in Role])
        lists.set_column(0, 1, 40)
    content.seek(0)
    return send_file(
        content,
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{say('people_import.filename')}.xlsx",
    )


@blueprint.post("/people/import")
@require_page(Permission.MANAGE_PEOPLE)
def preview_people() -> ResponseReturnValue:
    """What the workbook would make, or everything that is wrong with it; nothing is written."""
    sent = request.files.get("workbook")
    content = sent.read(LARGEST + 1) if sent is not None and sent.filename else b""
    if not content:
        return _form([("", say("import.choose_file"))]), 422
    if len(content) > LARGEST:
        raise Refusal("too_large")
    try:
        people = read_people(content, _vocabulary())
    except WorkbookError as problem:
        return _faults(problem)
    return _form((), people, base64.b64encode(content).decode())


@blueprint.post("/people/import/confirm")
@require_page(Permission.MANAGE_PEOPLE)
def confirm_people() -> ResponseReturnValue:
    """Make every person and account of the workbook that was looked at, or none. It is read and checked again, so what
    comes back from the page need not be trusted."""
    scope = home_scope("reference")
    must(Verb.CREATE, "person", scope)
    try:
        content = base64.b64decode(request.form.get("workbook", ""), validate=True)
    except ValueError as problem:
        raise Refusal("malformed_request") from problem
    if len(content) > LARGEST:
        raise Refusal("too_large")
    try:
        people = read_people(content, _vocabulary())
    except WorkbookError as problem:
        return _faults(problem)
    # Hashing takes its time on purpose, and not while the database waits.
    given = [
        (person, password, hash_password(password)) for person in people for password in [new_password()]
    ]
    with write() as session:
        at = now()
        for person, _, password_hash in given:
            record = uuid7()
            raise_refused(
                change_within(session, kind="person", scope=scope, record=record, fields=person.fields())
            )
            operations.create_account(
                session, record, person.username, None, at, password_hash=password_hash, initial=True
            )
            note(
                session,
                caller().grants.jurisdiction,
                Act.ACCOUNT_CREATED,
                person=record,
                author=caller().author,
                words=say("people_import.note"),
            )
    lines = [(person, password) for person, password, _ in given]
    return render_template("office/people_imported.html", lines=lines)


def _form(faults: object, people: list[NewPerson] | None = None, content: str = "") -> str:
    agencies = {agency.id: agency.name_vi for agency in _agencies()}
    return render_template(
        "office/people_import.html",
        faults=faults,
        people=people,
        content=content,
        agencies=agencies,
        most=MOST,
    )


def _faults(problem: WorkbookError) -> ResponseReturnValue:
    return _form([(each.place, each.message(caller().language)) for each in problem.faults]), 422


def _agencies() -> list[Agency]:
    scope = home_scope("reference")
    query = select(Agency).where(Agency.scope == scope, ~Agency.voided).order_by(Agency.code)
    return list(db.session.scalars(query))


def _vocabulary() -> Vocabulary:
    agencies = {
        fold(name): agency.id
        for agency in _agencies()
        for name in (agency.code, agency.name_vi, agency.name_en)
    }
    roles = {
        fold(name): role
        for role in Role
        for name in (role.value, *(words.choice("choice.roles", role.value, one) for one in ("vi", "en")))
    }
    return Vocabulary(agencies, roles, frozenset(db.session.scalars(select(Account.username))))
