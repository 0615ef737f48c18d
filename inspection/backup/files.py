"""The bytes of the storage, kept once under their SHA-256, and the keys, kept apart."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.storage import Storage
from inspection.backup.manifest import CHUNK, BackupError, StoredFile, digest
from inspection.complaints import keys as sealing_keys
from inspection.documents import signing as document_signing
from inspection.journal import signing

POOL = "files"
KEY_FOLDERS = (
    sealing_keys.FOLDER,
    sealing_keys.RECOVERY_FOLDER,
    signing.FOLDER,
    document_signing.FOLDER,
)
"""Folders of ``DATA_DIR`` that hold private keys. A package that keeps one adds its folder here."""

_SHA256_KEY = re.compile(r".*/([0-9a-f]{64})")


def pooled(folder: Path, sha256: str) -> Path:
    """Where the bytes with this SHA-256 lie in a folder of backups."""
    return folder / POOL / sha256[:2] / sha256


def collect(storage: Storage, folder: Path) -> Iterator[StoredFile]:
    """Bring everything the storage has into ``folder``. What is named after its own SHA-256 and is there already is
    not read again."""
    for key in sorted(storage.keys()):
        named = _SHA256_KEY.fullmatch(key)
        known = pooled(folder, named[1]) if named else None
        if named and known is not None and known.is_file():
            yield StoredFile(key, named[1], known.stat().st_size)
            continue
        try:
            yield _keep(storage, key, folder)
        except FileNotFoundError:
            continue  # removed since it was listed: nothing refers to it any more


def _keep(storage: Storage, key: str, folder: Path) -> StoredFile:
    (folder / POOL).mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder / POOL, prefix=".incoming-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, storage.open(key) as source:
            shutil.copyfileobj(source, target, CHUNK)
            target.flush()
            os.fsync(target.fileno())
        sha256 = digest(draft)
        place = pooled(folder, sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        size = draft.stat().st_size
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return StoredFile(key, sha256, size)


def damaged(files: tuple[StoredFile, ...], folder: Path) -> list[str]:
    """The keys whose bytes in ``folder`` are missing or other bytes."""
    good: dict[str, bool] = {}
    for one in files:
        if one.sha256 not in good:
            place = pooled(folder, one.sha256)
            good[one.sha256] = place.is_file() and digest(place) == one.sha256
    return [one.key for one in files if not good[one.sha256]]


def put_back(files: tuple[StoredFile, ...], folder: Path, storage: Storage) -> None:
    """Put every file into the storage; what is there already stays."""
    for one in files:
        if not storage.exists(one.key):
            with pooled(folder, one.sha256).open("rb") as stream:
                storage.put(one.key, stream)


def save_keys(data_dir: Path, target: Path, backups: Path) -> int:
    """Copy the private keys to a folder apart; how many files are new there. Keys that were there stay: an old box
    needs its old key.

    :raises BackupError: when that folder and the backups lie in one another.
    """
    target, backups = target.resolve(), backups.resolve()
    if target.is_relative_to(backups) or backups.is_relative_to(target):
        raise BackupError(
            "khóa phải để riêng, ngoài thư mục sao lưu / keys go to a folder apart from the backups"
        )
    return _copy_keys(data_dir, target)


def put_keys_back(source: Path, data_dir: Path) -> int:
    """Bring the private keys back; how many files were written.

    :raises BackupError: when the folder holds no key.
    """
    if not any((source / name).is_dir() for name in KEY_FOLDERS):
        raise BackupError(f"{source}: không có khóa / no keys here")
    return _copy_keys(source, data_dir)


def _copy_keys(source: Path, target: Path) -> int:
    written = 0
    for name in KEY_FOLDERS:
        for path in sorted((source / name).glob("*")) if (source / name).is_dir() else ():
            place = target / name / path.name
            content = path.read_bytes()
            if place.is_file() and place.read_bytes() == content:
                continue
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = place.with_name(f".{place.name}.draft")
            draft.touch(mode=0o600)
            draft.write_bytes(content)
            draft.replace(place)
            written += 1
    return written
