"""What the tests of uploads share: a visit's evidence on its way, and what lies on the server's disk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from config.extensions import now
from config.settings import Settings
from config.storage import open_storage
from sync.uploads import finishing
from sync.uploads.half_files import HalfFiles
from tests.evidence.sending import Sender, announce
from tests.sync.conftest import Team
from tests.world import Phone


def sender(phone: Phone, visit: dict[str, Any], content: bytes, **fields: Any) -> Sender:
    """The upload of an evidence of ``visit`` that has just been announced."""
    return Sender(phone, announce(phone, visit, content, **fields))


def half_files(settings: Settings) -> list[str]:
    """What has begun to arrive."""
    folder = settings.data_dir / "uploads"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def stored_files(settings: Settings) -> list[Path]:
    """What has arrived."""
    return [path for path in (settings.data_dir / "storage").rglob("*") if path.is_file()]


def sweep(team: Team, settings: Settings, after: timedelta = timedelta()) -> None:
    """What the clock does every hour, ``after`` so much time."""
    with team.world.app.app_context():
        finishing.sweep(HalfFiles(settings.data_dir), open_storage(settings.storage_url), now() + after)
