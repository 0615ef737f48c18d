"""Where the bytes of documents and evidence are kept: a small interface, and a folder or an object store behind it.

A key is a path of plain words ("reports/0199…/pdf"). What :meth:`Storage.put` has returned from is whole and on
the disk: a process that dies half way leaves the old content, or none, never half of the new one.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

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

    def delete(self, key: str) -> None:
        """Forget ``key``; nothing happens when it is not there."""


class FolderStorage:
    """A folder on this machine, or on a disk that several machines share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, stream: BinaryIO) -> Stored:
        """Write to a temporary file beside the target, flush it to the disk, then rename."""
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        size = 0
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as temporary:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    temporary.write(chunk)
                temporary.flush()
                os.fsync(temporary.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        flush_folder(target.parent)
        return Stored(digest.hexdigest(), size)

    def open(self, key: str) -> BinaryIO:
        """Read from the file."""
        return self._path(key).open("rb")

    def exists(self, key: str) -> bool:
        """Whether the file is there."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove the file."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


def open_storage(url: str) -> Storage:
    """The storage that ``STORAGE_URL`` names: ``file:///folder``, or ``s3://bucket/prefix`` with the options that
    :mod:`config.object_storage` describes.

    :raises StorageError: for a scheme that is not known.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        # The client library takes half a second to load; an installation with a folder never pays that.
        from config.object_storage import open_bucket

        return open_bucket(url)
    raise StorageError(f"STORAGE_URL with the scheme {parts.scheme!r}: only file:///… and s3://… are known")


def checked(key: str) -> str:
    """``key`` itself.

    :raises StorageError: when it is none.
    """
    if not _KEY.fullmatch(key):
        raise StorageError(f"{key!r} is no key")
    return key


def flush_folder(folder: Path) -> None:
    """Make the rename itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
