"""What was kept aside is admitted under its author's name, or dismissed with a reason, and never lost."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, write
from inspection.journal import desk
from inspection.journal.models import Entry, Parked, ParkedStatus
from inspection.journal.operation import Result, Status
from tests.sync.conftest import Team
from tests.world import codes, statuses

ADMINISTRATOR = uuid.uuid4()


def waiting(team: Team) -> list[Parked]:
    with team.world.app.app_context():
        return list(
            db.session.scalars(
                select(Parked).where(Parked.status.in_(desk.WAITING)).order_by(Parked.received_at)
            )
        )


def admit(team: Team, parked: Parked) -> Result:
    with team.world.app.app_context(), write() as session:
        return desk.admit(session, parked.id, ADMINISTRATOR)


def dismiss(team: Team, parked: Parked, reason: str = "gửi nhầm") -> None:
    with team.world.app.app_context(), write() as session:
        desk.dismiss(session, parked.id, ADMINISTRATOR, reason)


def test_work_sent_into_a_scope_that_was_taken_away_is_admitted_under_its_authors_name(team: Team) -> None:
    foreign = team.world.campaign()
    visit = team.binh.visit(foreign, team.shop, note="làm trước khi chuyển đoàn")
    assert codes(team.binh.push(visit)) == ["forbidden"]
    [parked] = waiting(team)
    assert admit(team, parked).status is Status.APPLIED
    with team.world.app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.operation == uuid.UUID(visit["id"]))).one()
        assert (entry.device, entry.admitted_by) == (team.binh.device, ADMINISTRATOR)
    assert waiting(team) == []
    assert statuses(team.binh.push(visit)) == ["applied"]


def test_what_cannot_be_applied_stays_in_the_queue_with_its_reason(team: Team) -> None:
    team.binh.push(team.binh.operation("visit", team.scope, weather="mưa"))
    [parked] = waiting(team)
    assert admit(team, parked).error == {
        "code": "unknown_field",
        "fields": {"weather": ["Trường không có trong loại này. / Unknown field."]},
    }
    assert [one.status for one in waiting(team)] == [ParkedStatus.REJECTED]


def test_a_dismissal_needs_a_reason_and_happens_once(team: Team) -> None:
    team.binh.push(team.binh.operation("visit", team.scope, weather="mưa"))
    [parked] = waiting(team)
    with pytest.raises(Refusal, match="unprocessable"):
        dismiss(team, parked, "  ")
    dismiss(team, parked)
    assert waiting(team) == []
    with pytest.raises(Refusal, match="changed_meanwhile"):
        dismiss(team, parked)


def test_what_waited_for_a_dismissed_record_is_refused_and_not_forgotten(team: Team) -> None:
    visit = {
        **team.lead.visit(team.campaign, team.shop),
        "fields": {"weather": "mưa", "campaign": str(team.campaign)},
    }
    team.lead.push(visit)
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    assert statuses(team.binh.push(answer)) == ["held"]
    [creation] = [parked for parked in waiting(team) if parked.status == ParkedStatus.REJECTED]
    dismiss(team, creation)
    assert codes(team.binh.push(answer)) == ["dismissed"]
    assert [parked.operation for parked in waiting(team)] == [uuid.UUID(answer["id"])]


def test_what_is_no_operation_at_all_can_only_be_dismissed(team: Team) -> None:
    team.binh.push("rác")
    [parked] = waiting(team)
    with pytest.raises(Refusal, match="malformed"):
        admit(team, parked)
    dismiss(team, parked)


def test_work_of_a_cloned_phone_is_admitted_although_its_number_is_taken(team: Team) -> None:
    first = team.binh.visit(team.campaign, team.shop)
    team.binh.push(first)
    clone = {**team.binh.visit(team.campaign, team.shop), "n": first["n"]}
    assert codes(team.binh.push(clone)) == ["device_cloned"]
    [parked] = waiting(team)
    assert admit(team, parked).status is Status.APPLIED
    assert statuses(team.binh.push(first)) == ["applied"]
