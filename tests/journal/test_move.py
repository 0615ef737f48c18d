"""A visit that was opened in the wrong campaign moves into the right one, and nothing of it is lost on the way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from config.errors import Refusal
from config.extensions import db, write
from inspection.journal.move import Moved, move
from inspection.journal.operation import Author
from inspection.people.access import grants_for
from inspection.visits.rules import answer_id
from tests.sync.concurrency import assert_sound
from tests.sync.conftest import Team
from tests.world import statuses


def identify(kind: str, values: Mapping[str, Any]) -> uuid.UUID | None:
    if kind != "answer":
        return None
    return answer_id(uuid.UUID(values["visit"]), values["item"], values.get("subject"))


def person(team: Team, name: str) -> uuid.UUID:
    people = [change for change in team.lead.pull_all().values() if change["kind"] == "person"]
    return next(uuid.UUID(change["record"]) for change in people if change["fields"]["full_name"] == name)


def other_campaign(team: Team) -> str:
    return f"campaign:{team.world.campaign(person(team, 'Binh'), leads=(person(team, 'An'),))}"


def move_it(team: Team, visit: dict[str, Any], scope: str, base: str, name: str = "An") -> Moved:
    who = person(team, name)
    with team.world.app.app_context():
        author = Author(team.world.phone("an").device, who, grants_for(db.session(), who), self_exempt=False)
        with write() as session:
            return move(
                session,
                author,
                uuid.UUID(visit["record"]),
                scope,
                base=base,
                reason="nhầm đợt",
                identify=identify,
            )


@pytest.fixture
def visit(team: Team) -> dict[str, Any]:
    made = team.lead.visit(team.campaign, team.shop, note="đúng nơi")
    answer = team.lead.answer(made, "ATTP-C01", result="fail", reason="hết hạn")
    found = team.lead.operation(
        "violation",
        team.scope,
        visit=made["record"],
        code="A1",
        answer=answer["record"],
        sanction="fine",
        amount=5,
    )
    assert statuses(team.lead.push(made, answer, found)) == ["applied"] * 3
    return made


def newest(team: Team) -> str:
    changes = [c for c in team.lead.pull_all().values() if c["scope"] == team.scope]
    return str(max(changes, key=lambda change: change["seq"])["version"])


def test_a_visit_lives_on_with_all_that_belongs_to_it(team: Team, visit: dict[str, Any]) -> None:
    scope = other_campaign(team)
    moved = move_it(team, visit, scope, newest(team))
    shown = team.binh.pull_all()
    old, new = shown[visit["record"]], shown[str(moved.record)]
    assert old["voided"] == {"reason": "nhầm đợt", "moved_to": str(moved.record)}
    assert (new["scope"], new["voided"], new["fields"]["note"]) == (scope, None, "đúng nơi")
    assert f"campaign:{new['fields']['campaign']}" == scope
    below = {c["kind"]: c for c in shown.values() if c["fields"].get("visit") == str(moved.record)}
    assert below["answer"]["record"] == str(answer_id(moved.record, "ATTP-C01"))
    assert below["answer"]["fields"]["reason"] == "hết hạn"
    assert below["violation"]["fields"]["answer"] == below["answer"]["record"]
    assert below["violation"]["fields"]["amount"] == 5
    assert_sound(team.world.app)


def test_work_that_the_mover_had_not_seen_stops_the_move(team: Team, visit: dict[str, Any]) -> None:
    scope, seen = other_campaign(team), newest(team)
    team.chi.push(team.chi.answer(visit, "ATTP-C02", result="pass"))
    with pytest.raises(Refusal, match="changed_meanwhile"):
        move_it(team, visit, scope, seen)
    assert team.lead.record(visit)["voided"] is None
    assert [c for c in team.lead.pull_all().values() if c["scope"] == scope and c["kind"] == "visit"] == []


def test_a_visit_that_people_disagree_about_is_settled_first(team: Team, visit: dict[str, Any]) -> None:
    team.binh.push(team.binh.operation("visit", team.scope, visit["record"], note="khác"))
    with pytest.raises(Refusal, match="unprocessable"):
        move_it(team, visit, other_campaign(team), newest(team))


def test_a_colleagues_late_work_on_the_old_visit_shows_as_a_disagreement(
    team: Team, visit: dict[str, Any]
) -> None:
    move_it(team, visit, other_campaign(team), newest(team))
    late = team.chi.answer(visit, "ATTP-C03", result="pass")
    [result] = team.chi.push(late)
    assert (result["status"], result["conflicts"][0]["field"]) == ("conflict", "voided")


def test_only_who_may_write_in_both_campaigns_moves(team: Team, visit: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="forbidden"):
        move_it(team, visit, other_campaign(team), newest(team), name="Chi")
