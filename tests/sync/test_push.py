"""Push: one answer per operation, and nothing that was sent is lost or doubled."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from config.extensions import db
from inspection.journal.models import Entry, Parked, ParkedStatus
from inspection.visits.models import Answer, Visit
from tests.sync.conftest import Team
from tests.sync.stateful.server import newer_server
from tests.world import codes, statuses


def count(team: Team, model: Any, *conditions: Any) -> int:
    with team.world.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_a_visit_and_its_answers_are_applied_in_the_order_of_their_numbers(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    answer = team.lead.answer(visit, "ATTP-C01", result="pass")
    results = team.lead.push(answer, visit)
    assert statuses(results) == ["applied", "applied"]
    assert results[0]["id"] == answer["id"]
    assert results[1]["seq"] < results[0]["seq"]
    assert count(team, Visit) == 1


def test_an_identical_resend_gets_the_stored_answer_and_makes_no_second_entry(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    first = team.lead.push(visit)
    before = count(team, Entry)
    again = team.lead.push(visit)
    assert again == [{**first[0], "replayed": True}]
    assert count(team, Entry) == before


def test_one_operation_twice_in_one_request_is_applied_once(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    results = team.lead.push(visit, visit)
    assert [result.get("replayed", False) for result in results] == [False, True]
    assert count(team, Visit) == 1


def test_an_operation_id_with_other_content_is_refused_and_kept(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(visit)
    other = {**visit, "fields": {**visit["fields"], "note": "khác"}}
    assert codes(team.lead.push(other)) == ["operation_id_reused"]
    assert count(team, Parked, Parked.status == ParkedStatus.REJECTED) == 1


def test_a_used_number_under_another_id_tells_the_phone_that_it_was_cloned(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(visit)
    clone = {**team.lead.visit(team.campaign, team.shop), "n": visit["n"]}
    assert codes(team.lead.push(clone)) == ["device_cloned"]


def test_a_phone_that_enrolled_anew_sends_its_outbox_again_without_doubling_anything(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(visit)
    enrolled_anew = team.world.phone("an")
    assert enrolled_anew.device != team.lead.device
    results = enrolled_anew.push({**visit, "n": 17})
    assert results[0]["replayed"] is True
    assert count(team, Visit) == 1


def test_a_gap_in_the_numbers_is_legal(team: Team) -> None:
    team.lead.n = 40
    assert statuses(team.lead.push(team.lead.visit(team.campaign, team.shop))) == ["applied"]


def test_an_answer_waits_for_the_visit_that_a_colleague_has_not_sent_yet(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    held = team.binh.push(answer)
    assert held == [
        {"id": answer["id"], "status": "held", "waits_for": {"kind": "visit", "record": visit["record"]}}
    ]
    assert count(team, Answer) == 0
    team.lead.push(visit)
    assert count(team, Answer) == 1
    again = team.binh.push(answer)
    assert (again[0]["status"], again[0]["replayed"]) == ("applied", True)


def test_held_operations_of_one_phone_take_effect_in_the_order_of_their_numbers(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    first = team.binh.answer(visit, "ATTP-C01", result="pass")
    second = team.binh.answer(visit, "ATTP-C01", result="fail", reason="không có giấy")
    assert statuses(team.binh.push(second, first)) == ["held", "held"]
    team.lead.push(visit)
    assert team.binh.record(first)["fields"]["result"] == "fail"


def test_an_update_that_arrives_before_its_create_is_held_until_it_comes(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    note = team.lead.operation("visit", team.scope, uuid.UUID(visit["record"]), note="cân số 2")
    assert statuses(team.lead.push(note)) == ["held"]
    assert statuses(team.lead.push(visit)) == ["applied"]
    assert team.lead.record(visit)["fields"]["note"] == "cân số 2"


def test_two_phones_that_scanned_one_code_open_one_visit(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    joined = team.binh.visit(team.campaign, team.shop) | {"record": visit["record"]}
    assert statuses(team.binh.push(joined)) == ["applied"]
    assert statuses(team.lead.push(visit)) == ["merged"]
    assert count(team, Visit) == 1


def test_one_bad_operation_harms_none_of_its_neighbours(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    results = team.lead.push(
        visit,
        team.lead.operation("nonsense", team.scope, a=1),
        team.lead.operation("visit", team.scope, nonsense=1),
        team.lead.answer(visit, "ATTP-C01", result="perhaps"),
        team.lead.operation("visit", f"campaign:{uuid7()}", campaign=str(uuid7())),
        team.lead.operation("visit", team.world.establishments),
        "not even an object",
        {"id": "x"},
        team.lead.answer(visit, "ATTP-C02", result="pass"),
    )
    assert codes(results) == [
        None,
        "unknown_kind",
        "unknown_field",
        "validation",
        "unknown_scope",
        "wrong_scope",
        "malformed",
        "malformed",
        None,
    ]
    assert statuses(results)[0] == statuses(results)[-1] == "applied"
    assert list(results[2]["error"]["fields"]) == ["nonsense"]
    assert count(team, Parked, Parked.status == ParkedStatus.REJECTED) == 7


def test_a_refused_operation_gets_the_same_answer_when_it_comes_again_and_is_kept_once(team: Team) -> None:
    bad = team.lead.operation("visit", team.scope, nonsense=1)
    first = team.lead.push(bad)
    assert team.lead.push(bad) == [{**first[0], "replayed": True}]
    assert count(team, Parked) == 1


def test_refusals_are_worded_in_the_language_of_the_phone(team: Team) -> None:
    bad = team.lead.operation("nonsense", team.scope)
    team.lead.language = "en"
    assert team.lead.push(bad)[0]["error"]["message"] == "The server does not know this kind of record."
    team.lead.language = "vi"
    assert team.lead.push(bad)[0]["error"]["message"] == "Máy chủ không biết loại bản ghi này."


def test_a_push_into_a_scope_that_is_not_the_persons_is_forbidden_and_kept(team: Team) -> None:
    foreign = team.world.campaign()
    visit = team.binh.visit(foreign, team.shop)
    assert codes(team.binh.push(visit)) == ["forbidden"]
    assert count(team, Visit) == 0
    assert count(team, Parked, Parked.status == ParkedStatus.REJECTED) == 1


def test_a_record_of_another_scope_cannot_be_edited_through_ones_own(team: Team) -> None:
    foreign = team.world.campaign()
    visit = team.world.add(
        "visit",
        f"campaign:{foreign}",
        campaign=str(foreign),
        establishment=str(team.shop),
        visited_on="2026-09-20",
    )
    stolen = team.binh.operation("visit", team.scope, visit, note="của tôi")
    assert codes(team.binh.push(stolen)) == ["wrong_scope"]


def test_what_a_revoked_device_still_sends_is_quarantined(team: Team) -> None:
    visit = team.binh.visit(team.campaign, team.shop)
    assert team.lead.post(f"/api/devices/{team.binh.device}/revoke", {}).status_code == 404
    team.world.person("quan tri", "administrator")
    assert team.world.phone("quan tri").post(f"/api/devices/{team.binh.device}/revoke", {}).status_code == 204
    answer = team.binh.post("/api/sync/push", {"operations": [visit]})
    assert (answer.status_code, answer.json["code"]) == (403, "device_revoked")
    assert count(team, Visit) == 0
    assert count(team, Parked, Parked.status == ParkedStatus.QUARANTINED) == 1


def test_text_is_kept_in_composed_form_so_that_two_keyboards_agree(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop, note="cân hỏng")
    team.lead.push(visit)
    decomposed = team.binh.visit(team.campaign, team.shop, note="cân hỏng") | {"record": visit["record"]}
    assert statuses(team.binh.push(decomposed)) == ["merged"]


def test_an_operation_of_an_older_schema_is_brought_up_to_date_and_agrees_with_one_of_the_newest(
    team: Team,
) -> None:
    visit = team.lead.visit(team.campaign, team.shop, remark="cân hỏng")
    same = team.binh.operation("visit", team.scope, visit["record"], note="cân hỏng") | {"schema": 2}
    other = team.chi.operation("visit", team.scope, visit["record"], remark="cân đúng")
    with newer_server():
        assert statuses(team.lead.push(visit)) == ["applied"]
        assert statuses(team.binh.push(same)) == ["merged"]
        assert statuses(team.chi.push(other)) == ["conflict"]
        assert team.lead.push(visit)[0]["replayed"] is True
    fields = team.lead.record(visit)["fields"]
    assert (fields["note"], "remark" in fields) == ("cân hỏng", False)


def test_an_older_schema_than_can_be_brought_up_to_date_is_kept_and_may_come_again(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    assert codes(team.lead.push({**visit, "schema": 0})) == ["schema_too_old"]
    with team.world.app.app_context():
        kept = db.session.scalars(select(Parked)).one()
    assert (kept.status, kept.content) == (ParkedStatus.REJECTED, {**visit, "schema": 0})
    assert statuses(team.lead.push(visit)) == ["applied"]


def test_a_newer_phones_unknown_field_is_refused_by_name(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop, weather="mưa") | {"schema": 9}
    [result] = team.lead.push(visit)
    assert result["error"]["code"] == "unknown_field"
    assert list(result["error"]["fields"]) == ["weather"]
