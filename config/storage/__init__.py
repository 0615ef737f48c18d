"""Where the bytes of documents and evidence are kept: a small interface, and a folder or an object store behind it.

A key is a path of plain words ("reports/0199…/pdf"). What :meth:`Storage.put` has returned from is whole and on
the disk: a process that dies half way leaves the old content, or none, never half of the new one.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from config.storage.folder import FolderStorage, flush_folder
from config.storage.interface import CHUNK, Storage, StorageError, Stored

__all__ = ["CHUNK", "FolderStorage", "Storage", "StorageError", "Stored", "flush_folder", "open_storage"]


def open_storage(url: str) -> Storage:
    """The storage that ``STORAGE_URL`` names: ``file:///folder``, or ``s3://bucket/prefix`` with the options that
    :mod:`config.storage.bucket` describes.

    :raises StorageError: for a scheme that is not known.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        # The client library takes half a second to load; an installation with a folder never pays that.
        from config.storage.bucket import open_bucket

        return open_bucket(url)
    raise StorageError(f"STORAGE_URL with the scheme {parts.scheme!r}: only file:///… and s3://… are known")
