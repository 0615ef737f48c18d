"""Mail against a real SMTP server: taken, refused, away; sent once, tried again, given up, taken up again."""

from __future__ import annotations

import io
import ssl
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import update

from config.extensions import db, now, snapshot, write
from config.mail import FolderPost, Post, SmtpPost
from config.storage import open_storage
from inspection import mail
from inspection.mail import operations, sending
from inspection.mail.models import Mail
from inspection.mail.rules import WAITS, wait_after
from tests import services
from tests.mail.certificates import make_certificate

SENDER = "Văn phòng <office@ubnd.example.vn>"
HERE = uuid.UUID(int=1)


class Sink:
    """A mail server that keeps what it takes, and refuses what it is told to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the addressee, or not."""
        answer = self.answers.get(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        """Keep the message."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def post(sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A way to the sink, in TLS with a certificate that this test alone trusts."""
    certificate, key = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    port = services.free_port()
    server: Any = Controller(
        sink, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True
    )
    server.start()
    try:
        yield SmtpPost("127.0.0.1", port, "starttls")
    finally:
        server.stop()


def letter(occasion: str = "summary:1", **fields: Any) -> mail.Letter:
    return mail.Letter(HERE, "summary", occasion, "Báo cáo quý I năm 2026", "Kính gửi …\n", **fields)


def queued(app: Flask, *to: str, **fields: Any) -> list[uuid.UUID]:
    with app.app_context(), write() as session:
        return mail.queue(session, letter(**fields), to=to)


def send(app: Flask, one: uuid.UUID, post: Post | None) -> Mail:
    with app.app_context():
        sending.send(one, post, open_storage(app.config["SETTINGS"].storage_url), SENDER)
        return row(one)


def row(one: uuid.UUID) -> Mail:
    with snapshot() as session:
        found = session.get_one(Mail, one)
        session.expunge(found)
        return found


def test_a_letter_goes_out_in_tls_with_its_document_and_only_once(app: Flask, sink: Sink, post: Post) -> None:
    content = "số liệu".encode() * 1000
    with app.app_context():
        open_storage(app.config["SETTINGS"].storage_url).put("reports/1/pdf", io.BytesIO(content))
    document = mail.Attachment("báo cáo.pdf", "application/pdf", "reports/1/pdf", sha256(content).hexdigest())
    (one,) = queued(app, "tinh@example.vn", attachments=(document,))
    for _ in range(2):
        assert send(app, one, post).status == "sent"
    (message,) = sink.taken
    assert (message["From"], message["To"]) == (SENDER, "tinh@example.vn")
    assert message["Subject"] == "Báo cáo quý I năm 2026"
    assert message["Message-ID"] == f"<{one}@ubnd.example.vn>"
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("báo cáo.pdf", content)


def test_the_same_occasion_writes_to_the_same_address_once(app: Flask) -> None:
    assert len(queued(app, "a@example.vn", "b@example.vn", "a@example.vn")) == 2
    assert len(queued(app, "b@example.vn", "c@example.vn")) == 1
    assert len(queued(app, "a@example.vn", occasion="summary:2")) == 1
    with pytest.raises(ValueError, match="no e-mail address"):
        queued(app, "a@example.vn\nBcc: x@example.vn", occasion="summary:3")


def test_an_address_that_is_refused_for_good_is_given_up_and_harms_no_other(
    app: Flask, sink: Sink, post: Post
) -> None:
    sink.answers["gone@example.vn"] = "550 no such user"
    for one in (mails := queued(app, "gone@example.vn", "here@example.vn")):
        send(app, one, post)
    with app.app_context():
        assert [row(one).status for one in mails] == ["failed", "sent"]
        assert row(mails[0]).reason == "550 no such user"


def test_a_server_that_is_busy_or_away_is_tried_again_later_and_in_the_end_given_up(
    app: Flask, sink: Sink, post: Post
) -> None:
    sink.answers["busy@example.vn"] = "450 try again"
    (one,) = queued(app, "busy@example.vn")
    found = send(app, one, post)
    assert (found.status, found.attempts, found.reason) == ("queued", 1, "450 try again")
    assert found.next_at > now() + timedelta(seconds=50)
    assert send(app, one, post).attempts == 1, "not before its time"
    for attempt in range(2, len(WAITS) + 2):
        with app.app_context(), write() as session:
            assert operations.due(session) == []
            session.execute(update(Mail).values(next_at=now()))
        with app.app_context():
            assert operations.due(db.session()) == [one]
        found = send(app, one, SmtpPost("127.0.0.1", 1, "none"))
        assert found.attempts == attempt
    assert found.status == "failed"
    assert "refused" in (found.reason or "").lower()
    sink.answers.clear()
    with app.app_context(), write() as session:
        assert operations.retry(session, one)
    assert send(app, one, post).status == "sent"
    with app.app_context(), write() as session:
        assert not operations.retry(session, one)
        assert not operations.cancel(session, one)


def test_a_worker_that_died_is_taken_over_and_what_it_still_says_is_not_heard(app: Flask) -> None:
    (one,) = queued(app, "a@example.vn")
    with app.app_context(), write() as session:
        assert operations.claim(session, one) is not None
        assert operations.claim(session, one) is None
        session.execute(update(Mail).values(lease_until=now() - timedelta(seconds=1)))
    with app.app_context(), write() as session:
        again = operations.claim(session, one)
        assert again is not None
        assert again.attempts == 2
        operations.refused(session, one, 1, "late word", for_good=True)
    with app.app_context():
        assert row(one).status == "sending"


def test_without_a_mail_server_the_office_sees_why_nothing_went_out(app: Flask) -> None:
    (one,) = queued(app, "a@example.vn")
    found = send(app, one, None)
    assert (found.status, found.reason) == ("failed", sending.NOT_SET_UP)


def test_the_demonstration_keeps_its_mail_in_a_folder(app: Flask, tmp_path: Path) -> None:
    (one,) = queued(app, "a@example.vn")
    assert send(app, one, FolderPost(tmp_path / "mailbox")).status == "sent"
    kept = message_from_bytes((tmp_path / "mailbox" / f"{one}.eml").read_bytes(), policy=policy.default)
    assert kept["To"] == "a@example.vn"
    assert [path.suffix for path in (tmp_path / "mailbox").iterdir()] == [".eml"]


def test_a_document_that_is_not_the_one_that_was_meant_does_not_leave(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        open_storage(app.config["SETTINGS"].storage_url).put("reports/1/pdf", io.BytesIO(b"other"))
    wrong = mail.Attachment("a.pdf", "application/pdf", "reports/1/pdf", "0" * 64)
    (one,) = queued(app, "a@example.vn", attachments=(wrong,))
    assert send(app, one, FolderPost(tmp_path / "mailbox")).status == "failed"


def test_waits_grow_and_end() -> None:
    waits = [wait_after(attempt) for attempt in range(1, len(WAITS) + 2)]
    assert waits[-1] is None
    assert list(WAITS) == sorted(WAITS)
