"""Bytes of evidence arrive by tus 1.0, whole or not at all, and only what was announced."""

from __future__ import annotations

import hashlib
import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from config.extensions import db
from config.settings import Settings
from inspection.evidence.rules import LARGEST
from inspection.journal.rebuild import differences
from inspection.people.models import Account
from sync.uploads.half_files import HalfFiles
from sync.uploads.models import Upload
from tests.evidence import samples
from tests.evidence.sending import Sender, checksum, code_of, metadata
from tests.sync.conftest import Team
from tests.sync.uploading import half_files, sender, stored_files, sweep
from tests.world import statuses

BORDERS = (1, 255, 256, 257, 4095, 4096, 4097)


def test_what_the_server_can_do_is_told_without_signing_in(team: Team) -> None:
    with team.world.app.test_client() as client:
        answer = client.options("/api/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,checksum,termination,expiration"
    assert answer.headers["Tus-Max-Size"] == str(LARGEST)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_a_photo_in_one_chunk_is_stored_and_every_phone_learns_of_it(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    assert upload.content().status_code == 404
    created = upload.create(len(content))
    assert (created.status_code, created.headers["Location"]) == (201, upload.path)
    assert "Upload-Expires" in created.headers
    done = upload.patch(0, content)
    assert (done.status_code, done.headers["Upload-Offset"]) == (204, str(len(content)))
    assert upload.stored()
    assert team.chi.record(upload.evidence)["fields"]["stored"] is True
    assert half_files(settings) == []
    assert [path.name for path in stored_files(settings)] == [hashlib.sha256(content).hexdigest()]
    assert upload.offset() == len(content)
    with team.world.app.app_context():
        assert db.session.scalars(select(Upload)).all() == []
        assert list(differences(db.session())) == []


@pytest.mark.parametrize("border", BORDERS)
def test_chunks_of_any_size_join_to_the_same_bytes(team: Team, visit: dict[str, Any], border: int) -> None:
    content = samples.photo(3 * 4096 if border > 255 else 40)
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    at = 0
    while at < len(content):
        piece = content[at : at + border]
        answer = upload.patch(at, piece, Upload_Checksum=checksum(piece))
        assert answer.status_code == 204
        at += len(piece)
        assert answer.headers["Upload-Offset"] == str(at)
        assert upload.offset() == at
    assert upload.stored()
    assert upload.content().data == content


def test_a_phone_that_forgot_everything_goes_on_where_it_was(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    upload.patch(0, content[:1000])
    again = upload.create(len(content))
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "1000")
    assert upload.patch(1000, content[1000:]).status_code == 204
    assert upload.create(len(content)).headers["Upload-Offset"] == str(len(content))
    assert upload.patch(len(content), b"").status_code == 204
    assert upload.patch(0, content).status_code == 409


def test_a_chunk_at_another_place_is_refused_and_changes_nothing(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    upload.patch(0, content[:100])
    for offset in (0, 99, 101, len(content), 10**14):
        answer = upload.patch(offset, content[offset:])
        assert (answer.status_code, code_of(answer)) == (409, "wrong_offset")
    assert upload.offset() == 100


def test_a_garbled_chunk_is_forgotten_and_can_be_sent_again(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    upload.patch(0, content[:1000])
    for algorithm in ("sha256", "sha1"):
        garbled = upload.patch(
            1000, content[1000:2001], Upload_Checksum=checksum(content[1000:2000], algorithm)
        )
        assert (garbled.status_code, code_of(garbled)) == (460, "checksum_mismatch")
        assert upload.offset() == 1000
    right = upload.patch(1000, content[1000:], Upload_Checksum=checksum(content[1000:], "sha1"))
    assert right.status_code == 204
    assert upload.stored()


def test_other_bytes_than_announced_are_thrown_away_and_the_phone_sends_again(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    answer = upload.whole(content[:-1] + b"\x00")
    assert (answer.status_code, code_of(answer)) == (460, "checksum_mismatch")
    assert upload.send("HEAD").status_code == 404
    assert not upload.stored()
    assert half_files(settings) == []
    assert stored_files(settings) == []
    assert upload.whole(content).status_code == 204
    assert upload.stored()


@pytest.mark.parametrize(
    "content", [samples.PROGRAM, samples.WINDOWS_PROGRAM, samples.PAGE, samples.pdf(), samples.png()]
)
def test_a_program_named_jpg_is_refused(
    team: Team, visit: dict[str, Any], settings: Settings, content: bytes
) -> None:
    upload = sender(team.binh, visit, content)
    answer = upload.whole(content)
    assert (answer.status_code, code_of(answer)) == (422, "wrong_media_type")
    assert not upload.stored()
    assert half_files(settings) == []
    assert stored_files(settings) == []


def test_length_and_chunk_have_limits(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    assert upload.create(LARGEST + 1).status_code == 413
    for wrong in (len(content) - 1, len(content) + 1, 0):
        answer = upload.create(wrong)
        assert (answer.status_code, code_of(answer)) == (422, "unprocessable")
    upload.create(len(content))
    assert upload.patch(0, content + b"x").status_code == 413
    assert upload.offset() == 0
    monkeypatch.setattr("sync.uploads.views.LARGEST_CHUNK", 1000)
    assert upload.patch(0, content[:1001]).status_code == 413
    assert upload.patch(0, content[:1000]).status_code == 204


def test_chunks_have_their_own_content_type(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    for wrong in ("application/octet-stream", "image/jpeg", ""):
        assert upload.patch(0, content, Content_Type=wrong).status_code == 415
    assert upload.offset() == 0


def test_another_version_of_the_protocol_is_told_which_is_known(team: Team, visit: dict[str, Any]) -> None:
    upload = sender(team.binh, visit, samples.photo())
    upload.create(5000)
    for method, path in (("POST", "/api/uploads"), ("HEAD", None), ("PATCH", None), ("DELETE", None)):
        answer = upload.send(method, path, Tus_Resumable="0.2.2")
        assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_a_network_that_lets_only_post_through_is_no_obstacle(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    chunk = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}
    assert upload.send("POST", body=content, X_HTTP_Method_Override="PATCH", **chunk).status_code == 204
    assert upload.send("POST", X_HTTP_Method_Override="HEAD").headers["Upload-Offset"] == str(len(content))
    assert upload.send("POST").status_code == 405


def test_two_writers_at_once_are_one_and_a_refusal(
    team: Team, visit: dict[str, Any], settings: Settings
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    with HalfFiles(settings.data_dir).writing(upload.evidence):
        answer = upload.patch(0, content)
        assert (answer.status_code, code_of(answer)) == (423, "upload_locked")
        assert upload.send("DELETE").status_code == 423
        assert upload.offset() == 0
        sweep(team, settings)
    assert upload.patch(0, content).status_code == 204


def test_nobody_sends_to_or_reads_from_a_campaign_that_is_not_theirs(
    team: Team, visit: dict[str, Any]
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    team.world.person("dung", "inspector")
    stranger = Sender(team.world.phone("dung"), upload.evidence)
    assert stranger.create(len(content)).status_code == 404
    assert stranger.patch(0, content).status_code == 404
    for method in ("HEAD", "DELETE"):
        assert stranger.send(method).status_code == 404
    team.world.person("quan", "manager")
    manager = Sender(team.world.phone("quan"), upload.evidence)
    assert manager.create(len(content)).status_code == 403
    assert manager.patch(0, content).status_code == 403
    assert upload.patch(0, content).status_code == 204
    assert stranger.content().status_code == 404
    assert manager.content().data == content


def test_a_colleague_of_the_team_may_send_on_what_another_phone_began(
    team: Team, visit: dict[str, Any]
) -> None:
    content = samples.photo()
    mine = sender(team.binh, visit, content)
    mine.create(len(content))
    mine.patch(0, content[:100])
    theirs = Sender(team.chi, mine.evidence)
    assert theirs.patch(100, content[100:]).status_code == 204
    assert mine.stored()


def test_who_left_the_team_may_still_send_the_photos_that_nobody_else_has(
    team: Team, visit: dict[str, Any]
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    with team.world.app.app_context():
        binh = db.session.scalars(select(Account.id).where(Account.username == "binh")).one()
    left = next(
        record
        for record in team.lead.pull_all().values()
        if record["kind"] == "assignment" and record["fields"]["person"] == str(binh)
    )
    void = team.lead.operation("assignment", team.scope, uuid.UUID(left["record"]), base=left["version"])
    void["fields"] = {"voided": {"reason": "điều động"}}
    assert statuses(team.lead.push(void)) == ["applied"]
    assert upload.whole(content).status_code == 204
    assert upload.content().status_code == 404
    assert Sender(team.lead, upload.evidence).content().data == content


def test_bytes_without_a_record_are_not_taken(team: Team) -> None:
    nothing = Sender(team.binh, uuid.uuid4())
    assert nothing.create(5).status_code == 404
    for method in ("HEAD", "DELETE"):
        assert nothing.send(method).status_code == 404
    with team.world.app.test_client() as client:
        assert client.head("/api/uploads/nonsense").status_code == 404


def test_a_process_takes_in_only_so_many_chunks_at_once(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    upload.create(len(content))
    full = threading.BoundedSemaphore(1)
    monkeypatch.setattr("sync.uploads.views._room", full)
    with full:
        busy = upload.patch(0, content)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "1")
    assert upload.patch(0, content).status_code == 204


def test_metadata_of_other_clients_is_ignored(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo()
    upload = sender(team.binh, visit, content)
    extra = metadata(upload.evidence) + ",empty,filetype aW1hZ2UvanBlZw=="
    answer = upload.send("POST", "/api/uploads", Upload_Length=str(len(content)), Upload_Metadata=extra)
    assert answer.status_code == 201
