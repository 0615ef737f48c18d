"""The first page of an empty installation: whose office it is, and its first administrator. Never again after that."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, now, write
from config.settings import Settings
from inspection.office.blueprint import blueprint, say
from inspection.office.writing import words_of
from inspection.people.access import close_office_session
from inspection.people.kinds import AgencyCode
from inspection.setup import first_run as codes
from inspection.setup.load import NewAdministrator, SetupError, set_up

FIELDS = ("unit", "full_name", "username", *(f"agency-{code.value}" for code in AgencyCode))


@blueprint.get("/first-run")
def first_run() -> ResponseReturnValue:
    """The form, as long as nobody has an account."""
    _require_empty()
    return _form({})


@blueprint.post("/first-run")
def finish_first_run() -> ResponseReturnValue:
    """Make the office and its administrator in one transaction, if the code was printed on this server."""
    _require_empty()
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    password = request.form.get("password", "")
    if not codes.opens(str(current_app.config["SECRET_KEY"]), request.form.get("code", ""), now()):
        return _form(given, say("first_run.wrong_code")), 422
    if not all(given[name] for name in ("unit", "full_name", "username")):
        return _form(given, say("first_run.missing")), 422
    if password != request.form.get("again", ""):
        return _form(given, say("account.differ")), 422
    administrator = NewAdministrator(given["username"], given["full_name"], password)
    agencies = {code: name for code in AgencyCode if (name := given[f"agency-{code.value}"])}
    try:
        with write() as session:
            done = set_up(session, given["unit"], administrator, agencies, now())
    except SetupError as problem:
        return _form(given, str(problem)), 422
    except Refusal as refusal:
        return _form(given, words_of(refusal)), refusal.status
    close_office_session()
    flash(say("first_run.done", unit=done.unit.name), "success")
    return redirect(url_for("office.sign_in"))


def waiting() -> bool:
    """Whether this installation has yet to be set up."""
    settings: Settings = current_app.config["SETTINGS"]
    return not settings.demonstration and codes.is_empty(db.session())


def _require_empty() -> None:
    if not waiting():
        raise Refusal("not_found")


def _form(given: dict[str, str], problem: str | None = None) -> str:
    return render_template("office/first_run.html", given=given, problem=problem, agencies=list(AgencyCode))
