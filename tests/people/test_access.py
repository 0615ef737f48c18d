"""What a person may do, worked out from the records."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask import Flask

from config.extensions import db
from inspection.people.access import grants_for
from inspection.people.grants import Grants
from tests.world import World


def grants(world: World, person: uuid.UUID) -> Grants:
    """The grants of a person now."""
    with world.app.app_context():
        return grants_for(db.session(), person)


def test_an_assignment_gives_a_campaign_and_its_voiding_takes_it_away(app: Flask) -> None:
    world = World(app)
    person = world.person("an", "inspector")
    campaign, other = world.campaign(), world.campaign()
    scope = f"campaign:{campaign}"
    place = world.add("assignment", scope, campaign=str(campaign), person=str(person), duty="member")
    assert scope in grants(world, person).scopes
    assert f"campaign:{other}" not in grants(world, person).scopes
    world.edit("assignment", scope, place, "0", voided={"reason": "rời đoàn"})
    assert scope not in grants(world, person).scopes


def test_a_manager_reads_every_campaign_of_the_own_district_and_none_of_another(app: Flask) -> None:
    here, there = World(app), World(app)
    manager = here.person("an", "manager")
    near, far = here.campaign(), there.campaign()
    scopes = grants(here, manager).scopes
    assert f"campaign:{near}" in scopes
    assert f"campaign:{far}" not in scopes
    assert there.reference not in scopes


def test_the_case_in_hand_and_the_case_one_opened_are_ones_own(app: Flask) -> None:
    world = World(app)
    handler, inspector = world.person("an", "handler"), world.person("binh", "inspector")
    case: dict[str, Any] = {
        "jurisdiction": str(world.jurisdiction),
        "petition_kind": "recommendation",
        "channel": "phone",
        "received_on": "2026-09-20",
        "field": "measurement",
        "summary": "Cân thiếu ở chợ",
        "status": "received",
    }
    phone = world.phone("binh")
    made = phone.operation("complaint", "", **case)
    made["scope"] = f"complaint:{made['record']}"
    assert phone.push(made)[0]["status"] == "applied"
    assert made["scope"] in grants(world, inspector).scopes
    assert made["scope"] not in grants(world, handler).scopes
    world.edit("complaint", made["scope"], uuid.UUID(made["record"]), "0", handler=str(handler))
    assert grants(world, handler).may("edit", "complaint", made["scope"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_somebody_inactive_may_do_nothing(app: Flask) -> None:
    world = World(app)
    person = world.person("an", "manager")
    world.edit("person", world.reference, person, "0", active=False)
    assert grants(world, person).roles == frozenset()
    assert grants(world, person).scopes == frozenset()
