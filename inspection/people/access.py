"""Who is calling: the bearer of an access token, or an office session, and whether they may.

``require`` guards API views and ``require_page`` office pages. Both ask the database at every request whether
the device still stands and the person is still active, so a revocation takes effect at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Request, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from structlog.contextvars import bind_contextvars

from config.errors import Language, Refusal
from config.extensions import db, now, write
from inspection.journal.operation import Author
from inspection.people import operations, tokens
from inspection.people.belonging import own_scopes, scopes_within
from inspection.people.grants import Grants, expand
from inspection.people.models import Device, Person
from inspection.people.permissions import Permission
from inspection.people.policy import policy

P = ParamSpec("P")
R = TypeVar("R")

OFFICE_SESSION_LIFETIME = timedelta(hours=24)
"""The longest that an office's policy may allow."""

IDLE = timedelta(hours=2)
"""How long an office session may lie unused."""

TOUCH_EVERY = timedelta(minutes=5)
_SESSION_DEVICE = "device"
_SESSION_FACTOR = "factor"
_SESSION_INITIAL = "initial"

WITHOUT_FACTOR = frozenset(
    {"office.account", "office.begin_factor", "office.confirm_factor", "office.sign_out"}
)
"""Pages open to somebody whose role asks for a second factor that they have yet to set up."""

WITHOUT_OWN_PASSWORD = frozenset({"office.account", "office.change_password", "office.sign_out"})
"""Pages open to somebody who signed in with a password that was handed to them."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes this request, from which device, with which rights, reading which language."""

    person: uuid.UUID
    full_name: str
    device: uuid.UUID
    platform: str
    grants: Grants
    language: Language
    revoked: bool = False

    @property
    def author(self) -> Author:
        """The author of the operations of this request. A phone never disagrees with itself; an office
        session can, having two pages open."""
        return Author(
            device=self.device, user=self.person, grants=self.grants, self_exempt=self.platform == "phone"
        )


def grants_for(session: Session, person: uuid.UUID) -> Grants:
    """What a person may do now. Somebody unknown, inactive or voided may do nothing."""
    found = session.get(Person, person)
    if found is None or found.voided or not found.active:
        return Grants(person=person, jurisdiction=None, roles=frozenset())
    roles = expand(found.roles)
    jurisdiction = uuid.UUID(found.scope.partition(":")[2])
    return Grants(
        person=person,
        jurisdiction=jurisdiction,
        roles=roles,
        own=own_scopes(session, person, roles),
        within=scopes_within(session, jurisdiction, roles),
    )


def language_of(incoming: Request) -> Language:
    """The language a reader asks for: Vietnamese unless English is preferred."""
    return "en" if incoming.accept_languages.best_match(["vi", "en"], default="vi") == "en" else "vi"


def bearer(incoming: Request, *, even_revoked: bool = False) -> Caller:
    """The caller of an API request, by its access token.

    ``even_revoked`` lets a revoked device through, marked so: what it still sends is kept aside, not thrown
    away.

    :raises Refusal: ``unauthenticated``, ``token_expired`` or ``device_revoked``.
    """
    authorization = incoming.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise Refusal("unauthenticated")
    claims = tokens.read_access(str(current_app.config["SECRET_KEY"]), authorization.token)
    return _caller(claims.device, claims.person, language_of(incoming), even_revoked=even_revoked)


def caller() -> Caller:
    """The caller of the present request, after :func:`require` or :func:`require_page`."""
    found: Caller = g.caller
    return found


def require(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard an API view: 401 without a valid token, 403 without ``permission``."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*arguments: P.args, **values: P.kwargs) -> R:
            g.caller = bearer(request)
            _name_in_log(g.caller)
            if not caller().grants.holds(permission):
                raise Refusal("forbidden")
            return view(*arguments, **values)

        return guarded

    return decorate


def require_page(
    permission: Permission,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Guard an office page: to the sign-in page without a session, the 403 page without ``permission``."""

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*arguments: P.args, **values: P.kwargs) -> ResponseReturnValue:
            found = office_caller()
            if found is None:
                asked = request.script_root + request.full_path.rstrip("?")
                wanted = asked if request.method == "GET" else None
                return redirect(url_for("office.sign_in", next=wanted))
            g.caller = found
            _name_in_log(found)
            if not found.grants.holds(permission):
                raise Refusal("forbidden")
            if owes_password():
                held_back = request.endpoint not in WITHOUT_OWN_PASSWORD
            else:
                held_back = owes_factor(found) and request.endpoint not in WITHOUT_FACTOR
            if held_back:
                return redirect(url_for("office.account"))
            return view(*arguments, **values)

        return guarded

    return decorate


def _name_in_log(found: Caller) -> None:
    """Whose request it is, by ids, in every log line that follows."""
    bind_contextvars(person=str(found.person), device=str(found.device))


def owes_password() -> bool:
    """Whether this session was opened with a password that its owner has not chosen."""
    return bool(session.get(_SESSION_INITIAL))


def note_own_password() -> None:
    """The owner has chosen a password in this session."""
    session.pop(_SESSION_INITIAL, None)


def owes_factor(found: Caller) -> bool:
    """Whether the office's policy asks for a code that this session was not opened with."""
    if session.get(_SESSION_FACTOR):
        return False
    asked = policy(db.session(), found.grants.jurisdiction).second_factor_roles
    return not found.grants.roles.isdisjoint(asked)


def note_factor() -> None:
    """This session has shown a code."""
    session[_SESSION_FACTOR] = True


def open_office_session(device: uuid.UUID, *, factor: bool = False, initial: bool = False) -> None:
    """Start a fresh session for a device just enrolled; nothing of the session before it survives."""
    language = session.get("language")
    session.clear()
    session[_SESSION_DEVICE] = str(device)
    if factor:
        note_factor()
    if initial:
        session[_SESSION_INITIAL] = True
    if language:
        session["language"] = language


def close_office_session() -> None:
    """Forget the session in this browser."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def office_language() -> Language:
    """The language chosen in this browser, Vietnamese until somebody chooses."""
    return "en" if session.get("language") == "en" else "vi"


def office_caller() -> Caller | None:
    """Who is signed in to the office in this browser, or nobody."""
    try:
        device = uuid.UUID(session.get(_SESSION_DEVICE, ""))
        found = _caller(device, None, office_language(), even_revoked=False)
    except (ValueError, Refusal):
        return None
    return found if found.platform == "office" else None


def safe_target(target: str | None) -> str | None:
    """``target`` when it is a path of this site, so that a sign-in link cannot send anybody elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def _caller(device: uuid.UUID, person: uuid.UUID | None, language: Language, *, even_revoked: bool) -> Caller:
    reading = db.session()
    found = reading.get(Device, device)
    if found is None or found.person is None or (person is not None and found.person != person):
        raise Refusal("unauthenticated")
    revoked = found.revoked_at is not None
    if revoked and not even_revoked:
        raise Refusal("device_revoked")
    at = now()
    somebody = reading.get(Person, found.person)
    if somebody is None or somebody.voided or not somebody.active:
        raise Refusal("unauthenticated")
    if found.platform == "office":
        allowed = policy(reading, uuid.UUID(somebody.scope.partition(":")[2])).session
        if found.created_at + allowed < at or found.last_seen_at + IDLE < at:
            raise Refusal("token_expired")
    answer = Caller(
        person=somebody.id,
        full_name=somebody.full_name,
        device=found.id,
        platform=found.platform,
        grants=grants_for(reading, somebody.id),
        language=language,
        revoked=revoked,
    )
    if not revoked and found.last_seen_at + TOUCH_EVERY < at:
        with write() as writing:
            operations.touch(writing, device, at)
    return answer
