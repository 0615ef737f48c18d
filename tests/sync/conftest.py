"""A district with one campaign and three inspectors, on each of the two databases."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from config.settings import Settings
from tests.world import Phone, World, statuses


@dataclass
class Team:
    """Three inspectors (the first leads), their phones, a campaign and a shop."""

    world: World
    campaign: uuid.UUID
    shop: uuid.UUID
    lead: Phone
    binh: Phone
    chi: Phone

    @property
    def scope(self) -> str:
        return f"campaign:{self.campaign}"


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


@pytest.fixture
def team(world: World) -> Team:
    people = [world.person("an", "lead"), world.person("binh", "inspector"), world.person("chi", "inspector")]
    campaign = world.campaign(*people[1:], leads=(people[0],))
    shop = world.establishment()
    return Team(world, campaign, shop, world.phone("an"), world.phone("binh"), world.phone("chi"))


@pytest.fixture
def visit(team: Team) -> dict[str, Any]:
    opened = team.binh.visit(team.campaign, team.shop)
    assert statuses(team.binh.push(opened)) == ["applied"]
    return opened


@pytest.fixture
def settings(team: Team) -> Settings:
    found: Settings = team.world.app.config["SETTINGS"]
    return found
