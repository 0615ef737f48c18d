"""From a row to the mail server: the edge that the job calls. It opens and commits transactions of its own, and holds
none while the server is spoken to."""

from __future__ import annotations

import logging
import uuid
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from config.extensions import write
from config.mail import MailError, Post
from config.storage import Storage, StorageError
from inspection.mail import operations
from inspection.mail.models import Mail

log = logging.getLogger(__name__)

NOT_SET_UP = "MAIL_URL: chưa đặt / not set"


def send(mail: uuid.UUID, post: Post | None, storage: Storage, sender: str) -> None:
    """Do what is left to do for one mail. ``post`` is None where the installation has no mail server."""
    with write() as session:
        found = operations.claim(session, mail)
        if found is None:
            return
        attempt = found.attempts
        message = _message(found, sender)
        attachments = list(found.attachments)
    try:
        if post is None:
            raise MailError(NOT_SET_UP, for_good=True)
        for one in attachments:
            _attach(message, storage, one)
        post.send(message)
    except MailError as problem:
        log.warning("mail not taken: %s attempt %d: %s", mail, attempt, problem)
        with write() as session:
            operations.refused(session, mail, attempt, str(problem), for_good=problem.for_good)
    else:
        with write() as session:
            operations.taken(session, mail, attempt)


def _message(mail: Mail, sender: str) -> EmailMessage:
    """The message of a row. Its id and date are the row's, so that a mail sent twice by a worker that died in between
    is the same message to every mail program."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.id}@{sender.rstrip('>').rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def _attach(message: EmailMessage, storage: Storage, one: dict[str, str]) -> None:
    """Put a document in, and see that it is the one that was meant."""
    try:
        with storage.open(one["key"]) as stream:
            content = stream.read()
    except (FileNotFoundError, StorageError) as problem:
        raise MailError(f"{one['name']}: {problem}", for_good=False) from problem
    if sha256(content).hexdigest() != one["sha256"]:
        raise MailError(f"{one['name']}: SHA-256", for_good=True)
    main, _, sub = one["media_type"].partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=one["name"])
