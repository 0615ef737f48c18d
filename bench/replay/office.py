"""The office of the replay: who works there, written into an empty database before anybody signs in, and what
its manager and its lead send before the first day.

The jurisdiction, the people and their accounts come from the server itself, as an administrator's command
would write them. All that follows goes through the HTTP API.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence

from flask import Flask
from flask_migrate import upgrade
from uuid_utils.compat import uuid7

from bench.replay import mapping
from bench.replay.phone import Phone
from bench.replay.plan import Plan, record_id
from bin.install import ROOT
from config.extensions import db, now, write
from config.settings import Settings
from inspection.journal.edit import next_number
from inspection.journal.operation import Author, Operation, Status
from inspection.journal.submit import submit
from inspection.people import operations
from inspection.people.grants import system_grants
from wsgi import create_app

JURISDICTION = record_id("unit", "Detroit")
AGENCY = record_id("agency", "health")
LEAD, MANAGER, DESK = "replay-lead", "replay-manager", "replay-desk"
OPENED_ON = "2016-01-01"
Passwords = Mapping[str, str]
"""Passwords by user name."""


def person_id(username: str) -> str:
    """The id of somebody's record and account."""
    return record_id("person", username)


def username_of(inspector: str) -> str:
    """The user name of an inspector by number."""
    return f"replay-inspector-{inspector}"


def open_office(settings: Settings, inspectors: Iterable[str]) -> Passwords:
    """Bring the database to the newest revision and write the office into it."""
    app = create_app(settings)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    try:
        return write_office(app, inspectors)
    finally:
        with app.app_context():
            db.engine.dispose()


def write_office(app: Flask, inspectors: Iterable[str]) -> Passwords:
    """Write jurisdiction, agency, people and accounts; the passwords are random."""
    people = {LEAD: "lead", MANAGER: "manager", DESK: "desk"}
    people |= {username_of(inspector): "inspector" for inspector in inspectors}
    passwords = {username: secrets.token_urlsafe(12) for username in people}
    with app.app_context(), write() as session:
        device = operations.system_device(session, now())
        jurisdiction = uuid.UUID(JURISDICTION)
        system = system_grants(operations.SYSTEM_PERSON, jurisdiction)
        author = Author(device.id, operations.SYSTEM_PERSON, system)
        first = next_number(session, device.id)
        made = [
            Operation(
                uuid7(),
                first + at,
                kind,
                uuid.UUID(record),
                f"reference:{JURISDICTION}",
                fields,
                now().isoformat(),
            )
            for at, (kind, record, fields) in enumerate(_records(people))
        ]
        for result in submit(session, author, made):
            if result.status is not Status.APPLIED:
                raise RuntimeError(f"the office was not written: {result}")
        for username, password in passwords.items():
            operations.create_account(session, uuid.UUID(person_id(username)), username, password, now())
    return passwords


def _records(people: Mapping[str, str]) -> list[tuple[str, str, dict[str, object]]]:
    unit = {"code": "detroit", "name": "Detroit", "level": "district", "valid_from": OPENED_ON}
    agency = {"code": "health", "name_vi": "Sở Y tế Detroit", "name_en": "Detroit Health Department"}
    found: list[tuple[str, str, dict[str, object]]] = [
        ("unit", JURISDICTION, {**unit}),
        ("agency", AGENCY, {**agency}),
    ]
    for username, role in people.items():
        fields = {"full_name": username, "agency": AGENCY, "roles": [role], "active": True}
        found.append(("person", person_id(username), fields))
    return found


def open_campaigns(manager: Phone, plan: Plan) -> None:
    """Open every campaign and assign everybody who takes part, and the lead to all."""
    for campaign in plan.campaigns.values():
        scope, at = f"campaign:{campaign.id}", f"{campaign.first.isoformat()}T08:00:00-05:00"
        fields = {
            "jurisdiction": JURISDICTION,
            "name": campaign.name,
            "campaign_type": "periodic",
            "starts_on": campaign.first.isoformat(),
            "ends_on": campaign.last.isoformat(),
            "agencies": [AGENCY],
        }
        manager.make("campaign", campaign.id, scope, fields, at)
        for username in [LEAD, *(username_of(inspector) for inspector in sorted(campaign.members, key=int))]:
            assigned = {
                "campaign": campaign.id,
                "person": person_id(username),
                "duty": "lead" if username == LEAD else "member",
            }
            manager.make("assignment", str(uuid7()), scope, assigned, at)
    manager.deliver()


def register_establishments(lead: Phone, rows: Sequence[Mapping[str, str]]) -> None:
    """Enter the establishments."""
    for row in rows:
        record = record_id("establishment", row["establishmentid"])
        fields = mapping.establishment(row, JURISDICTION)
        lead.make(
            "establishment", record, f"establishments:{JURISDICTION}", fields, f"{OPENED_ON}T08:00:00-05:00"
        )
    lead.deliver()
