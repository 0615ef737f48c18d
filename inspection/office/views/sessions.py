"""Signing in and out of the office, and choosing its language."""

from __future__ import annotations

import time
import uuid

from flask import current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal, message
from config.extensions import db, now, write
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.office.blueprint import blueprint, reader, say
from inspection.office.views import first_run
from inspection.people import access, operations, second_factor, signing_in
from inspection.people.permissions import Permission

PENDING = "pending"
PENDING_SECONDS = 300
"""How long the code may be typed after the password. The cookie is signed, and worth nothing without a code."""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The sign-in form; somebody who is signed in goes on to the first page. Where nobody has an account yet, the page
    that changes this."""
    if first_run.waiting():
        return redirect(url_for("office.first_run"))
    if reader() is not None:
        return redirect(access.safe_target(request.args.get("next")) or url_for("office.home"))
    return render_template("office/sign_in.html", next=request.args.get("next"), username="", problem=None)


@blueprint.post("/sign-in")
def signing() -> ResponseReturnValue:
    """Check the password; open a session on a new device, or ask for the code first."""
    username = request.form.get("username", "")
    wanted = access.safe_target(request.form.get("next"))
    try:
        known = signing_in.check_password(
            username, request.form.get("password", ""), request.remote_addr or ""
        )
    except Refusal as refusal:
        return _refused("office/sign_in.html", refusal, next=wanted, username=username)
    if second_factor.stands(db.session(), known.person):
        access.close_office_session()
        session[PENDING] = [str(known.person), known.full_name, known.initial, time.time(), wanted]
        return redirect(url_for("office.sign_in_code"))
    return _opened(known, wanted, factor=False)


@blueprint.get("/sign-in/code")
def sign_in_code() -> ResponseReturnValue:
    """Ask for the code of somebody whose password was right a moment ago."""
    if _pending() is None:
        return redirect(url_for("office.sign_in"))
    return render_template("office/sign_in_code.html", problem=None)


@blueprint.post("/sign-in/code")
def signing_code() -> ResponseReturnValue:
    """Check the code and open a session."""
    pending = _pending()
    if pending is None:
        flash(say("factor.too_late"), "warning")
        return redirect(url_for("office.sign_in"))
    known, wanted = pending
    secret_key = str(current_app.config["SECRET_KEY"])
    code = request.form.get("code", "")[:40]
    try:
        how = signing_in.check_code(known.person, code, request.remote_addr or "", secret_key)
    except Refusal as refusal:
        return _refused("office/sign_in_code.html", refusal)
    if how == "recovery":
        with write() as transaction:
            grants = access.grants_for(transaction, known.person)
            note(transaction, grants.jurisdiction, Act.RECOVERY_USED, person=known.person)
        flash(say("factor.recovery_used"), "warning")
    return _opened(known, wanted, factor=True)


def _pending() -> tuple[signing_in.Known, str | None] | None:
    """Who has shown a password in this browser, not too long ago."""
    try:
        person, full_name, initial, at, wanted = session.get(PENDING, ())
        known = signing_in.Known(uuid.UUID(person), str(full_name), bool(initial))
    except ValueError:
        return None
    return (known, wanted) if time.time() - float(at) < PENDING_SECONDS else None


def _opened(known: signing_in.Known, wanted: str | None, *, factor: bool) -> ResponseReturnValue:
    signed = signing_in.enrol(known, browser_name(request.user_agent.string), "office")
    access.open_office_session(signed.device, factor=factor, initial=known.initial)
    return redirect(wanted or url_for("office.home"))


def _refused(template: str, refusal: Refusal, **values: object) -> ResponseReturnValue:
    problem = message(refusal.code, access.office_language())
    response = make_response(render_template(template, problem=problem, **values), refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


@blueprint.post("/sign-out")
@access.require_page(Permission.OFFICE)
def sign_out() -> ResponseReturnValue:
    """End the session and its device, so that a copy of the cookie is of no use."""
    with write() as transaction:
        operations.logout(transaction, access.caller().device, now())
    access.close_office_session()
    flash(say("flash.signed_out"), "success")
    return redirect(url_for("office.sign_in"))


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """Remember the language in this browser and show the same page again."""
    session["language"] = "en" if request.form.get("language") == "en" else "vi"
    return redirect(access.safe_target(request.form.get("back")) or url_for("office.home"))


def browser_name(agent: str) -> str:
    """A browser's name as its owner would know it, from what it says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) or "office"
