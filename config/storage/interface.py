"""What every store of bytes offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
"""Bytes copied at a time."""

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


class StorageError(Exception):
    """The storage cannot be used as it is set up, cannot be reached, or a key is not one."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: hex SHA-256 and number of bytes."""

    sha256: str
    size: int


class Storage(Protocol):
    """Bytes by key."""

    def put(self, key: str, stream: BinaryIO) -> Stored:
        """Write everything ``stream`` gives, in place of what ``key`` had."""

    def open(self, key: str) -> BinaryIO:
        """Read what ``key`` has.

        :raises FileNotFoundError: when it has nothing.
        """

    def exists(self, key: str) -> bool:
        """Whether ``key`` has something, which is then whole."""

    def check(self) -> None:
        """Nothing, when the storage can be written to.

        :raises StorageError: or OSError, when it cannot.
        """

    def keys(self) -> Iterator[str]:
        """Every key that has something, in no order; what changes meanwhile may or may not be among them."""

    def delete(self, key: str) -> None:
        """Forget ``key``; nothing happens when it is not there."""


def checked(key: str) -> str:
    """``key`` itself.

    :raises StorageError: when it is none.
    """
    if not _KEY.fullmatch(key):
        raise StorageError(f"{key!r} is no key")
    return key
