"""People of the district: their roles and accounts, for the administrator."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.blueprint import blueprint, say
from inspection.office.options import options_for
from inspection.office.reads import administration as reads
from inspection.office.reads.names import names_of
from inspection.office.views.guards import home_scope, must, readable
from inspection.office.views.records import role_options
from inspection.office.writing import change, change_within, raise_refused, tell, words_of
from inspection.people import operations, second_factor
from inspection.people.access import caller, require_page
from inspection.people.matrix import MATRIX
from inspection.people.models import Account
from inspection.people.passwords import new_password
from inspection.people.permissions import PERMISSIONS, Permission, Reach, Role, Verb

PERSON_FIELDS = ("full_name", "position", "agency", "email", "roles")


@blueprint.get("/people")
@require_page(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody of the district."""
    lines = reads.people(db.session(), caller().grants.jurisdiction)
    return render_template("office/people.html", lines=lines)


@blueprint.get("/people/<uuid:record>")
@require_page(Permission.MANAGE_PEOPLE)
def person(record: uuid.UUID) -> ResponseReturnValue:
    """One person: roles, account, devices."""
    session, reading = db.session(), caller()
    view = readable(session, record, "person")
    return render_template(
        "office/person.html",
        view=view,
        names=names_of(session, {view.values.get("agency")}, reading.language),
        account=session.get(Account, record),
        factor=second_factor.stands(session, record),
        devices=reads.devices_of(session, reading.grants.jurisdiction, record),
        itself=record == reading.person,
        password=None,
    )


def _shape() -> record_forms.Shape:
    options = {"agency": options_for(db.session(), "agency"), "roles": role_options()}
    return record_forms.Shape(registry["person"], PERSON_FIELDS, options)


@blueprint.get("/people/new")
@require_page(Permission.MANAGE_PEOPLE)
def new_person() -> ResponseReturnValue:
    """The form of a new person."""
    built = record_forms.build(_shape(), {}, caller().language)
    return render_template("office/person_new.html", fields=built, username="", problem=None)


@blueprint.post("/people/new")
@require_page(Permission.MANAGE_PEOPLE)
def create_person() -> ResponseReturnValue:
    """Enter a person and give them an account with a password made here and shown once."""
    shape, language = _shape(), caller().language
    entered = record_forms.posted(shape, request.form)
    username = request.form.get("username", "").strip()
    problems = record_forms.problems(shape, entered, language, creating=True)
    problem = None if username else say("person.username_missing")
    if not problems and problem is None:
        record, password = uuid7(), new_password()
        values = {name: value for name, value in entered.items() if value is not None} | {"active": True}
        try:
            with write() as session:
                result = change_within(
                    session, kind="person", scope=home_scope("reference"), record=record, fields=values
                )
                raise_refused(result)
                operations.create_account(session, record, username, password, now(), initial=True)
                _note(session, Act.ACCOUNT_CREATED, record)
            return render_template(
                "office/password_shown.html",
                full_name=values["full_name"],
                username=username,
                password=password,
                record=record,
            )
        except Refusal as refusal:
            problem = words_of(refusal)
    built = record_forms.build(shape, entered, language, problems)
    return render_template("office/person_new.html", fields=built, username=username, problem=problem), 422


@blueprint.post("/people/<uuid:record>/password")
@require_page(Permission.MANAGE_PEOPLE)
def reset_password(record: uuid.UUID) -> ResponseReturnValue:
    """Give a person a new password, shown once; every device of theirs has to sign in again."""
    view = readable(db.session(), record, "person")
    must(Verb.EDIT, "person", view.scope)
    password = new_password()
    with write() as session:
        account = session.get(Account, record)
        username = account.username if account else request.form.get("username", "").strip()
        if account is None:
            operations.create_account(session, record, username, password, now(), initial=True)
            _note(session, Act.ACCOUNT_CREATED, record)
        else:
            operations.set_password(session, record, password, now(), initial=True)
            _note(session, Act.PASSWORD_RESET, record)
    return render_template(
        "office/password_shown.html",
        full_name=view.values["full_name"],
        username=username,
        password=password,
        record=record,
    )


@blueprint.post("/people/<uuid:record>/activity")
@require_page(Permission.MANAGE_PEOPLE)
def change_activity(record: uuid.UUID) -> ResponseReturnValue:
    """Let a person go or take them back. Whoever goes is signed out everywhere at once."""
    view = readable(db.session(), record, "person")
    must(Verb.EDIT, "person", view.scope)
    active = request.form.get("active") == "yes"
    if record == caller().person and not active:
        flash(say("person.not_yourself"), "warning")
        return redirect(url_for("office.person", record=record))
    result = change(
        kind="person",
        scope=view.scope,
        record=record,
        fields={"active": active},
        base=request.form.get("base", "0"),
    )
    if not active:
        with write() as session:
            operations.revoke_devices_of(session, record, now())
    tell(result)
    return redirect(url_for("office.person", record=record))


@blueprint.post("/people/<uuid:record>/factor")
@require_page(Permission.MANAGE_PEOPLE)
def reset_factor(record: uuid.UUID) -> ResponseReturnValue:
    """Forget somebody's second factor: the phone with it was lost. Every session of theirs ends."""
    view = readable(db.session(), record, "person")
    must(Verb.EDIT, "person", view.scope)
    with write() as session:
        if second_factor.remove(session, record):
            operations.revoke_devices_of(session, record, now())
            _note(session, Act.FACTOR_RESET, record)
    flash(say("factor.was_reset"), "success")
    return redirect(url_for("office.person", record=record))


def _note(session: Session, act: Act, person: uuid.UUID) -> None:
    note(session, caller().grants.jurisdiction, act, person=person, author=caller().author)


@blueprint.get("/permissions")
@require_page(Permission.MANAGE_PEOPLE)
def permissions() -> ResponseReturnValue:
    """Who may do what, as the program itself reads it."""
    return render_template(
        "office/permissions.html",
        roles=list(Role),
        verbs=list(Verb),
        permissions=PERMISSIONS,
        matrix=MATRIX,
        everywhere=Reach.ALL,
    )
