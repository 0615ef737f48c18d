"""A visit and what is recorded on it, on both databases."""

from decimal import Decimal

from flask import Flask
from uuid_utils.compat import uuid7

from config.extensions import db
from inspection.visits.queries import visit_record, visits_of
from inspection.visits.rules import answer_id
from tests.world import World


def test_a_visit_is_read_with_everything_on_it(app: Flask) -> None:
    world = World(app)
    campaign = world.campaign()
    scope = f"campaign:{campaign}"
    visit = uuid7()
    world.add(
        "visit",
        scope,
        visit,
        campaign=str(campaign),
        establishment=str(world.establishment()),
        visited_on="2026-09-20",
        started_at="2026-09-20T08:00:00+07:00",
    )
    for item in ("DL-C06", "ATTP-C10"):
        fields = {"visit": str(visit), "item": item, "value": "0.1", "unit": "kg"}
        world.add("answer", scope, answer_id(visit, item), **fields)
    violation = world.add(
        "violation", scope, visit=str(visit), code="DL-05", amount=4_000_000, sanction="fine"
    )
    voided = world.add("violation", scope, visit=str(visit), code="DL-01")
    world.edit("violation", scope, voided, "0", voided={"reason": "ghi nhầm"})
    world.add(
        "measure", scope, visit=str(visit), measure_type="destruction", quantity="3.60", quantity_unit="kg"
    )
    world.add("signature", scope, visit=str(visit), party="team", name="Trần Văn Nghiệp")
    with app.app_context():
        record = visit_record(db.session(), visit)
        assert record is not None
        assert [answer.item for answer in record.answers] == ["ATTP-C10", "DL-C06"]
        assert record.answers[0].value == Decimal("0.1")
        assert [each.id for each in record.violations] == [violation]
        assert str(record.measures[0].quantity) == "3.6"
        assert [each.party for each in record.signatures] == ["team"]
        assert [each.id for each in visits_of(db.session(), campaign)] == [visit]
        assert record.visit.started_at is not None
        assert record.visit.started_at.isoformat() == "2026-09-20T01:00:00+00:00"


def test_there_is_nothing_of_a_visit_nobody_made(app: Flask) -> None:
    with app.app_context():
        assert visit_record(db.session(), uuid7()) is None
