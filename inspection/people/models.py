"""Tables of agencies and people, and of accounts, devices and tokens.

``agency``, ``person`` and ``recovery`` are projections of the journal. The rest is not and is never rebuilt from it: a
password or a token has no place in a record that is kept for ever.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class Agency(Projection, Base):
    """An agency that sends people into interagency teams."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(String)
    name_vi: Mapped[str] = mapped_column(String)
    name_en: Mapped[str] = mapped_column(String)


class Person(Projection, Base):
    """Somebody who works with the system. ``roles`` are words of :class:`inspection.people.permissions.Role`;
    the jurisdiction is the one of the record's reference scope."""

    __tablename__ = "person"

    full_name: Mapped[str] = mapped_column(String)
    agency: Mapped[uuid.UUID | None]
    roles: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[str | None] = mapped_column(String)
    email: Mapped[str | None] = mapped_column(String)
    active: Mapped[bool] = mapped_column(Boolean)


class Recovery(Projection, Base):
    """That an administrator opened the sealed work of the phone ``device``, whose it was and why. ``sha256`` names the
    file. Who opened it and when are the entry's."""

    __tablename__ = "recovery"

    device: Mapped[uuid.UUID]
    person: Mapped[uuid.UUID]
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String)


class Erasure(Projection, Base):
    """That ``field`` of ``record`` was erased under the law, and the document that ordered it. What stood there stands
    nowhere."""

    __tablename__ = "erasure"

    record: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String)
    field: Mapped[str] = mapped_column(String)
    basis: Mapped[str] = mapped_column(String)


class Account(Base):
    """How a person signs in. ``id`` is the person's; ``username`` is case-folded NFC; ``password_hash`` is
    argon2id. ``initial``: somebody else made the password and handed it over."""

    __tablename__ = "account"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    password_set_at: Mapped[datetime]
    initial: Mapped[bool] = mapped_column(Boolean, default=False)


class Attempts(Base):
    """Failed sign-ins under one key within one window: a user name, whether it exists or not, or a network
    address.

    The key is a digest, so that a password typed into the user name field does not stay behind in clear.
    """

    __tablename__ = "sign_in_attempts"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    since: Mapped[datetime] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]


class Device(Base):
    """One enrolment: an installed phone application, an office session, or the server itself (``person``
    empty). ``unsent`` is how much a phone said it held when it last pulled, ``oldest_unsent_at`` when the oldest of
    it was made by its clock."""

    __tablename__ = "device"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    platform: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    app_version: Mapped[str | None] = mapped_column(String(40))
    unsent: Mapped[int | None] = mapped_column(Integer, default=None)
    oldest_unsent_at: Mapped[datetime | None] = mapped_column(default=None)
    reported_at: Mapped[datetime | None] = mapped_column(default=None)


class SecondFactor(Base):
    """What makes somebody's codes. ``secret`` is encrypted; it counts once ``confirmed_at`` is set. ``last_step`` is
    the newest code that was used; ``recovery`` holds digests of the recovery codes that are left."""

    __tablename__ = "second_factor"

    person: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(Integer)
    recovery: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class RefreshToken(Base):
    """One refresh token of a device, kept as its SHA-256. ``family`` is the enrolment all its successors
    belong to. ``voided_at``: its answer was taken for lost, and the one before it was exchanged again."""

    __tablename__ = "refresh_token"
    __table_args__ = (Index("ix_refresh_token_expires_at", "expires_at"),)

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    device: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), index=True)
    family: Mapped[uuid.UUID]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class OfficePolicy(Projection, Base):
    """The rules an office gives itself: one record a jurisdiction. ``second_factor_roles`` are the roles that sign in
    to the office with a code besides the password; ``session_hours`` how long an office session lasts at most."""

    __tablename__ = "office_policy"

    second_factor_roles: Mapped[list[str] | None] = mapped_column(JSON)
    session_hours: Mapped[int | None] = mapped_column(Integer)
