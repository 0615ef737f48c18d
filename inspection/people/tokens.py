"""Access tokens (JWT, HS256) and the shape of refresh tokens. Pure: the key comes from the caller.

An access token says who and from which device for fifteen minutes; whether the device still stands is asked
of the database at every request. A refresh token is a random string that only its holder has in clear.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import jwt

from config.errors import Refusal
from config.settings import SHORTEST_SECRET

ACCESS_LIFETIME = timedelta(minutes=15)
REFRESH_LIFETIME = timedelta(days=60)
_ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says."""

    person: UUID
    device: UUID


def _signing_key(secret: str) -> bytes:
    """A key for access tokens only, so that nothing else signed with the installation's secret can pass for
    one."""
    if len(secret.encode()) < SHORTEST_SECRET:
        raise ValueError(f"the secret key needs at least {SHORTEST_SECRET} bytes")
    return hmac.digest(secret.encode(), b"access token", hashlib.sha256)


def sign_access(secret: str, claims: Claims, at: datetime) -> str:
    """An access token of ``claims``, made at ``at``.

    :raises ValueError: when the secret is too short to sign with.
    """
    payload = {
        "sub": str(claims.person),
        "device": str(claims.device),
        "iat": int(at.timestamp()),
        "exp": int((at + ACCESS_LIFETIME).timestamp()),
    }
    return jwt.encode(payload, _signing_key(secret), algorithm=_ALGORITHM)


def read_access(secret: str, token: str) -> Claims:
    """The claims of a token that is genuine and not expired.

    :raises Refusal: ``token_expired`` or ``unauthenticated``.
    """
    try:
        payload = jwt.decode(
            token,
            _signing_key(secret),
            algorithms=[_ALGORITHM],
            options={"require": ["sub", "device", "exp"]},
        )
        return Claims(person=UUID(payload["sub"]), device=UUID(payload["device"]))
    except jwt.ExpiredSignatureError as problem:
        raise Refusal("token_expired") from problem
    except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError) as problem:
        raise Refusal("unauthenticated") from problem


def new_refresh_token() -> str:
    """A refresh token of 256 random bits."""
    return secrets.token_urlsafe(32)


def refresh_token_hash(token: str) -> bytes:
    """How a refresh token is kept. It is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()
