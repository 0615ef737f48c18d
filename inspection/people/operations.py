"""Accounts, devices and tokens: the verbs. They flush and never commit, and know nothing of HTTP.

Signing in is three steps of the edge, put together in :mod:`inspection.people.signing_in`: count the attempt,
look at the password outside any write transaction (it takes a while on purpose), then enrol a new device.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from inspection.people import tokens
from inspection.people.models import Account, Device, Person, RefreshToken
from inspection.people.passwords import hash_password, matches, username_key

Platform = Literal["phone", "office", "system"]

SYSTEM_PERSON = uuid.UUID(int=0)
"""Who stands as the author of what the server does by itself."""
SYSTEM_DEVICE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:inspection:device:system")

REPORT_EVERY = timedelta(minutes=15)

INITIAL_LIFETIME = timedelta(days=14)
"""How long a password that was handed out opens anything while its owner has not replaced it."""

KEPT_EXPIRED = timedelta(days=30)
"""How long an expired refresh token is remembered, so that a phone that was revoked is still told so."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a phone is given. ``expires_in`` is in seconds and speaks of the access token."""

    access_token: str
    refresh_token: str
    expires_in: int
    device: uuid.UUID
    person: uuid.UUID


def create_account(
    session: Session,
    person: uuid.UUID,
    username: str,
    password: str | None,
    at: datetime,
    *,
    password_hash: str | None = None,
    initial: bool = False,
) -> Account:
    """Give a person a way to sign in, with a password or with one that was hashed before; ``initial`` when somebody
    else hands it to them.

    :raises Refusal: ``username_taken``, ``weak_password``, ``guessable_password``, or ``unprocessable`` for an empty or
    over-long user name.
    """
    key = username_key(username)
    if not 1 <= len(key) <= 64:
        raise Refusal("unprocessable", errors={"username": ["1–64"]})
    taken = session.scalar(select(Account.id).where((Account.username == key) | (Account.id == person)))
    if taken is not None:
        raise Refusal("username_taken")
    account = Account(
        id=person,
        username=key,
        password_hash=password_hash or hash_password(password or "", username),
        created_at=at,
        password_set_at=at,
        initial=initial,
    )
    session.add(account)
    session.flush()
    return account


def set_password(
    session: Session,
    person: uuid.UUID,
    password: str,
    at: datetime,
    *,
    keep: uuid.UUID | None = None,
    initial: bool = False,
) -> None:
    """Replace a password and end everything that was signed in with the old one, but for the device ``keep``;
    ``initial`` when somebody else hands the new one to its owner.

    :raises Refusal: ``not_found``, ``weak_password`` or ``guessable_password``.
    """
    account = session.get(Account, person, with_for_update=True)
    if account is None:
        raise Refusal("not_found")
    account.password_hash = hash_password(password, account.username)
    account.password_set_at = at
    account.initial = initial
    revoke_devices_of(session, person, at, but=keep)


def authenticate(session: Session, username: str, password: str) -> Person | None:
    """The active person whose user name and password these are. The answer takes as long whether the user
    exists or not."""
    account = session.scalar(select(Account).where(Account.username == username_key(username)))
    right = matches(None if account is None else account.password_hash, password)
    if account is None or not right:
        return None
    person = session.get(Person, account.id)
    return person if person is not None and person.active and not person.voided else None


def enrol_device(
    session: Session,
    person: uuid.UUID,
    name: str,
    platform: Platform,
    at: datetime,
    app_version: str | None = None,
) -> Device:
    """A new device, always with a new id: a phone that was reinstalled or cloned would use operation numbers
    again."""
    device = Device(
        id=uuid7(),
        person=person,
        name=name.strip()[:120] or platform,
        platform=platform,
        created_at=at,
        last_seen_at=at,
        revoked_at=None,
        app_version=app_version[:40] if app_version else None,
    )
    session.add(device)
    session.flush()
    return device


def system_device(session: Session, at: datetime) -> Device:
    """The device of the server itself, made at its first use; two first uses at once make one."""
    device = session.get(Device, SYSTEM_DEVICE)
    if device is not None:
        return device
    insert = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    made = insert(Device).values(
        id=SYSTEM_DEVICE, person=None, name="system", platform="system", created_at=at, last_seen_at=at
    )
    session.execute(made.on_conflict_do_nothing())
    return session.get_one(Device, SYSTEM_DEVICE)


def issue_tokens(
    session: Session, device: Device, secret: str, at: datetime, family: uuid.UUID | None = None
) -> Tokens:
    """An access token and a refresh token for a device that belongs to a person."""
    if device.person is None:
        raise ValueError("the server's own device gets no tokens")
    refresh_token = tokens.new_refresh_token()
    session.add(
        RefreshToken(
            hash=tokens.refresh_token_hash(refresh_token),
            device=device.id,
            family=family or uuid.uuid4(),
            created_at=at,
            used_at=None,
            voided_at=None,
            expires_at=at + tokens.REFRESH_LIFETIME,
        )
    )
    session.flush()
    return Tokens(
        access_token=tokens.sign_access(secret, tokens.Claims(device.person, device.id), at),
        refresh_token=refresh_token,
        expires_in=int(tokens.ACCESS_LIFETIME.total_seconds()),
        device=device.id,
        person=device.person,
    )


def refresh(session: Session, refresh_token: str, secret: str, at: datetime) -> Tokens | Refusal:
    """Exchange a refresh token for new tokens.

    A token may come a second time because its answer was lost on the way: as long as nothing that followed from
    it was used, it is exchanged again and what followed is void. Once a successor was used, the token was copied
    by somebody, and its device is revoked. A refusal is returned rather than raised, because the revocation must
    be committed; the edge raises it after the commit.
    """
    token = session.get(RefreshToken, tokens.refresh_token_hash(refresh_token), with_for_update=True)
    if token is None:
        return Refusal("unauthenticated")
    device = session.get_one(Device, token.device, with_for_update=True)
    if device.revoked_at is not None:
        return Refusal("device_revoked")
    if token.voided_at is not None or (token.used_at is not None and _successor_was_used(session, token)):
        revoke_device(session, device.id, at)
        return Refusal("device_revoked")
    if token.used_at is not None:
        _void_successors(session, token, at)
    if token.expires_at <= at:
        return Refusal("token_expired")
    if device.person is None or not _still_active(session, device.person):
        return Refusal("unauthenticated")
    token.used_at = token.used_at or at
    device.last_seen_at = at
    return issue_tokens(session, device, secret, at, token.family)


def _successors(token: RefreshToken) -> ColumnElement[bool]:
    return (
        (RefreshToken.family == token.family)
        & (RefreshToken.created_at >= token.used_at)
        & (RefreshToken.hash != token.hash)
    )


def _successor_was_used(session: Session, token: RefreshToken) -> bool:
    used = select(RefreshToken.hash).where(_successors(token), RefreshToken.used_at.is_not(None)).limit(1)
    return session.scalar(used) is not None


def _void_successors(session: Session, token: RefreshToken, at: datetime) -> None:
    """What followed from a token was lost on the way; whoever shows it now gives a copy away."""
    session.execute(update(RefreshToken).where(_successors(token)).values(voided_at=at))


def revoke_device(session: Session, device: uuid.UUID, at: datetime) -> bool:
    """End a device: its tokens are of no use any more, and what it still sends is kept aside. False when
    there is none."""
    found = session.get(Device, device, with_for_update=True)
    if found is None or found.platform == "system":
        return False
    if found.revoked_at is None:
        found.revoked_at = at
    session.execute(update(RefreshToken).where(RefreshToken.device == device).values(expires_at=at))
    session.flush()
    return True


def logout(session: Session, device: uuid.UUID, at: datetime) -> None:
    """End the caller's own device. Signing in again makes a new one."""
    revoke_device(session, device, at)


def revoke_devices_of(
    session: Session, person: uuid.UUID, at: datetime, *, but: uuid.UUID | None = None
) -> None:
    """End every device of a person, but for one: a password was replaced, or the person has left."""
    standing = select(Device.id).where(Device.person == person, Device.revoked_at.is_(None))
    for device in session.scalars(standing.where(Device.id != but) if but else standing):
        revoke_device(session, device, at)
    session.flush()


def touch(session: Session, device: uuid.UUID, at: datetime) -> None:
    """Note that a device was just seen."""
    session.execute(update(Device).where(Device.id == device).values(last_seen_at=at))


@dataclass(frozen=True, slots=True)
class Report:
    """What a phone says of itself when it pulls: its version, and what it has not sent yet."""

    app_version: str
    unsent: int
    oldest: datetime | None


def note_report(session: Session, device: Device, report: Report, at: datetime) -> None:
    """Keep what a phone said of itself, for the administrator. It proves nothing and decides nothing."""
    device.app_version = report.app_version
    device.unsent = report.unsent
    device.oldest_unsent_at = report.oldest
    device.reported_at = device.last_seen_at = at
    session.flush()


def says_something_new(device: Device, report: Report, at: datetime) -> bool:
    """Whether it is worth a write: a phone pulls every minute and mostly holds nothing."""
    same = (device.app_version, device.unsent, device.oldest_unsent_at) == (
        report.app_version,
        report.unsent,
        report.oldest,
    )
    return not same or device.reported_at is None or device.reported_at + REPORT_EVERY < at


def sweep_tokens(session: Session, at: datetime) -> int:
    """Forget refresh tokens that expired long enough ago. How many were forgotten."""
    forgotten = session.execute(delete(RefreshToken).where(RefreshToken.expires_at < at - KEPT_EXPIRED))
    return forgotten.rowcount if isinstance(forgotten, CursorResult) else 0


def _still_active(session: Session, person: uuid.UUID) -> bool:
    found = session.get(Person, person)
    return found is not None and found.active and not found.voided
