"""Reads of campaigns and teams, on both databases."""

from datetime import date

from flask import Flask
from uuid_utils.compat import uuid7

from config.extensions import db
from inspection.campaigns.models import Assignment
from inspection.campaigns.queries import campaigns_on, team_of
from tests.world import World


def test_the_campaigns_of_a_day_are_those_that_run(app: Flask) -> None:
    world = World(app)
    campaign = world.campaign()
    World(app).campaign()
    with app.app_context():
        running = campaigns_on(db.session(), world.jurisdiction, date(2026, 9, 30))
        over = campaigns_on(db.session(), world.jurisdiction, date(2026, 10, 1))
        assert [each.id for each in running] == [campaign]
    assert over == []


def test_somebody_who_left_the_team_is_not_in_it(app: Flask) -> None:
    world = World(app)
    stays, leaves = uuid7(), uuid7()
    campaign = world.campaign(stays, leaves)
    scope = f"campaign:{campaign}"
    with app.app_context():
        assignment = next(each.id for each in team_of(db.session(), campaign) if each.person == leaves)
    world.edit("assignment", scope, assignment, "0", voided={"reason": "chuyển công tác"})
    with app.app_context():
        assert [each.person for each in team_of(db.session(), campaign)] == [stays]
        assert db.session().get(Assignment, assignment) is not None
