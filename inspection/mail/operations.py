"""The life of a mail: queued, taken by a worker, sent; or tried again, given up, and tried again by the office."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.extensions import now, ring
from config.mail import is_address
from inspection.mail.models import Mail, MailStatus
from inspection.mail.rules import wait_after

SEND = "mail.send"
"""The name of the job that sends one mail; rung after its row has been committed."""

LEASE = timedelta(minutes=10)
"""Longer than a slow server takes for one message with its documents."""

LONGEST_REASON = 500
OPEN = (MailStatus.QUEUED.value, MailStatus.SENDING.value)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document in the storage, under the name that its reader sees."""

    name: str
    media_type: str
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, to whoever it goes. ``occasion`` is what makes it once, such as
    ``complaint:<id>:due-in-3-days`` (at most 160 characters); ``about`` a path of the office (``/complaints/<id>``).
    The text is plain; nothing that is sealed belongs in it."""

    jurisdiction: uuid.UUID
    purpose: str
    occasion: str
    subject: str
    text: str
    about: str = "/"
    attachments: tuple[Attachment, ...] = ()


def queue(session: Session, letter: Letter, *, to: Iterable[str]) -> list[uuid.UUID]:
    """Queue ``letter`` for every address of ``to`` that has not been written to on the same occasion; the ids of the
    new rows. The caller holds a write transaction.

    :raises ValueError: for what is no address.
    """
    wanted = dict.fromkeys(to)
    for address in wanted:
        if not is_address(address):
            raise ValueError(f"{address!r} is no e-mail address")
    already = set(
        session.scalars(
            select(Mail.recipient).where(Mail.occasion == letter.occasion, Mail.recipient.in_(wanted))
        )
    )
    at = now()
    made = [
        Mail(
            id=uuid7(),
            jurisdiction=letter.jurisdiction,
            purpose=letter.purpose,
            occasion=letter.occasion,
            recipient=address,
            subject=" ".join(letter.subject.split()),
            text=letter.text,
            about=letter.about,
            attachments=[asdict(one) for one in letter.attachments],
            status=MailStatus.QUEUED.value,
            attempts=0,
            queued_at=at,
            next_at=at,
        )
        for address in wanted
        if address not in already
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def ring_for(queued: Sequence[uuid.UUID]) -> None:
    """Ring for mail that has been committed."""
    for mail in queued:
        ring(SEND, str(mail))


def claim(session: Session, mail: uuid.UUID) -> Mail | None:
    """Take a mail whose time has come. None when another worker has it or there is nothing to do."""
    found = session.get(Mail, mail, with_for_update=True)
    at = now()
    if found is None or found.status not in OPEN:
        return None
    if (found.lease_until or found.next_at) > at:
        return None
    found.status = MailStatus.SENDING.value
    found.attempts += 1
    found.lease_until = at + LEASE
    session.flush()
    return found


def taken(session: Session, mail: uuid.UUID, attempt: int) -> None:
    """The mail server has it."""
    found = _held(session, mail, attempt)
    if found is not None:
        found.status = MailStatus.SENT.value
        found.sent_at = now()
        found.lease_until = None
        found.reason = None
        session.flush()


def refused(session: Session, mail: uuid.UUID, attempt: int, reason: str, *, for_good: bool) -> None:
    """It was not taken: wait and try again, or give up when that is useless or was tried often enough."""
    found = _held(session, mail, attempt)
    if found is None:
        return
    wait = None if for_good else wait_after(found.attempts)
    found.status = MailStatus.FAILED.value if wait is None else MailStatus.QUEUED.value
    found.next_at = now() + (wait or timedelta())
    found.lease_until = None
    found.reason = reason[:LONGEST_REASON]
    session.flush()


def retry(session: Session, mail: uuid.UUID) -> bool:
    """Try again at once, from the first attempt. False when it is sent or being sent."""
    found = session.get(Mail, mail, with_for_update=True)
    if found is None or found.status in {MailStatus.SENT, MailStatus.SENDING}:
        return False
    found.status = MailStatus.QUEUED.value
    found.attempts = 0
    found.next_at = now()
    session.flush()
    return True


def cancel(session: Session, mail: uuid.UUID) -> bool:
    """Call back a mail that nobody is sending. False when it was too late."""
    found = session.get(Mail, mail, with_for_update=True)
    if found is None or found.status not in {MailStatus.QUEUED, MailStatus.FAILED}:
        return False
    found.status = MailStatus.CANCELLED.value
    session.flush()
    return True


def due(session: Session) -> list[uuid.UUID]:
    """Mail whose time has come and that nobody is sending: rung in vain, waiting for another attempt, or left by a
    worker that died."""
    at = now()
    return list(
        session.scalars(
            select(Mail.id)
            .where(
                ((Mail.status == MailStatus.QUEUED.value) & (Mail.next_at <= at))
                | ((Mail.status == MailStatus.SENDING.value) & (Mail.lease_until < at))
            )
            .order_by(Mail.next_at)
        )
    )


def _held(session: Session, mail: uuid.UUID, attempt: int) -> Mail | None:
    """The mail, unless somebody else has taken it over since."""
    found = session.get(Mail, mail, with_for_update=True)
    if found is None or found.status != MailStatus.SENDING.value or found.attempts != attempt:
        return None
    return found
