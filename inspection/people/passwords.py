"""Passwords: argon2id, and the same work for a user who does not exist."""

from __future__ import annotations

import re
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app, has_app_context
from zxcvbn import zxcvbn

from config.errors import Refusal
from config.settings import Settings
from inspection.people.leaked import has_leaked

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
"""Characters. Beyond this nobody types, and hashing a megabyte would be a gift to an attacker."""

LEAST_SCORE = 3
"""Of zxcvbn: at least 10^8 guesses."""

LONGEST_SCORED = 72
"""Characters that are looked at: what is hard by then is hard."""

OWN_WORDS = (
    "matkhau", "mat khau", "kiemtra", "kiem tra", "liennganh", "lien nganh", "thanhtra", "quanly", "quantri", "vietnam",
    "hanoi", "hanam", "thanhliem", "phuly", "congan", "quanlythitruong", "yte", "donthu", "anhyeuem", "emyeuanh",
    "matkhaumoi",
)  # fmt: skip
"""What somebody in this office and this country would try first."""

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("the account that does not exist")


def username_key(username: str) -> str:
    """The form in which user names are compared: NFC, case-folded, without space around."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", username).strip().casefold())


def hash_password(password: str, *about: str) -> str:
    """Hash a new password. ``about`` are words that a guesser would try first: the user name, the person's name.

    :raises Refusal: ``weak_password`` when it is shorter or longer than allowed, ``guessable_password`` when it is
        on the lists of passwords that have leaked, or put together from them and from words of this office.
    """
    password = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refusal("weak_password")
    if _score(password, about) < LEAST_SCORE or _is_listed(password):
        raise Refusal("guessable_password")
    return _hasher.hash(password)


def _is_listed(password: str) -> bool:
    """Whether it is on the installation's own list of leaked passwords, where there is one."""
    settings: Settings | None = current_app.config["SETTINGS"] if has_app_context() else None
    return (
        settings is not None
        and settings.leaked_passwords is not None
        and has_leaked(password, settings.leaked_passwords)
    )


def _score(password: str, about: tuple[str, ...]) -> int:
    """How hard a password is to guess, 0 to 4, by the lists and patterns of zxcvbn (30,000 leaked passwords, names,
    words, keyboard rows, dates). Diacritics are looked through: "mậtkhẩu" is what "matkhau" is."""
    plain = _without_marks(password)[:LONGEST_SCORED]
    words = [*OWN_WORDS, *(part for text in about for part in (text, *re.split(r"\W+", text)))]
    plain_words = [_without_marks(word).lower() for word in words]
    inputs = [*plain_words, *(re.sub(r"\W", "", word) for word in plain_words)]
    score: int = zxcvbn(plain, user_inputs=inputs)["score"]
    return score


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in parts if not unicodedata.combining(one))


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
