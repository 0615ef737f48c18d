"""The office blueprint: what every page of it shares.

Every form is checked against cross-site forgery here, once for all of them. No page may be framed, cached, or
run anything that is not a file of this site: the policy leaves no room for script or style inside a page.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_wtf.csrf import generate_csrf, validate_csrf

from config.errors import Language
from config.extensions import db
from inspection.measurement.problems import in_language
from inspection.office import formats, words
from inspection.office.navigation import entries
from inspection.people.access import OFFICE_SESSION_LIFETIME, Caller, office_caller, office_language
from inspection.people.permissions import Permission
from inspection.places.models import Unit

STATIC = Path(__file__).parent / "static" / "office"
CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

KEPT = ("office.static", "office.evidence")
"""Endpoints whose answers a browser may keep, on the terms that they set themselves."""

blueprint = Blueprint(
    "office",
    __name__,
    template_folder="templates",
    static_folder="static/office",
    static_url_path="/static/office",
)


@blueprint.before_request
def check_forgery() -> None:
    """Refuse a form that this session did not hand out. It stays good as long as the session."""
    if request.method == "POST":
        validate_csrf(
            request.form.get("csrf_token", ""), time_limit=int(OFFICE_SESSION_LIFETIME.total_seconds())
        )


@blueprint.after_request
def protect(response: Response) -> Response:
    """The security headers of every answer. A page is kept by no cache; a file may bring a stricter policy."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint not in KEPT:
        response.headers["Cache-Control"] = "no-store"
    return response


def reader() -> Caller | None:
    """Who reads this page; also known on pages that nobody needs to sign in for."""
    if "caller" not in g:
        g.caller = office_caller()
    found: Caller | None = g.caller
    return found


def say(key: str, **values: object) -> str:
    """The words of ``key`` in the reader's language."""
    return words.say(key, office_language(), **values)


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a file of the blueprint, changing with its content."""
    return url_for("office.static", filename=name, v=_fingerprint(name))


def district(caller: Caller | None) -> str:
    """The name of the reader's district, or of the service before anybody signed in."""
    if caller is not None and caller.grants.jurisdiction is not None:
        unit = db.session.get(Unit, caller.grants.jurisdiction)
        if unit is not None:
            return unit.name_en or unit.name if caller.language == "en" else unit.name
    return say("site.owner")


@blueprint.app_context_processor
def page_values() -> dict[str, Any]:
    """What every template may use."""
    language: Language = office_language()
    caller = reader()
    return {
        "language": language,
        "caller": caller,
        "district": partial(district, caller),
        "t": say,
        "choice": partial(_choice, language),
        "day": partial(_formatted, formats.day, language),
        "moment": partial(_formatted, formats.moment, language),
        "number": partial(_formatted, formats.number, language),
        "decimal": partial(_formatted, formats.decimal, language),
        "percent": formats.percent,
        "problem_words": partial(_problem, language),
        "asset": asset,
        "csrf_token": generate_csrf,
        "navigation": entries(caller.grants, request.path) if caller else [],
        "may": partial(_may, caller),
    }


def _choice(language: Language, group: str, value: object) -> str:
    return words.choice(group, value, language)


def _problem(language: Language, code: str) -> str:
    return in_language(code, language)


def _formatted(write: Any, language: Language, value: Any) -> str:
    text: str = write(value, language)
    return text


def _may(caller: Caller | None, permission: str) -> bool:
    return caller is not None and caller.grants.holds(Permission(permission))
