"""What the torture is about: three people with several phones, one campaign, and visits to disagree about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Flask

from bench.replay.plan import chance_of
from tests.world import DAY, PASSWORD, World

DISAGREEMENTS = 24
PEOPLE = (("an", "lead"), ("binh", "inspector"), ("chi", "inspector"))
HURRY = 0.7
"""The planned disagreements are over when this part of the run has passed, so that they meet every fault."""


@dataclass(frozen=True)
class District:
    """The prepared district; ``planned`` holds the visits that two phones each are to write about."""

    world: World
    campaign: uuid.UUID
    shop: uuid.UUID
    planned: tuple[uuid.UUID, ...]

    @property
    def scope(self) -> str:
        """The scope of the campaign."""
        return f"campaign:{self.campaign}"


def prepare(app: Flask) -> District:
    """Fill an empty database."""
    world = World(app)
    an, *others = [world.person(name, role) for name, role in PEOPLE]
    campaign, shop = world.campaign(*others, leads=(an,)), world.establishment()
    visits = tuple(
        world.add(
            "visit", f"campaign:{campaign}", campaign=str(campaign), establishment=str(shop), visited_on=DAY
        )
        for _ in range(DISAGREEMENTS)
    )
    return District(world, campaign, shop, visits)


def plans(district: District, origin: str, count: int, seconds: float, seed: int) -> list[dict[str, Any]]:
    """The settings of each phone: who it belongs to, and about which visits it disagrees with another, when."""
    chance = chance_of("plan", seed)
    plan: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for record in district.planned:
        at = round(chance.uniform(0, seconds * HURRY) * 1000)
        for phone in chance.sample(range(count), 2):
            plan[phone].append({"record": str(record), "at": at})
    return [
        {
            "origin": origin,
            "username": PEOPLE[at % len(PEOPLE)][0],
            "password": PASSWORD,
            "label": f"phone-{at + 1}",
            "seed": seed * 1000 + at,
            "labels": [f"phone-{each + 1}" for each in range(count)],
            "campaign": str(district.campaign),
            "shop": str(district.shop),
            "disagreements": sorted(mine, key=lambda one: one["at"]),
        }
        for at, mine in enumerate(plan)
    ]
