"""Bytes that arrived stay, or go when their time is over: crashes, the sweep, the storage and what it gives back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from config.extensions import db, now, write
from config.settings import Settings
from config.storage import FolderStorage, StorageError, open_storage
from inspection.evidence.models import Evidence
from inspection.evidence.rules import content_key
from sync.uploads.models import Upload
from tests.evidence import samples
from tests.evidence.sending import code_of
from tests.object_store import BUCKET, object_store
from tests.sync.conftest import Team
from tests.sync.uploading import half_files, sender, stored_files, sweep


def test_the_same_bytes_twice_are_stored_once(team: Team, visit: dict[str, Any], settings: Settings) -> None:
    content = samples.photo()
    first, second = sender(team.binh, visit, content), sender(team.chi, visit, content)
    assert first.whole(content).status_code == second.whole(content).status_code == 204
    assert len(stored_files(settings)) == 1
    assert first.content().data == second.content().data == content


def test_an_upload_that_waited_too_long_is_gone_and_can_begin_again(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    upload.patch(0, content[:10])
    with team.world.app.app_context(), write() as session:
        session.execute(update(Upload).values(expires_at=now() - timedelta(seconds=1)))
    assert upload.send("HEAD").status_code == 410
    assert code_of(upload.patch(10, content[10:])) == "upload_expired"
    sweep(team, settings)
    assert half_files(settings) == []
    assert upload.send("HEAD").status_code == 410
    assert upload.whole(content).status_code == 204
    assert upload.stored()


def test_the_sweep_leaves_what_is_still_arriving_and_forgets_what_is_long_gone(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    upload.patch(0, content[:10])
    sweep(team, settings)
    assert upload.offset() == 10
    sweep(team, settings, timedelta(days=40))
    assert half_files(settings) == []
    assert upload.send("HEAD").status_code == 404


def test_an_upload_can_be_given_up(team: Team, visit: dict[str, Any], settings: Settings) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    assert upload.send("DELETE").status_code == 404
    upload.create(len(content))
    upload.patch(0, content[:10])
    assert upload.send("DELETE").status_code == 204
    assert half_files(settings) == []
    assert upload.send("HEAD").status_code == 404
    assert upload.whole(content).status_code == 204
    assert upload.send("DELETE").status_code == 403
    assert upload.content().data == content


def test_a_crash_between_storing_and_noting_is_healed_by_the_phone(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    crash_when_noting(monkeypatch)
    with pytest.raises(SystemExit):
        upload.patch(0, content)
    assert len(stored_files(settings)) == 1
    assert not upload.stored()
    monkeypatch.undo()
    assert upload.offset() == len(content)
    assert upload.stored()
    assert half_files(settings) == []


def test_a_crash_between_storing_and_noting_is_healed_by_the_sweep(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    crash_when_noting(monkeypatch)
    with pytest.raises(SystemExit):
        upload.patch(0, content)
    monkeypatch.undo()
    sweep(team, settings)
    assert upload.stored()
    assert half_files(settings) == []
    sweep(team, settings)
    assert [outcomes for outcomes, _ in upload.entries()][1:] == [{"stored": "applied"}]


def test_a_crash_after_noting_leaves_nothing_behind(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    monkeypatch.setattr("sync.uploads.half_files.HalfFile.remove", crash)
    with pytest.raises(SystemExit):
        upload.patch(0, content)
    monkeypatch.undo()
    assert upload.offset() == len(content)
    assert upload.stored()
    sweep(team, settings)
    assert half_files(settings) == []
    assert upload.content().data == content


def test_while_the_storage_is_away_the_bytes_wait(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))

    def away(*_: object) -> None:
        raise StorageError("away")

    monkeypatch.setattr(FolderStorage, "put", away)
    answer = upload.patch(0, content)
    assert (answer.status_code, code_of(answer)) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    monkeypatch.undo()
    sweep(team, settings)
    assert upload.stored()


def test_content_can_be_asked_for_again_in_parts_and_does_nothing_in_a_browser(
    team: Team, visit: dict[str, Any]
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.whole(content)
    whole = upload.content()
    digest = hashlib.sha256(content).hexdigest()
    assert (whole.status_code, whole.data, whole.content_length) == (200, content, len(content))
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert whole.headers["Content-Disposition"] == f'inline; filename="{upload.evidence}.jpg"'
    assert whole.get_etag() == (digest, False)
    assert upload.content(If_None_Match=f'"{digest}"').status_code == 304
    part = upload.content(Range="bytes=100-199")
    assert (part.status_code, part.data) == (206, content[100:200])
    assert upload.content(Range=f"bytes={len(content)}-").status_code == 416


def test_the_key_in_the_storage_is_the_digest_alone(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    sender(team.binh, visit, content).whole(content)
    with open_storage(settings.storage_url).open(content_key(hashlib.sha256(content).hexdigest())) as stream:
        assert stream.read() == content
    with team.world.app.app_context():
        assert db.session.scalar(select(Evidence.stored)) is True


def test_an_object_store_takes_the_place_of_the_folder(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    content = samples.photo()
    with object_store(monkeypatch) as address:
        elsewhere = f"s3://{BUCKET}/huyen?endpoint={address}&region=us-east-1"
        monkeypatch.setitem(team.world.app.config, "SETTINGS", replace(settings, storage_url=elsewhere))
        first, second = sender(team.binh, visit, content), sender(team.binh, visit, content)
        assert first.whole(content).status_code == second.whole(content).status_code == 204
        assert first.content().data == second.content().data == content
        assert first.content(Range="bytes=10-19").data == content[10:20]
    assert stored_files(settings) == []


def crash(*_: object) -> None:
    """What a process that is killed does, as far as a test in one process can."""
    raise SystemExit


def crash_when_noting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Die between the move into the storage and the entry in the journal."""
    monkeypatch.setattr("inspection.evidence.operations.note_stored", crash)
