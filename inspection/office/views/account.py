"""One's own account: the password, and the second factor."""

from __future__ import annotations

import io
import uuid

import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.office.blueprint import blueprint, say
from inspection.office.writing import words_of
from inspection.people import access, operations, second_factor, signing_in
from inspection.people.access import caller, require_page
from inspection.people.models import Account, Device
from inspection.people.permissions import Permission


@blueprint.get("/account")
@require_page(Permission.OFFICE)
def account() -> ResponseReturnValue:
    """What one can change oneself."""
    return _page()


@blueprint.post("/account/password")
@require_page(Permission.OFFICE)
def change_password() -> ResponseReturnValue:
    """Replace one's password. Every other session and phone of one's own has to sign in again."""
    own = db.session.get_one(Account, caller().person)
    wanted = request.form.get("new", "")
    try:
        signing_in.check_password(own.username, request.form.get("present", ""), request.remote_addr or "")
        if wanted != request.form.get("again", ""):
            return _page(problem=say("account.differ")), 422
        if wanted == request.form.get("present"):
            return _page(problem=say("account.same")), 422
        with write() as session:
            operations.set_password(session, caller().person, wanted, now(), keep=caller().device)
            note(session, caller().grants.jurisdiction, Act.PASSWORD_CHANGED, person=caller().person)
        access.note_own_password()
    except Refusal as refusal:
        words = say("account.present_wrong") if refusal.code == "wrong_credentials" else words_of(refusal)
        return _page(problem=words), 422 if refusal.status == 401 else refusal.status
    flash(say("account.changed"), "success")
    return redirect(url_for("office.account"))


@blueprint.post("/account/devices/end")
@require_page(Permission.OFFICE)
def end_own_device() -> ResponseReturnValue:
    """End one of one's own sessions or phones, with the password: an unwatched screen ends nothing."""
    try:
        device = uuid.UUID(request.form.get("device", ""))
    except ValueError:
        raise Refusal("unprocessable") from None
    found = db.session.get(Device, device)
    if found is None or found.person != caller().person or device == caller().device:
        raise Refusal("not_found")
    if wrong := _password_wrong():
        return wrong
    with write() as session:
        operations.revoke_device(session, device, now())
        note(session, caller().grants.jurisdiction, Act.DEVICE_REVOKED, person=caller().person, device=device)
    flash(say("flash.device_revoked"), "success")
    return redirect(url_for("office.account"))


@blueprint.post("/account/factor")
@require_page(Permission.OFFICE)
def begin_factor() -> ResponseReturnValue:
    """Make a new shared secret and show it as a picture and as text."""
    own = db.session.get_one(Account, caller().person)
    if second_factor.stands(db.session(), caller().person):
        return redirect(url_for("office.account"))
    if wrong := _password_wrong():
        return wrong
    with write() as session:
        shared = second_factor.begin(session, caller().person, _secret_key(), now())
    address = second_factor.address(shared, own.username)
    drawn = io.BytesIO()
    segno.make(address, micro=False).save(drawn, kind="svg", xmldecl=False, scale=5, border=2, title="QR")
    # Drawn here from letters and digits of our own; nothing that anybody typed is in it but the escaped user name.
    picture = Markup(drawn.getvalue().decode())  # noqa: S704 - see above
    return render_template("office/factor_begin.html", shared=shared, picture=picture, problem=None)


@blueprint.post("/account/factor/confirm")
@require_page(Permission.OFFICE)
def confirm_factor() -> ResponseReturnValue:
    """Let the factor count once the app has shown a right code; the recovery codes are shown this once."""
    with write() as session:
        code = request.form.get("code", "")[:40]
        codes = second_factor.confirm(session, caller().person, code, _secret_key(), now())
        if codes is not None:
            note(session, caller().grants.jurisdiction, Act.FACTOR_ENROLLED, person=caller().person)
    if codes is None:
        flash(say("factor.not_confirmed"), "warning")
        return redirect(url_for("office.account"))
    access.note_factor()
    return render_template("office/factor_codes.html", codes=codes)


@blueprint.post("/account/factor/remove")
@require_page(Permission.OFFICE)
def remove_factor() -> ResponseReturnValue:
    """Give up the second factor, with the password and a last code of it."""
    if wrong := _password_wrong():
        return wrong
    try:
        code = request.form.get("code", "")[:40]
        signing_in.check_code(caller().person, code, request.remote_addr or "", _secret_key())
    except Refusal as refusal:
        return _page(problem=words_of(refusal)), 422 if refusal.status == 401 else refusal.status
    with write() as session:
        second_factor.remove(session, caller().person)
        note(session, caller().grants.jurisdiction, Act.FACTOR_REMOVED, person=caller().person)
    flash(say("factor.removed"), "success")
    return redirect(url_for("office.account"))


def _password_wrong() -> ResponseReturnValue | None:
    """The page that says so when the present password did not come with the form."""
    own = db.session.get_one(Account, caller().person)
    try:
        signing_in.check_password(own.username, request.form.get("present", ""), request.remote_addr or "")
    except Refusal as refusal:
        words = say("account.present_wrong") if refusal.code == "wrong_credentials" else words_of(refusal)
        return _page(problem=words), 422 if refusal.status == 401 else refusal.status
    return None


def _page(problem: str | None = None) -> str:
    standing = select(Device).where(Device.person == caller().person, Device.revoked_at.is_(None))
    return render_template(
        "office/account.html",
        account=db.session.get(Account, caller().person),
        factor=second_factor.stands(db.session(), caller().person),
        owes=access.owes_factor(caller()),
        initial=access.owes_password(),
        devices=db.session.scalars(standing.order_by(Device.last_seen_at.desc())).all(),
        problem=problem,
    )


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
