"""Signing in, for every edge that offers it: the phone's enrolment and the office's form.

Three short transactions, because checking a password is slow on purpose and must not hold a database lock.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.people import operations, throttle
from inspection.people.operations import Platform, Tokens


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person and the device just enrolled for them; ``tokens`` only where a secret to sign them was
    given."""

    person: uuid.UUID
    full_name: str
    device: uuid.UUID
    tokens: Tokens | None


def sign_in(
    username: str,
    password: str,
    *,
    address: str,
    device_name: str,
    platform: Platform,
    app_version: str | None = None,
    token_secret: str | None = None,
) -> SignedIn:
    """Check the password of ``username`` and enrol a new device.

    :raises Refusal: ``too_many_attempts`` with the seconds to wait, or ``wrong_credentials``.
    """
    with write() as session:
        wait = throttle.count(session, username, address, now())
    if wait:
        raise Refusal("too_many_attempts", retry_after=wait)
    person = operations.authenticate(db.session(), username, password)
    if person is None:
        raise Refusal("wrong_credentials")
    person_id, full_name = person.id, person.full_name
    with write() as session:
        at = now()
        throttle.forgive(session, username, address)
        device = operations.enrol_device(session, person_id, device_name, platform, at, app_version)
        tokens = operations.issue_tokens(session, device, token_secret, at) if token_secret else None
        return SignedIn(person=person_id, full_name=full_name, device=device.id, tokens=tokens)
