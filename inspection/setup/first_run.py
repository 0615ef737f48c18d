"""The code that opens the first-run page: printed on the server, good for an hour or two, of no use once somebody has
an account.

It is computed from the installation's secret and the hour, so nothing is kept, and every web server knows it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.people.models import Account

WINDOW = 3600
"""Seconds for which one code is printed; it opens the page in these and the next."""

_LETTERS = 20


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return session.scalar(select(Account.id).limit(1)) is None


def code_at(secret_key: str, at: datetime) -> str:
    """The code of the hour of ``at``: a hundred bits in four groups."""
    return _code(secret_key, int(at.timestamp()) // WINDOW)


def opens(secret_key: str, code: str, at: datetime) -> bool:
    """Whether ``code`` is of this hour or the one before."""
    given = "".join(code.split()).replace("-", "").lower().encode()
    window = int(at.timestamp()) // WINDOW
    known = (_code(secret_key, each).replace("-", "").encode() for each in (window, window - 1))
    return any(hmac.compare_digest(given, each) for each in known)


def _code(secret_key: str, window: int) -> str:
    digest = hmac.digest(secret_key.encode(), f"first run {window}".encode(), hashlib.sha256)
    letters = base64.b32encode(digest).decode().lower()[:_LETTERS]
    return "-".join(letters[at : at + 5] for at in range(0, _LETTERS, 5))
