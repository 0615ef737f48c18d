"""Bytes in a folder of this machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from config.storage.interface import CHUNK, StorageError, Stored, checked


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

    def check(self) -> None:
        """Look whether the folder, or the one it will be made in, may be written to."""
        place = self._folder
        while not place.exists():
            place = place.parent
        if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
            raise StorageError("the folder of the storage cannot be written to")

    def keys(self) -> Iterator[str]:
        """Walk the folder; what is just coming in is no key yet."""
        for folder, _, names in os.walk(self._folder):
            place = Path(folder).relative_to(self._folder)
            yield from ((place / name).as_posix() for name in names if not name.startswith("."))

    def delete(self, key: str) -> None:
        """Remove the file."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


def flush_folder(folder: Path) -> None:
    """Make the rename itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
