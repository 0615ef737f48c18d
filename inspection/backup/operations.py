"""Making, checking and restoring a backup."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.orm import Session

from config.extensions import db, snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.backup import database, files, manifest
from inspection.backup.manifest import BackupError, Manifest
from inspection.journal import checkpoint, history
from inspection.journal.generation import begin_after_restore

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Heads:
    """What a database says of its journal and its schema."""

    root: str
    entries: int
    revision: str


def create(settings: Settings, folder: Path, at: datetime) -> Path:
    """Make a backup in ``folder``: the database first, then the files, so that no file it needs is missing.

    :raises BackupError: when it cannot be made; what was begun is removed.
    """
    place = folder / at.strftime(STAMP)
    try:
        place.mkdir(mode=0o700, parents=True)
    except FileExistsError as problem:
        raise BackupError(f"{place}: đã có / is there already") from problem
    try:
        seen = database.dump(db.engine, settings, place, heads_of)
        name = database.FILES[database.dialect(settings)]
        kept = tuple(files.collect(open_storage(settings.storage_url), folder))
        manifest.write(
            place,
            Manifest(
                taken_at=at.isoformat(),
                dialect=database.dialect(settings),
                database=name,
                database_sha256=manifest.digest(place / name),
                revision=seen.revision,
                root=seen.root,
                entries=seen.entries,
                files=kept,
            ),
        )
    except BaseException:
        shutil.rmtree(place)
        raise
    return place


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups of ``folder`` and the bytes that none of those needs."""
    places = sorted(path.parent for path in folder.glob(f"*/{manifest.NAME}"))
    gone = places[:-keep]
    for place in gone:
        shutil.rmtree(place)
    needed = {one.sha256 for place in places[-keep:] for one in manifest.read(place).files}
    for path in (folder / files.POOL).glob("*/*"):
        if path.name not in needed:
            path.unlink()
    return gone


def verify(place: Path) -> list[str]:
    """What is wrong with a backup: bytes that changed or are missing, a journal that does not hold."""
    made = manifest.read(place)
    file = place / made.database
    if not file.is_file() or manifest.digest(file) != made.database_sha256:
        return [f"{made.database}: không đúng như khi sao lưu / not what was backed up"]
    found = database.problems(file, made.dialect)
    if made.dialect == "sqlite" and not found:
        found += database.look_at(file, lambda session: journal_problems(session, made))
    found += [f"{key}: hỏng hoặc mất / damaged or missing" for key in files.damaged(made.files, place.parent)]
    return found


def restore(settings: Settings, place: Path, keys: Path | None) -> tuple[Manifest, list[str], str | None]:
    """Restore a backup into an empty installation and let it prove itself.

    Nothing is written before the whole backup has been checked. The third part is the new generation, with which the
    installation may meet phones again; there is none when the journal does not hold.

    :raises BackupError: when the backup is damaged, of a later program, or the target is not empty.
    """
    made = manifest.read(place)
    if made.dialect != database.dialect(settings):
        raise BackupError(f"bản sao lưu là của {made.dialect} / the backup is one of {made.dialect}")
    scripts = ScriptDirectory("migrations")
    if made.revision not in {script.revision for script in scripts.walk_revisions()}:
        raise BackupError(
            "bản sao lưu mới hơn chương trình này / the backup is newer than this program: " + made.revision
        )
    if found := verify(place):
        raise BackupError("; ".join(found))
    database.require_empty(db.engine, settings)
    if keys is not None:
        files.put_keys_back(keys, settings.data_dir)
    files.put_back(made.files, place.parent, open_storage(settings.storage_url))
    database.load(settings, place / made.database)
    current_app.logger.info("the database was restored from %s", place.name)
    upgrade()
    with snapshot() as session:
        problems = journal_problems(session, made)
    if problems:
        return made, problems, None
    with write() as session:
        return made, [], begin_after_restore(session)


def heads_of(session: Session) -> Heads:
    """The heads, counted and bound together, and the schema's revision."""
    standing = history.heads(session)
    revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    return Heads(checkpoint.root(standing).hex(), sum(head.seq for head in standing), str(revision))


def journal_problems(session: Session, made: Manifest) -> list[str]:
    """Where a journal does not hold, or is not the one of the backup."""
    found = [f"{fault.scope} {fault.seq}: {fault.problem}" for fault in history.verify(session)]
    if heads_of(session).root != made.root:
        found.append("nhật ký không phải của bản sao lưu này / the journal is not the one of this backup")
    return found
