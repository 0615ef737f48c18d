"""Signing in and out of the office, and choosing its language."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal, message
from config.extensions import now, write
from inspection.office.blueprint import blueprint, reader, say
from inspection.people import access, operations, signing_in
from inspection.people.permissions import Permission

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
    """The sign-in form; somebody who is signed in goes on to the first page."""
    if reader() is not None:
        return redirect(access.safe_target(request.args.get("next")) or url_for("office.home"))
    return render_template("office/sign_in.html", next=request.args.get("next"), username="", problem=None)


@blueprint.post("/sign-in")
def signing() -> ResponseReturnValue:
    """Check the password and open a session on a new device."""
    username = request.form.get("username", "")
    wanted = access.safe_target(request.form.get("next"))
    try:
        signed = signing_in.sign_in(
            username,
            request.form.get("password", ""),
            address=request.remote_addr or "",
            device_name=browser_name(request.user_agent.string),
            platform="office",
        )
    except Refusal as refusal:
        problem = message(refusal.code, access.office_language())
        page = render_template("office/sign_in.html", next=wanted, username=username, problem=problem)
        response = make_response(page, refusal.status)
        if refusal.retry_after:
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    access.open_office_session(signed.device)
    return redirect(wanted or url_for("office.home"))


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
