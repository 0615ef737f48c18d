"""A district whose people open the office pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from tests.office.browsing import Visitor
from tests.world import World


@dataclass
class Office:
    """One campaign with one shop, and a browser for whoever signs in."""

    world: World
    campaign: uuid.UUID
    shop: uuid.UUID
    people: dict[str, uuid.UUID]

    @property
    def scope(self) -> str:
        return f"campaign:{self.campaign}"

    def visitor(self, username: str) -> Visitor:
        """A browser in which somebody has signed in."""
        visitor = Visitor(self.world.app)
        answer = visitor.sign_in(username)
        assert answer.status_code == 200
        assert answer.request.path == "/", visitor.page
        return visitor

    def visit(self, **fields: Any) -> uuid.UUID:
        """A visit to the shop."""
        needed: dict[str, Any] = {
            "campaign": str(self.campaign),
            "establishment": str(self.shop),
            "visited_on": "2026-09-20",
        }
        return self.world.add("visit", self.scope, **{**needed, **fields})


ROLES = ("lead", "inspector", "desk", "handler", "manager", "auditor", "administrator")


@pytest.fixture
def office(app: Flask) -> Office:
    world = World(app)
    world.add(
        "unit",
        world.reference,
        world.jurisdiction,
        code="351",
        name="Huyện Thanh Liêm",
        name_en="Thanh Liem District",
        level="district",
        valid_from="2000-01-01",
    )
    people = {role: world.person(role, role) for role in ROLES}
    campaign = world.campaign(people["inspector"], leads=(people["lead"],))
    return Office(world, campaign, world.establishment(), people)
