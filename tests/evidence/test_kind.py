"""The record of an evidence: what a phone may say of it, and what only the server may."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from config.extensions import db
from inspection.evidence.queries import of_visit
from tests.evidence import samples
from tests.evidence.sending import Sender, announce
from tests.sync.conftest import Team
from tests.world import codes, statuses


def opened(team: Team) -> dict[str, Any]:
    visit = team.binh.visit(team.campaign, team.shop)
    assert statuses(team.binh.push(visit)) == ["applied"]
    return visit


def test_a_phone_cannot_say_that_bytes_are_stored(team: Team) -> None:
    visit = opened(team)
    evidence = announce(team.binh, visit, samples.photo())
    for stored in (True, False, None):
        change = team.binh.operation("evidence", team.scope, evidence, stored=stored)
        [result] = team.binh.push(change)
        assert (result["status"], result["error"]["code"]) == ("rejected", "validation")
    assert not team.binh.record(evidence)["fields"].get("stored")


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 1}, {"media_type": "image/png"}])
def test_which_bytes_belong_to_a_record_never_changes(team: Team, change: dict[str, Any]) -> None:
    evidence = announce(team.binh, opened(team), samples.photo())
    version = team.binh.record(evidence)["version"]
    result = team.binh.push(team.binh.operation("evidence", team.scope, evidence, base=version, **change))
    assert codes(result) == ["validation"]
    captioned = team.binh.operation("evidence", team.scope, evidence, base=version, caption="Cân số 2")
    assert statuses(team.binh.push(captioned)) == ["applied"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "xyz"},
        {"sha256": "g" * 64},
        {"size": 0},
        {"size": 10**9},
        {"size": "5"},
        {"media_type": "image/svg+xml"},
        {"media_type": "application/x-msdownload"},
    ],
)
def test_what_could_never_be_stored_is_refused_at_once(team: Team, wrong: dict[str, Any]) -> None:
    visit = opened(team)
    fields = {"visit": visit["record"], "sha256": "0" * 64, "size": 5, "media_type": "image/jpeg", **wrong}
    assert codes(team.binh.push(team.binh.operation("evidence", team.scope, **fields))) == ["validation"]


def test_evidence_waits_for_its_visit(team: Team) -> None:
    visit = team.binh.visit(team.campaign, team.shop)
    fields = {"visit": visit["record"], "sha256": "AB" * 32, "size": 5, "media_type": "image/jpeg"}
    photo = team.chi.operation("evidence", team.scope, **fields)
    assert statuses(team.chi.push(photo)) == ["held"]
    assert statuses(team.binh.push(visit)) == ["applied"]
    assert team.chi.record(photo)["fields"]["sha256"] == "ab" * 32


def test_photos_of_a_visit_come_in_order_without_those_that_were_voided(team: Team) -> None:
    visit = opened(team)
    kept = [announce(team.binh, visit, samples.photo(), caption=str(number)) for number in range(3)]
    void = team.binh.operation("evidence", team.scope, kept[1], base=team.binh.record(kept[1])["version"])
    void["fields"] = {"voided": {"reason": "ảnh mờ"}}
    assert statuses(team.binh.push(void)) == ["applied"]
    with team.world.app.app_context():
        found = of_visit(db.session(), uuid.UUID(visit["record"]))
        assert [each.id for each in found] == [kept[0], kept[2]]
        assert [each.stored for each in found] == [None, None]


def test_a_photo_that_arrives_after_the_signature_is_no_amendment(team: Team) -> None:
    visit, content = opened(team), samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    assert statuses(
        team.binh.push(
            team.binh.operation("signature", team.scope, visit=visit["record"], party="team", name="B")
        )
    ) == ["applied"]
    assert sender.whole(content).status_code == 204
    assert sender.stored()
    assert [amendment for _, amendment in sender.entries()] == [None, None]


def test_the_server_objects_to_no_void_when_it_notes_that_bytes_are_stored(team: Team) -> None:
    visit, content = opened(team), samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    seen = max(record["version"] for record in team.binh.pull_all().values() if record["scope"] == team.scope)
    void = team.binh.operation("visit", team.scope, uuid.UUID(visit["record"]), base=seen)
    void["fields"] = {"voided": {"reason": "nhầm cơ sở"}}
    assert statuses(team.binh.push(void)) == ["applied"]
    assert sender.whole(content).status_code == 204
    after = team.binh.pull_all()
    assert after[str(sender.evidence)]["fields"]["stored"] is True
    assert after[visit["record"]]["voided"] == {"reason": "nhầm cơ sở"}
    assert not [record for record in after.values() if record["kind"] == "conflict"]


def test_a_void_that_did_not_see_the_bytes_arrive_is_not_disputed(team: Team) -> None:
    visit, content = opened(team), samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    seen = team.lead.record(sender.evidence)["version"]
    assert sender.whole(content).status_code == 204
    void = team.lead.operation("visit", team.scope, uuid.UUID(visit["record"]), base=seen)
    void["fields"] = {"voided": {"reason": "nhầm cơ sở"}}
    assert statuses(team.lead.push(void)) == ["applied"]
