"""What has arrived of an upload: a file that only grows, written by one connection at a time.

The length of the file is the offset. Pieces are written as they come and flushed to the disk before anything is
acknowledged, also when the line is cut in the middle: what has arrived need not be sent again. The lock is the
operating system's (``flock``), so it ends with the process that held it.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO, cast

from config.errors import Refusal
from config.storage import flush_folder

FOLDER = "uploads"


class HalfFile:
    """The file of one upload, while this connection alone may write to it."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path = path
        self._file = file

    @property
    def path(self) -> Path:
        """Where it lies, for a program that reads it."""
        return self._path

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return os.fstat(self._file.fileno()).st_size

    def append(self, pieces: Iterable[bytes]) -> None:
        """Write pieces as they arrive. What came before a failure of ``pieces`` is on the disk when it is raised."""
        self._file.seek(0, os.SEEK_END)
        try:
            for piece in pieces:
                self._write(piece)
        finally:
            os.fsync(self._file.fileno())

    def _write(self, piece: bytes) -> None:
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]

    def shorten(self, size: int) -> None:
        """Forget what came after ``size``."""
        os.truncate(self._file.fileno(), size)
        os.fsync(self._file.fileno())

    def read(self) -> BinaryIO:
        """Everything from the first byte. Only valid while the lock is held."""
        self._file.seek(0)
        return cast(BinaryIO, self._file)

    def remove(self) -> None:
        """Forget the bytes."""
        self._path.unlink(missing_ok=True)


class HalfFiles:
    """The half files of this host."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def size(self, upload: uuid.UUID) -> int:
        """Bytes that have arrived; 0 before the first."""
        try:
            return self._path(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def all(self) -> list[uuid.UUID]:
        """The uploads that have a file here."""
        return [uuid.UUID(path.name) for path in self._folder.glob("*-*")]

    @contextmanager
    def writing(self, upload: uuid.UUID) -> Iterator[HalfFile]:
        """Hold the lock of an upload; its file is made at the first use.

        :raises Refusal: ``upload_locked`` when another connection holds it.
        """
        with self._locked(self._path(upload)) as file:
            yield HalfFile(self._path(upload), file)

    @contextmanager
    def _locked(self, path: Path) -> Iterator[FileIO]:
        while True:
            with self._opened(path) as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise Refusal("upload_locked", retry_after=1) from None
                if os.fstat(file.fileno()).st_nlink:  # nobody removed it between opening and locking
                    yield file
                    return

    def _opened(self, path: Path) -> FileIO:
        try:
            return path.open("r+b", buffering=0)
        except FileNotFoundError:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            flush_folder(self._folder)
            return os.fdopen(handle, "r+b", buffering=0)

    def _path(self, upload: uuid.UUID) -> Path:
        return self._folder / str(upload)
