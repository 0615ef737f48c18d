"""What a backup says of itself, and how its bytes are checked."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message says why, in both languages."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the storage: its key, and the bytes it had."""

    key: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup. ``database`` names the file beside the manifest; ``revision`` is the schema's; ``root`` the Merkle
    root over the journal's heads, ``entries`` how many entries they count."""

    taken_at: str
    dialect: str
    database: str
    database_sha256: str
    revision: str
    root: str
    entries: int
    files: tuple[StoredFile, ...]
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """Write a manifest, last of all: a folder without one is no backup."""
    draft = folder / f"{NAME}.draft"
    with draft.open("w") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """The manifest of a backup.

    :raises BackupError: when the folder is no backup, or one of a later program.
    """
    try:
        form = json.loads((folder / NAME).read_text())
        if form["format"] != FORMAT:
            raise BackupError(
                f"{folder}: bản sao của chương trình khác / a backup of another program version"
            )
        files = tuple(StoredFile(**one) for one in form.pop("files"))
        return Manifest(**form, files=files)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BackupError(f"{folder}: không phải một bản sao lưu / not a backup ({problem})") from problem


def digest(path: Path) -> str:
    """Hex SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()
