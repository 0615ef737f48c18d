"""Scans of a petition: sealed when they come in, opened by the handler for a reason, shown to others once redacted."""

from __future__ import annotations

import io
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from config.extensions import db, snapshot
from config.scanning import are_clean
from config.storage import Storage, open_storage
from inspection.complaints import attachments, rotation
from inspection.complaints.models import ComplaintAttachment, IdentityOpening, Reading
from inspection.journal import history
from inspection.people.models import Erasure
from tests.evidence.samples import PAGE, PROGRAM, heic, pdf, photo, png
from tests.office.browsing import Visitor
from tests.office.conftest import Office
from tests.office.test_identities import CANARY, REASON, folder, sealed_case
from tests.world import codes

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def attach(visitor: Visitor, path: str, *contents: bytes, **fields: str) -> int:
    """Send files with the form of the case's page; each is called after its writer."""
    visitor.get(path)
    files = [(io.BytesIO(content), f"{CANARY}.pdf") for content in contents]
    form = {"attachment_type": "petition", **fields, "files": files}
    return visitor.submit(f"{path}/attachments", form).status_code


def attached(office: Office) -> list[tuple[uuid.UUID, str, uuid.UUID | None]]:
    with office.world.app.app_context():
        rows = db.session.scalars(select(ComplaintAttachment).order_by(ComplaintAttachment.id))
        return [(row.id, row.media_type, row.redacts) for row in rows]


def storage(office: Office) -> Storage:
    return open_storage(office.world.app.config["SETTINGS"].storage_url)


def sealed_keys(office: Office) -> list[str]:
    return sorted(storage(office).keys())


def test_a_scan_is_sealed_and_only_the_handler_opens_it_for_a_reason(office: Office) -> None:
    path, letter, label = sealed_case(office), pdf() + CANARY.encode(), photo()
    desk = office.visitor("desk")
    assert attach(desk, path, letter, label, title="Đơn viết tay, 2 trang") == 200
    assert "Đơn viết tay, 2 trang" in desk.page
    assert CANARY not in desk.page, "the name of a file is its writer's"
    [(first, kind, _), (second, other, _)] = attached(office)
    assert (kind, other) == ("application/pdf", "image/jpeg")
    for key in sealed_keys(office):
        with storage(office).open(key) as stream:
            kept = stream.read()
        assert letter[:40] not in kept
        assert label[:40] not in kept
    address = f"{path}/attachments/{first}"
    for role in ("desk", "manager", "auditor", "lead"):
        assert office.visitor(role).submit(address, {"reason": REASON}).status_code == 403, role
    handler = office.visitor("handler")
    handler.get(path)
    assert f'href="{address}"' in handler.page
    assert handler.submit(address, {"reason": " "}).status_code == 422
    assert handler.client.get(f"{address}/copy", **handler.https).status_code == 404, "no copy yet"
    answer = handler.submit(address, {"reason": REASON})
    assert answer.get_data() == letter
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{first}.pdf"'
    assert handler.submit(f"{path}/attachments/{second}", {"reason": "Xem ảnh"}).get_data() == label
    auditor = office.visitor("auditor")
    auditor.get(path)
    assert "Xem ảnh" in auditor.page
    with office.world.app.app_context():
        opened = db.session.scalars(select(IdentityOpening).order_by(IdentityOpening.version)).all()
        assert [one.attachment for one in opened] == [first, second]
        assert history.verify(db.session()) == []


@on_sqlite
def test_a_redacted_copy_is_seen_by_everybody_who_has_the_case(office: Office) -> None:
    path, original, copy = sealed_case(office), photo(), png()
    desk = office.visitor("desk")
    attach(desk, path, original)
    [(first, _, _)] = attached(office)
    assert "Chưa có bản đã che" in desk.page
    assert attach(desk, path, copy, redacts=str(first)) == 200
    assert "Chưa có bản đã che" not in desk.page
    second = attached(office)[1][0]
    auditor = office.visitor("auditor")
    seen = auditor.client.get(f"{path}/attachments/{second}/copy", **auditor.https)
    assert seen.get_data() == copy
    assert seen.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with office.world.app.app_context():
        assert db.session.query(Reading).count() == 1, "what an auditor opened is in the journal"
    assert auditor.client.get(f"{path}/attachments/{first}/copy", **auditor.https).status_code == 404
    assert attach(desk, path, copy, redacts=str(second)) == 422, "a copy of a copy"
    outsider = office.visitor("inspector")
    assert outsider.client.get(f"{path}/attachments/{second}/copy", **outsider.https).status_code == 403


@on_sqlite
@pytest.mark.parametrize("content", [b"", PROGRAM, PAGE, heic()], ids=["empty", "program", "page", "heic"])
def test_what_no_scanner_makes_is_refused_with_everything_sent_beside_it(
    office: Office, content: bytes
) -> None:
    path = sealed_case(office)
    desk = office.visitor("desk")
    assert attach(desk, path, pdf(), content) == 422
    assert 'role="alert"' in desk.page
    assert attached(office) == []
    assert sealed_keys(office) == []


@on_sqlite
def test_fifty_megabytes_are_refused_before_they_are_read(office: Office) -> None:
    path = sealed_case(office)
    desk = office.visitor("desk")
    desk.get(path)
    assert 'data-largest="16777216"' in desk.page

    class Endless(io.RawIOBase):
        def readinto(self, buffer: object) -> int:
            raise AssertionError("read")

    answer = desk.client.post(
        f"{path}/attachments",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "50000000", "wsgi.input": Endless()},
        **desk.https,
    )
    assert answer.status_code == 413
    assert "vượt quá giới hạn" in answer.get_data(as_text=True)


@on_sqlite
def test_what_a_form_brings_never_lies_on_a_disk_in_clear(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_disk(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", no_disk)
    monkeypatch.setattr("werkzeug.formparser.TemporaryFile", no_disk, raising=False)
    path = sealed_case(office)
    assert attach(office.visitor("desk"), path, photo(2_000_000)) == 200


def test_a_scanner_of_the_house_reads_it_from_memory(tmp_path: Path) -> None:
    scanner = tmp_path / "scanner"
    scanner.write_text('#!/bin/sh\n! grep -q EICAR "$1"\n')
    scanner.chmod(0o700)
    assert are_clean(str(scanner), b"harmless")
    assert not are_clean(str(scanner), b"EICAR")


def test_a_phone_announces_no_file_of_a_case(office: Office) -> None:
    path = sealed_case(office)
    record = path.rpartition("/")[2]
    phone = office.world.phone("handler")
    said: dict[str, Any] = {
        "attachment_type": "annex",
        "sha256": "0" * 64,
        "size": 1,
        "media_type": "image/png",
    }
    made = phone.operation("complaint_attachment", f"complaint:{record}", complaint=record, **said)
    assert codes(phone.push(made)) == ["validation"]


def test_an_altered_file_is_not_shown_and_the_attempt_is_known(office: Office) -> None:
    path = sealed_case(office)
    attach(office.visitor("desk"), path, photo())
    [(first, _, _)] = attached(office)
    key = attachments.storage_key(uuid.UUID(path.rpartition("/")[2]), first)
    with storage(office).open(key) as stream:
        content = stream.read()
    storage(office).put(key, io.BytesIO(content[:-1] + bytes([content[-1] ^ 1])))
    handler = office.visitor("handler")
    assert handler.submit(f"{path}/attachments/{first}", {"reason": REASON}).status_code == 503
    assert "Không mở được" in handler.page
    storage(office).delete(key)
    assert handler.submit(f"{path}/attachments/{first}", {"reason": REASON}).status_code == 503
    with office.world.app.app_context():
        assert db.session.query(IdentityOpening).count() == 2


def test_a_new_office_key_opens_old_scans_and_erasing_leaves_the_redacted_copy(office: Office) -> None:
    path, original, copy = sealed_case(office), photo(), png()
    record = uuid.UUID(path.rpartition("/")[2])
    desk, handler, app = office.visitor("desk"), office.visitor("handler"), office.world.app
    attach(desk, path, original)
    [(first, _, _)] = attached(office)
    attach(desk, path, copy, redacts=str(first))
    second = attached(office)[1][0]
    assert app.test_cli_runner().invoke(args=["identities", "rotate"]).exit_code == 0
    [former] = app.test_cli_runner().invoke(args=["identities", "unused-keys"]).output.split()
    (folder(office) / former).unlink()
    assert handler.submit(f"{path}/attachments/{first}", {"reason": REASON}).get_data() == original
    words = ["identities", "erase", str(record), "--basis", "Quyết định 12/QĐ-UBND", "--by", "administrator"]
    done = app.test_cli_runner().invoke(args=[*words, "--yes"])
    assert "tệp kèm theo: 1" in done.output
    assert sealed_keys(office) == [attachments.storage_key(record, second)]
    assert handler.submit(f"{path}/attachments/{first}", {"reason": REASON}).status_code == 404
    assert handler.client.get(f"{path}/attachments/{second}/copy", **handler.https).get_data() == copy
    handler.get(path)
    assert "Đã xóa theo pháp luật" in re.sub(r"\s+", " ", handler.page)
    with app.app_context(), snapshot() as session:
        assert [one.field for one in session.query(Erasure)] == ["identity"]
        assert rotation.unused(session, folder(office)) == []
        assert history.verify(session) == []
