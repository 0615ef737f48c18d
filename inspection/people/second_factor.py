"""A code besides the password for signing in to the office: TOTP (RFC 6238) by any authenticator app.

The shared secret is kept encrypted under a key derived from the installation's, so a stolen database makes no codes. A
code works once, and one step (30 s) of clock error either way is forgiven. Ten recovery codes are shown once at
enrolment and kept as digests; each works once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session

from inspection.people.models import SecondFactor

STEP = 30
"""Seconds of one code."""

RECOVERY_CODES = 10
ISSUER = "Kiem tra lien nganh"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def begin(session: Session, person: uuid.UUID, secret_key: str, at: datetime) -> str:
    """A new shared secret, in base 32, that counts only after :func:`confirm`. Beginning again makes another."""
    shared = pyotp.random_base32()
    found = session.get(SecondFactor, person, with_for_update=True)
    if found is None:
        found = SecondFactor(
            person=person, secret=b"", confirmed_at=None, last_step=0, recovery=[], created_at=at
        )
        session.add(found)
    if found.confirmed_at is None:
        found.secret, found.created_at = _box(secret_key).encrypt(shared.encode()), at
    session.flush()
    return shared


def address(shared: str, username: str) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(shared, interval=STEP).provisioning_uri(name=username, issuer_name=ISSUER)


def confirm(
    session: Session, person: uuid.UUID, code: str, secret_key: str, at: datetime
) -> list[str] | None:
    """Let the factor count from now on, the app having shown a right code; the recovery codes, shown only now. None
    when the code is wrong or there is nothing to confirm."""
    found = session.get(SecondFactor, person, with_for_update=True)
    if found is None or found.confirmed_at is not None or not _use_code(found, code, secret_key, at):
        return None
    codes = ["-".join(_random(6) for _ in range(4)) for _ in range(RECOVERY_CODES)]
    found.confirmed_at = at
    found.recovery = [_digest(code) for code in codes]
    session.flush()
    return codes


def stands(session: Session, person: uuid.UUID) -> bool:
    """Whether somebody signs in with a code."""
    found = session.get(SecondFactor, person)
    return found is not None and found.confirmed_at is not None


def check(session: Session, person: uuid.UUID, code: str, secret_key: str, at: datetime) -> str | None:
    """Use up a code: ``"code"`` or ``"recovery"`` when it is right, None when not."""
    found = session.get(SecondFactor, person, with_for_update=True)
    if found is None or found.confirmed_at is None:
        return None
    if _use_code(found, code, secret_key, at):
        session.flush()
        return "code"
    given = _digest(code)
    left = [kept for kept in found.recovery if not hmac.compare_digest(kept, given)]
    if len(left) == len(found.recovery):
        return None
    found.recovery = left
    session.flush()
    return "recovery"


def remove(session: Session, person: uuid.UUID) -> bool:
    """Forget somebody's factor; whether there was one."""
    found = session.get(SecondFactor, person, with_for_update=True)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def _use_code(found: SecondFactor, code: str, secret_key: str, at: datetime) -> bool:
    try:
        shared = _box(secret_key).decrypt(found.secret).decode()
    except InvalidToken:  # the installation's key was replaced: only an administrator helps now
        return False
    typed = code.replace(" ", "")
    if not (typed.isascii() and typed.isdigit()):
        return False
    totp, present = pyotp.TOTP(shared, interval=STEP), int(at.timestamp()) // STEP
    for step in (present - 1, present, present + 1):
        if step > found.last_step and hmac.compare_digest(totp.generate_otp(step), typed):
            found.last_step = step
            return True
    return False


def _box(secret_key: str) -> Fernet:
    key = hmac.digest(secret_key.encode(), b"second factor", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))


def _digest(code: str) -> str:
    """Random enough (118 bits) that one round is enough."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
