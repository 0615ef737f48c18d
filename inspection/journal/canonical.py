"""Canonical JSON and the digests made of it.

Canonical means: UTF-8, keys sorted by code point, no white space, and only values whose text does not depend
on the library that writes it (strings in NFC, whole numbers, booleans, null, lists, objects; decimals travel
as strings).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
"""Any JSON value."""

SALT_BYTES = 16


def encode(value: object) -> bytes:
    """The canonical bytes of a JSON value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(value: object) -> bytes:
    """SHA-256 over the canonical bytes of ``value``."""
    return hashlib.sha256(encode(value)).digest()


def salted(salt: str, value: object) -> str:
    """Hex SHA-256 over salt and canonical value. Without the salt a short value could be guessed from its
    digest, so erasing a value erases its salt too and leaves the digest in the chain."""
    return hashlib.sha256(bytes.fromhex(salt) + encode(value)).hexdigest()


def salted_all(content: Mapping[str, tuple[str, object]]) -> dict[str, str]:
    """The digest of every field of an entry's content, ``{field: (salt, value)}``."""
    return {name: salted(salt, value) for name, (salt, value) in content.items()}
