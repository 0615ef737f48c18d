"""A province made in seconds: its people, establishments and campaigns through the journal, its enrolled phones and
office sessions as rows."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from bench.load.day import OfficeOfDay, PhoneOfDay
from config.extensions import now, write
from inspection.campaigns.rules import target_id
from inspection.demo.records import editions_for
from inspection.journal.models import Scope
from inspection.journal.store import generations
from inspection.journal.versions import WITNESS_DIGITS, Cursor
from inspection.people.models import Device
from inspection.people.operations import system_device
from inspection.people.permissions import Role
from inspection.setup.reference import unit_named, write_agencies, write_catalogues
from inspection.setup.writer import Writer

PROVINCE = "35"
TEAM = 10
"""People of one campaign."""
VISITS = 3
"""What a phone brings home in the evening."""
ESTABLISHMENTS = 5000
NEW_ONE_IN = 50
"""One phone in so many was enrolled this morning and reads everything."""
OFFICE = (Role.MANAGER, Role.MANAGER, Role.DESK, Role.AUDITOR)
"""Who sits in the office, in turn."""


@dataclass(frozen=True, slots=True)
class Province:
    """What was made. ``active`` phones of all that are enrolled take part."""

    checklist: str
    cursors: dict[str, str]
    phones: list[PhoneOfDay]
    office: list[OfficeOfDay]


def make_province(
    app: Flask, *, enrolled: int, active: int, office: int, seconds: float, seed: int
) -> Province:
    """Write the province into an empty, migrated database."""
    chance = random.Random(seed)  # noqa: S311 - the same day from the same seed
    today = now().date()
    unit = unit_named(PROVINCE, today)
    assert unit is not None
    jurisdiction = unit.id
    editions = editions_for(today)
    with app.app_context():
        with write() as session:
            writer = Writer(session, jurisdiction, now())
            system_device(session, now())
            write_catalogues(writer, f"reference:{jurisdiction}")
            write_agencies(writer, f"reference:{jurisdiction}", {})
            writer.flush()
            inspectors = _people(writer, Role.INSPECTOR, enrolled)
            officers = {role: _people(writer, role, -(-office // 2)) for role in dict.fromkeys(OFFICE)}
            establishments = _establishments(writer, unit.id)
            teams = [inspectors[at : at + TEAM] for at in range(0, enrolled, TEAM)]
            campaigns = {uuid7(): team for team in teams}
            for campaign, team in campaigns.items():
                fields: dict[str, object] = {
                    "jurisdiction": str(jurisdiction), "name": f"Đợt kiểm tra của đoàn {team[0]}",
                    "campaign_type": "periodic", "occasion": "tet",
                    "starts_on": (today - timedelta(days=3)).isoformat(),
                    "ends_on": (today + timedelta(days=30)).isoformat(),
                    "checklists": [str(edition.id) for edition in editions],
                }  # fmt: skip
                writer.add("campaign", campaign, f"campaign:{campaign}", fields)
                for person in team:
                    place = {"campaign": str(campaign), "person": str(person), "duty": "member"}
                    writer.add("assignment", uuid7(), f"campaign:{campaign}", place)
            writer.flush()
            cursors = _cursors(session)
            plans = {campaign: chance.sample(establishments, TEAM * VISITS) for campaign in campaigns}
            for campaign, plan in plans.items():
                for establishment in plan:
                    aim = {"campaign": str(campaign), "establishment": str(establishment)}
                    writer.add("target", target_id(campaign, establishment), f"campaign:{campaign}", aim)
            writer.flush()
            devices = _devices(session, inspectors, "phone")
            sessions = [(role, person) for role in officers for person in officers[role]]
            desks = _devices(session, [person for _, person in sessions], "office")
        working = [
            PhoneOfDay(
                person=str(person),
                device=str(devices[person]),
                campaign=str(campaign),
                establishments=[str(each) for each in plans[campaign][VISITS * at : VISITS * (at + 1)]],
                wakes=chance.uniform(0, seconds),
                returns=chance.uniform(0, seconds),
                new=chance.randrange(NEW_ONE_IN) == 0,
            )
            for campaign, team in campaigns.items()
            for at, person in enumerate(team)
        ]
        seats = [OFFICE[at % len(OFFICE)] for at in range(office)]
        free = {role: iter(people) for role, people in officers.items()}
        staff = [OfficeOfDay(role, _cookie(app, desks[next(free[role])])) for role in seats]
    return Province(str(editions[0].id), cursors, chance.sample(working, active), staff)


def _people(writer: Writer, role: Role, count: int) -> list[uuid.UUID]:
    made = [uuid7() for _ in range(count)]
    for at, person in enumerate(made):
        fields = {"full_name": f"Người số {at} ({role})", "roles": [str(role)], "active": True}
        writer.add("person", person, f"reference:{writer.jurisdiction}", fields)
    writer.flush()
    return made


def _establishments(writer: Writer, unit: uuid.UUID) -> list[uuid.UUID]:
    made = [uuid7() for _ in range(ESTABLISHMENTS)]
    for at, establishment in enumerate(made):
        fields = {
            "name": f"Cơ sở chế biến thực phẩm số {at}", "address": f"Số {at}, đường Trần Phú", "unit": str(unit),
            "owner": f"Chủ cơ sở {at}", "establishment_type": "processing_trade", "risk": "medium",
        }  # fmt: skip
        writer.add("establishment", establishment, f"establishments:{writer.jurisdiction}", fields)
    writer.flush()
    return made


def _cursors(session: Session) -> dict[str, str]:
    current = generations(session).current
    return {
        scope.id: str(Cursor(current, scope.head, scope.head_hash.hex()[:WITNESS_DIGITS]))
        for scope in session.scalars(select(Scope).execution_options(populate_existing=True))
    }


def _devices(session: Session, people: list[uuid.UUID], platform: str) -> dict[uuid.UUID, uuid.UUID]:
    at = now()
    made = {person: uuid7() for person in people}
    rows = [
        {
            "id": device, "person": person, "name": "tải thử", "platform": platform,
            "created_at": at, "last_seen_at": at,
        }
        for person, device in made.items()
    ]  # fmt: skip
    session.execute(insert(Device), rows)
    return made


def _cookie(app: Flask, device: uuid.UUID) -> str:
    """What a browser holds after signing in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own sessions
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'device': str(device)})}"
