"""Signing in, for every edge that offers it: the phone's enrolment and the office's form.

Three short transactions, because checking a password is slow on purpose and must not hold a database lock.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.people import operations, second_factor, throttle
from inspection.people.models import Account
from inspection.people.operations import Platform, Tokens

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whose password was right; ``initial`` when it is the one they were handed."""

    person: uuid.UUID
    full_name: str
    initial: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person and the device just enrolled for them; ``tokens`` only where a secret to sign them was
    given. ``replaced``: they put a password of their own in the place of the one they were handed."""

    person: uuid.UUID
    full_name: str
    device: uuid.UUID
    tokens: Tokens | None
    replaced: bool = False


def sign_in(
    username: str,
    password: str,
    *,
    address: str,
    device_name: str,
    platform: Platform,
    app_version: str | None = None,
    token_secret: str | None = None,
    own_password: str | None = None,
) -> SignedIn:
    """Check the password of ``username`` and enrol a new device. A password that somebody else made is replaced by
    ``own_password`` first.

    :raises Refusal: ``too_many_attempts`` with the seconds to wait, ``wrong_credentials``, ``initial_password``, or
        what :func:`inspection.people.operations.set_password` refuses.
    """
    known = check_password(username, password, address)
    if known.initial:
        if own_password in {None, "", password}:
            raise Refusal("initial_password")
        with write() as session:
            operations.set_password(session, known.person, str(own_password), now())
    enrolled = enrol(known, device_name, platform, app_version=app_version, token_secret=token_secret)
    return replace(enrolled, replaced=known.initial)


def check_password(username: str, password: str, address: str) -> Known:
    """Whose password it is.

    :raises Refusal: ``too_many_attempts`` with the seconds to wait, or ``wrong_credentials``.
    """
    with _counted(username, address):
        person = operations.authenticate(db.session(), username, password)
        if person is None:
            raise Refusal("wrong_credentials")
        account = db.session.get_one(Account, person.id)
        if account.initial and account.password_set_at + operations.INITIAL_LIFETIME < now():
            raise Refusal("wrong_credentials")
        return Known(person.id, person.full_name, account.initial)


def check_code(person: uuid.UUID, code: str, address: str, secret_key: str) -> str:
    """Use up a code of the second factor: ``"code"`` or ``"recovery"``. Guessing is slowed down as with passwords.

    :raises Refusal: ``too_many_attempts`` or ``wrong_code``.
    """
    with _counted(f"second factor {person}", address):
        with write() as session:
            found = second_factor.check(session, person, code, secret_key, now())
        if found is None:
            raise Refusal("wrong_code")
        return found


def enrol(
    known: Known,
    device_name: str,
    platform: Platform,
    *,
    app_version: str | None = None,
    token_secret: str | None = None,
) -> SignedIn:
    """A new device for somebody who has shown everything that was asked for."""
    with write() as session:
        at = now()
        device = operations.enrol_device(session, known.person, device_name, platform, at, app_version)
        tokens = operations.issue_tokens(session, device, token_secret, at) if token_secret else None
        log.info("signed in: %s %s %s", known.person, platform, device.id)
        return SignedIn(person=known.person, full_name=known.full_name, device=device.id, tokens=tokens)


@contextmanager
def _counted(name: str, address: str) -> Iterator[None]:
    """Count an attempt before the block looks at it, and forgive it when the block does not raise."""
    with write() as session:
        wait = throttle.count(session, name, address, now())
    # The name is not written down: people type their password into the wrong field.
    if wait:
        log.warning("sign-in has to wait from %s", address)
        raise Refusal("too_many_attempts", retry_after=wait)
    try:
        yield
    except Refusal:
        log.warning("sign-in refused from %s", address)
        raise
    with write() as session:
        throttle.forgive(session, name, address)
