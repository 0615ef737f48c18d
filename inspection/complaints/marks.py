"""Blind marks of a petitioner: the desk learns that two cases may have one writer, and not who it is.

Where an identity is typed, the browser derives from it up to two *tokens* and sends them beside the sealed box::

    token = hex( PBKDF2-HMAC-SHA256( normal form, salt "inspection petitioner mark v1", 200 000 rounds, 32 bytes ) )

one of name and address together, one of the contact. The normal form has no accents, case, punctuation or spaces, so
that "Nguyễn  Văn A" in composed or decomposed Unicode is one name. The server keeps neither the text nor the token but

    mark = hex( HMAC-SHA256( key outside the database, token ) )

so whoever holds only the database, a backup or a log cannot try names against it. Whoever holds the key also holds
the keys that open the boxes, and learns nothing more from the marks.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

SALT = b"inspection petitioner mark v1"
ROUNDS = 200_000
MOST_TOKENS = 2
KEY_FILE = "marks.key"
_TOKEN = re.compile(r"[0-9a-f]{64}")
_SHORTEST = 6
"""Characters of a normal form below which too many people share it."""


def normal_form(text: str) -> str:
    """Letters and digits only, without accents and case; đ is d."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    return "".join(one for one in plain if one.isascii() and one.isalnum())


def tokens(identity: Mapping[str, str]) -> list[str]:
    """What a browser derives from name, address and contact. A part that is empty or too short gives none."""
    name, address = normal_form(identity.get("name", "")), normal_form(identity.get("address", ""))
    forms = [f"person:{name}:{address}" if name and address else "", f"contact:{_contact(identity)}"]
    return [_derive(form) for form in forms if len(form.partition(":")[2]) >= _SHORTEST]


def tokens_of_text(text: str) -> list[str]:
    """The tokens of an identity as it is sealed: JSON of its parts."""
    said = json.loads(text)
    return tokens({str(key): str(value) for key, value in said.items()}) if isinstance(said, dict) else []


def well_formed(given: object) -> bool:
    """Whether ``given`` has the form of a list of tokens."""
    return (
        isinstance(given, list)
        and len(given) <= MOST_TOKENS
        and all(isinstance(one, str) and _TOKEN.fullmatch(one) for one in given)
    )


def marks(data_dir: Path, given: Iterable[str]) -> list[str]:
    """The marks that are kept for these tokens. The first call makes the key."""
    key = _key(data_dir / "sealing" / KEY_FILE)
    return sorted({hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in given})


def _contact(identity: Mapping[str, str]) -> str:
    return normal_form(identity.get("contact", ""))


def _derive(form: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", form.encode(), SALT, ROUNDS).hex()


def _key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_bytes()
