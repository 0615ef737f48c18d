"""Passwords: argon2id, and the same work for a user who does not exist."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.errors import Refusal

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
"""Characters. Beyond this nobody types, and hashing a megabyte would be a gift to an attacker."""

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("the account that does not exist")


def username_key(username: str) -> str:
    """The form in which user names are compared: NFC, case-folded, without space around."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", username).strip().casefold())


def hash_password(password: str) -> str:
    """Hash a new password.

    :raises Refusal: ``weak_password`` when it is shorter or longer than allowed.
    """
    password = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refusal("weak_password")
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether ``password`` is the one hashed. ``None`` stands for an unknown user and takes as long to
    refuse."""
    password = unicodedata.normalize("NFC", password)[: LONGEST_PASSWORD + 1]
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def new_password() -> str:
    """A password to read out once: four groups without letters that look alike, some 79 random bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
