"""Two people, one record: what they disagree about is shown until a person settles it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.sync.conftest import Team
from tests.world import Phone, codes, statuses


def opened(team: Team, **fields: Any) -> dict[str, Any]:
    visit = team.lead.visit(team.campaign, team.shop, **fields)
    assert statuses(team.lead.push(visit)) == ["applied"]
    return visit


def edit(phone: Phone, visit: dict[str, Any], **values: Any) -> dict[str, Any]:
    return phone.operation(visit["kind"], visit["scope"], uuid.UUID(visit["record"]), **values)


def conflicts(phone: Phone) -> list[dict[str, Any]]:
    return [c["fields"] for c in phone.pull_all().values() if c["kind"] == "conflict"]


def test_different_values_unseen_by_each_other_are_both_kept_and_pulled_by_everybody(team: Team) -> None:
    visit = opened(team, note="sạch")
    [result] = team.binh.push(edit(team.binh, visit, note="bẩn"))
    assert result["status"] == "conflict"
    [conflict] = conflicts(team.chi)
    assert result["conflicts"] == [{"id": result["conflicts"][0]["id"], "field": "note"}]
    assert conflict["open"] is True
    assert (conflict["target"], conflict["field"]) == (visit["record"], "note")
    assert conflict["stored"]["value"] == "sạch"
    assert [candidate["value"] for candidate in conflict["candidates"]] == ["bẩn"]
    assert team.chi.record(visit)["fields"]["note"] == "sạch"


def test_edits_of_different_fields_merge(team: Team) -> None:
    visit = opened(team)
    team.lead.push(edit(team.lead, visit, note="sạch"))
    assert statuses(team.binh.push(edit(team.binh, visit, representative="Bà Hoa"))) == ["merged"]
    assert team.chi.record(visit)["fields"]["representative"] == "Bà Hoa"


def test_an_edit_with_the_version_that_its_writer_saw_replaces_the_value(team: Team) -> None:
    visit = opened(team, note="sạch")
    seen = team.binh.record(visit)["version"]
    assert statuses(team.binh.push(edit(team.binh, visit, base=seen, note="bẩn"))) == ["applied"]


def test_a_group_is_one_value_so_that_a_result_never_meets_anothers_reason(team: Team) -> None:
    visit = opened(team)
    team.lead.push(team.lead.answer(visit, "ATTP-C06", result="pass"))
    answer = team.binh.answer(visit, "ATTP-C06", result="fail", reason="không đeo khẩu trang")
    [result] = team.binh.push(answer)
    assert result["status"] == "conflict"
    shown = team.chi.record(answer)["fields"]
    assert (shown["result"], shown["reason"]) == ("pass", None)


def test_half_a_group_is_refused_by_name_once_the_group_has_a_value(team: Team) -> None:
    visit = opened(team)
    answer = team.lead.answer(visit, "ATTP-C10", value="6", unit="°C")
    team.lead.push(answer)
    half = team.lead.operation("answer", team.scope, uuid.UUID(answer["record"]), value="6000")
    [result] = team.lead.push(half)
    assert result["error"]["code"] == "validation"
    assert list(result["error"]["fields"]) == ["unit"]


def test_two_scales_in_one_shop_are_two_answers(team: Team) -> None:
    visit = opened(team)
    for subject, value in (("cân số 1", "1.000"), ("cân số 2", "0.980")):
        record = uuid.uuid5(uuid.UUID(visit["record"]), f"DL-C01\n{subject}")
        results = team.lead.push(
            team.lead.answer(visit, "DL-C01", record, subject=subject, value=value, unit="kg")
        )
        assert statuses(results) == ["applied"]
    answers = [c["fields"] for c in team.chi.pull_all().values() if c["kind"] == "answer"]
    assert sorted(answer["value"] for answer in answers) == ["0.98", "1"]


def test_a_lead_settles_by_an_ordinary_edit_that_names_what_was_read(team: Team) -> None:
    visit = opened(team, note="sạch")
    team.binh.push(edit(team.binh, visit, note="bẩn"))
    [conflict] = conflicts(team.lead)
    read = tuple(candidate["entry"] for candidate in conflict["candidates"])
    seen = team.lead.record(visit)["version"]
    settled = edit(team.lead, visit, base=seen, settles=read, note="bẩn")
    assert statuses(team.lead.push(settled)) == ["applied"]
    assert [c["open"] for c in conflicts(team.chi)] == [False]
    assert team.chi.record(visit)["fields"]["note"] == "bẩn"


def test_a_candidate_that_came_after_the_lead_looked_stays_open(team: Team) -> None:
    visit = opened(team, note="A")
    team.binh.push(edit(team.binh, visit, note="B"))
    [conflict] = conflicts(team.lead)
    seen = team.lead.record(visit)["version"]
    team.chi.push(edit(team.chi, visit, note="C"))
    settled = edit(team.lead, visit, base=seen, settles=(conflict["candidates"][0]["entry"],), note="A")
    team.lead.push(settled)
    [left] = conflicts(team.lead)
    assert [candidate["value"] for candidate in left["candidates"]] == ["C"]


def test_only_those_who_may_settle_close_a_conflict(team: Team) -> None:
    visit = opened(team, note="sạch")
    team.binh.push(edit(team.binh, visit, note="bẩn"))
    [conflict] = conflicts(team.binh)
    read = tuple(candidate["entry"] for candidate in conflict["candidates"])
    assert codes(team.binh.push(edit(team.binh, visit, settles=read, note="bẩn"))) == ["forbidden"]


def test_a_chain_of_offline_edits_with_one_frozen_base_is_not_in_conflict_with_itself(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    chain = [edit(team.lead, visit, note=word) for word in ("một", "hai", "ba")]
    assert statuses(team.lead.push(visit, *chain)) == ["applied"] * 4
    assert team.lead.record(visit)["fields"]["note"] == "ba"


def test_a_frozen_base_shows_the_conflict_that_a_base_stamped_at_send_would_hide(team: Team) -> None:
    visit = opened(team, note="ban đầu")
    seen = team.lead.record(visit)["version"]
    first = edit(team.lead, visit, base=seen, note="lead một")
    second = edit(team.lead, visit, base=seen, note="lead hai")
    team.lead.push(first)
    team.binh.push(edit(team.binh, visit, base=team.binh.record(visit)["version"], note="bình"))
    assert statuses(team.lead.push(second)) == ["conflict"]


def test_an_edit_made_without_having_seen_the_void_disputes_it(team: Team) -> None:
    visit = opened(team)
    seen = team.lead.record(visit)["version"]
    team.lead.push(edit(team.lead, visit, base=seen, voided={"reason": "mở nhầm"}))
    results = team.binh.push(team.binh.answer(visit, "ATTP-C01", result="fail", reason="hết hạn"))
    assert statuses(results) == ["conflict"]
    assert results[0]["conflicts"][0]["field"] == "voided"
    [conflict] = conflicts(team.chi)
    assert conflict["stored"]["value"] == {"reason": "mở nhầm"}
    assert [candidate["value"] for candidate in conflict["candidates"]] == [None]


def test_a_void_made_without_having_seen_what_others_wrote_below_is_only_proposed(team: Team) -> None:
    visit = opened(team)
    seen = team.lead.record(visit)["version"]
    team.binh.push(team.binh.answer(visit, "ATTP-C01", result="pass"))
    assert statuses(team.lead.push(edit(team.lead, visit, base=seen, voided={"reason": "mở nhầm"}))) == [
        "conflict"
    ]
    assert team.chi.record(visit)["voided"] is None


def test_a_void_by_somebody_who_saw_everything_below_is_applied_and_can_be_restored(team: Team) -> None:
    visit = opened(team)
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    team.binh.push(answer)
    newest = team.lead.record(answer)["version"]
    assert statuses(team.lead.push(edit(team.lead, visit, base=newest, voided={"reason": "mở nhầm"}))) == [
        "applied"
    ]
    assert team.chi.record(visit)["voided"] == {"reason": "mở nhầm"}
    seen = team.lead.record(visit)["version"]
    assert statuses(team.lead.push(edit(team.lead, visit, base=seen, voided=None))) == ["applied"]
    assert team.chi.record(visit)["voided"] is None


def test_after_the_signature_a_change_is_a_numbered_amendment_and_never_refused(team: Team) -> None:
    visit = opened(team)
    signature = team.lead.operation(
        "signature",
        team.scope,
        visit=visit["record"],
        party="team",
        name="An",
        covers={visit["record"]: "3f2a.1"},
    )
    late = team.binh.answer(visit, "ATTP-C01", result="pass")
    assert statuses(team.lead.push(signature)) == ["applied"]
    assert statuses(team.binh.push(late)) == ["applied"]
    history = team.lead.app.test_client().get(
        f"/api/journal/records/{late['record']}", headers=team.lead.headers
    )
    entries: list[dict[str, Any]] = history.get_json()
    assert [entry["amendment"] for entry in entries] == [1]
