"""People, accounts, devices and refused operations, for the administrator."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspection.journal.models import Parked, ParkedStatus
from inspection.people.models import Account, Agency, Device, Person

WAITING = (ParkedStatus.REJECTED, ParkedStatus.QUARANTINED, ParkedStatus.HELD)
DEVICES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Figures:
    """What the administrator's first page counts."""

    people: int
    devices: int
    parked: dict[str, int]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the name to sign in with, if any, and how many devices stand."""

    person: Person
    agency_vi: str | None
    agency_en: str | None
    username: str | None
    devices: int


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device and whose it is."""

    device: Device
    full_name: str


def figures(session: Session, jurisdiction: uuid.UUID | None) -> Figures:
    """How many active people, standing devices and waiting operations there are."""
    people = select(func.count()).select_from(Person)
    people = people.where(
        Person.scope == f"reference:{jurisdiction}", Person.active.is_(True), ~Person.voided
    )
    devices = _devices(jurisdiction).where(Device.revoked_at.is_(None)).subquery()
    return Figures(
        people=session.scalar(people) or 0,
        devices=session.scalar(select(func.count()).select_from(devices)) or 0,
        parked=parked_counts(session, jurisdiction),
    )


def parked_counts(session: Session, jurisdiction: uuid.UUID | None) -> dict[str, int]:
    """Waiting operations by status, of people of this jurisdiction."""
    rows = session.execute(
        select(Parked.status, func.count())
        .join(Person, Person.id == Parked.user)
        .where(Person.scope == f"reference:{jurisdiction}", Parked.status.in_(WAITING))
        .group_by(Parked.status)
    )
    return dict(rows.all())


def people(session: Session, jurisdiction: uuid.UUID | None) -> list[PersonLine]:
    """Everybody of a jurisdiction, those who left at the end."""
    standing = (
        select(func.count()).where(Device.person == Person.id, Device.revoked_at.is_(None)).scalar_subquery()
    )
    rows = session.execute(
        select(Person, Agency.name_vi, Agency.name_en, Account.username, standing)
        .join(Agency, Agency.id == Person.agency, isouter=True)
        .join(Account, Account.id == Person.id, isouter=True)
        .where(Person.scope == f"reference:{jurisdiction}", ~Person.voided)
        .order_by(Person.active.desc(), Person.full_name)
    )
    return [PersonLine(*row) for row in rows]


def devices_of(
    session: Session, jurisdiction: uuid.UUID | None, person: uuid.UUID | None = None
) -> Sequence[DeviceLine]:
    """Devices of a jurisdiction's people (or of one person), standing ones first, then by when they were
    seen."""
    query = _devices(jurisdiction).add_columns(Person.full_name)
    if person is not None:
        query = query.where(Device.person == person)
    ordered = query.order_by(Device.revoked_at.is_not(None), Device.last_seen_at.desc()).limit(DEVICES_SHOWN)
    return [DeviceLine(device, name) for device, name in session.execute(ordered)]


def _devices(jurisdiction: uuid.UUID | None) -> Select[Device]:
    return (
        select(Device)
        .join(Person, Person.id == Device.person)
        .where(Person.scope == f"reference:{jurisdiction}")
    )


def person_of(session: Session, jurisdiction: uuid.UUID | None, device: Device) -> Person | None:
    """Whose device it is, if that person belongs to the jurisdiction."""
    person = session.get(Person, device.person) if device.person else None
    return person if person is not None and person.scope == f"reference:{jurisdiction}" else None


def devices_named(session: Session, devices: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of devices."""
    return dict(session.execute(select(Device.id, Device.name).where(Device.id.in_(devices))).all())
