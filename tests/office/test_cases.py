"""The desk at work: clocks with their rules, steps, several contents of one paper, links, the calendar."""

import re
import uuid
from typing import Any

import pytest

from inspection.complaints.rules import StepKind
from inspection.journal.fields import Text
from inspection.journal.kinds import registry
from tests.evidence.samples import png
from tests.office.browsing import Visitor
from tests.office.conftest import Office
from tests.office.test_attachments import attach
from tests.office.test_complaints import PETITION, enter

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ACCEPT = {"target": "accepted", "accepted_on": "2026-09-25", "acceptance_number": "5/TB"}


def accepted(office: Office, **fields: str) -> tuple[Visitor, str]:
    handler = office.people["handler"]
    desk, path = enter(office, handler=str(handler), **fields)
    desk.submit(
        f"{path}/status", {**desk.form(f"{path}/status"), **ACCEPT, **fields, "handler": str(handler)}
    )
    return desk, path


def test_a_case_explains_every_date_by_its_article(office: Office) -> None:
    desk, _ = enter(office, act_known_on="2026-09-01")
    assert "10 ngày kể từ ngày nhận đơn (21/09/2026), theo Điều 27 Luật Khiếu nại" in desk.page
    assert "Thời hiệu khiếu nại" in desk.page
    desk.get("/complaints?due=nobody")
    assert "1/2026" in desk.page


def test_only_steps_the_law_allows_are_offered_and_each_moves_its_clock(office: Office) -> None:
    desk, path = accepted(office, petition_kind="denunciation", complexity="complex")
    assert '<input type="hidden" name="step" value="extension">' in desk.page
    assert '<input type="hidden" name="step" value="suspension">' not in desk.page
    answer = desk.submit(f"{path}/steps", {"step": "extension", "happened_on": "2026-10-20", "number": ""})
    assert answer.status_code == 422
    assert "Bắt buộc" in desk.page
    desk.submit(f"{path}/steps", {"step": "extension", "happened_on": "2026-10-20", "number": "9/QĐ"})
    assert "9/QĐ" in desk.page
    assert "60 ngày kể từ ngày thụ lý" in desk.page
    assert "Tính lại do gia hạn" in desk.page
    again = desk.submit(
        f"{path}/steps", {"step": "extension", "happened_on": "2026-11-20", "number": "10/QĐ"}
    )
    assert again.status_code == 422
    assert "Không thể chuyển sang trạng thái này" in desk.page


@pytest.mark.parametrize("step", ["", "rubbish", *[str(one) for one in StepKind]])
def test_no_step_on_a_new_petition_is_ever_a_fault_of_ours(office: Office, step: str) -> None:
    desk, path = enter(office)
    answer = desk.submit(f"{path}/steps", {"step": step, "happened_on": "ngày mai", "number": "x" * 500})
    assert answer.status_code == 422


def test_another_content_of_a_paper_becomes_a_case_with_its_own_number(office: Office) -> None:
    desk, path = enter(office)
    content = {"petition_kind": "denunciation", "field": "labels", "summary": "<script>alert(1)</script>"}
    desk.get(f"{path}/contents/new")
    answer = desk.submit(f"{path}/contents/new", content)
    assert answer.request.path != path
    assert "Đơn số 2/2026" in desk.page
    assert "&lt;script&gt;" in desk.page
    assert "Cùng một đơn" in desk.page
    desk.get(path)
    assert "2/2026" in desk.page


def test_a_possible_repeat_is_proposed_and_a_person_links_it(office: Office) -> None:
    desk, first = enter(office, subject_name="Quán Bà Lan")
    desk, second = enter(office, subject_name="Quán Bà Lan", received_on="2026-10-01")
    assert "Cùng đối tượng, gần ngày" in desk.page
    target = first.rpartition("/")[2]
    desk.submit(f"{second}/links", {"relation": "repeat", "target": target})
    assert "Đơn gửi lại cùng vụ việc" in desk.page
    assert "Cùng đối tượng, gần ngày" not in desk.page
    assert desk.submit(f"{second}/links", {"relation": "visit", "target": target}).status_code == 404
    assert desk.submit(f"{second}/links", {"relation": "repeat", "target": "x"}).status_code == 422


def test_a_handler_who_left_is_marked_and_the_case_found_by_the_desk(office: Office) -> None:
    handler = office.people["handler"]
    desk, path = enter(office, handler=str(handler))
    assert "cần giao lại" not in desk.page
    world = office.world
    world.edit("person", world.reference, handler, "0", active=False)
    desk.get(path)
    assert "cần giao lại" in desk.page
    desk.get("/complaints?due=nobody")
    assert "1/2026" in desk.page


def test_a_day_off_that_is_listed_moves_open_deadlines_and_says_how_many(office: Office) -> None:
    desk, path = enter(office)
    administrator = office.visitor("administrator")
    administrator.get("/calendar")
    day = {
        "day": "2026-10-01",
        "day_type": "swapped_off",
        "off": "yes",
        "name": "Nghỉ hoán đổi",
        "source": "Thông báo 1",
    }
    administrator.submit("/calendar", day)
    assert "thời hạn thay đổi: 1" in administrator.page
    assert "Đơn vị thêm" in administrator.page
    desk.get(path)
    assert "02/10/2026" in desk.page
    assert "Tính lại do lịch nghỉ thay đổi" in desk.page
    wrong = administrator.submit("/calendar", {**day, "off": "no"})
    assert wrong.status_code == 422
    assert desk.get("/calendar").status_code == 403


def test_reclassifying_a_petition_counts_its_clock_anew(office: Office) -> None:
    desk, path = enter(office)
    record = path.rpartition("/")[2]
    desk.get(f"/records/{record}/edit")
    form = desk.hidden()
    values = {**PETITION, "petition_kind": "denunciation"}
    desk.submit(f"/records/{record}/edit", {**form, **values, "status": "received"})
    desk.get(path)
    assert re.search("7 ngày làm việc kể từ ngày nhận đơn", desk.page)


def test_a_case_and_what_was_inspected_are_linked_by_hand_and_both_pages_say_so(office: Office) -> None:
    visit = office.visit()
    breach = office.world.add("violation", office.scope, visit=str(visit), code="V-7", found_on="2026-09-20")
    _, path = enter(
        office,
        petition_kind="denunciation",
        petitioner_type="anonymous",
        handler=str(office.people["handler"]),
    )
    handler = office.visitor("handler")
    handler.get(f"{path}/links")
    for shown in ("Bánh đa Sở Kiện, 20/09/2026", "Trung thu 2026", "V-7"):
        assert shown in handler.page
    handler.get(f"{path}/links?words=không có cơ sở này")
    assert "V-7" not in handler.page
    for relation, target in (("violation", breach), ("visit", visit), ("campaign", office.campaign)):
        assert (
            handler.submit(f"{path}/links", {"relation": relation, "target": str(target)}).status_code == 200
        )
    assert "V-7, Bánh đa Sở Kiện, 20/09/2026" in handler.page
    handler.get(f"{path}/links")
    assert "Đã nối" in handler.page
    again = handler.submit(f"{path}/links", {"relation": "visit", "target": str(visit)})
    assert again.status_code == 422, "once is enough"
    for stray in (str(uuid.uuid4()), str(office.shop)):
        assert handler.submit(f"{path}/links", {"relation": "visit", "target": stray}).status_code == 404
    for role in ("inspector", "manager"):
        visitor = office.visitor(role)
        visitor.get(f"/visits/{visit}")
        assert "Đơn số 1/2026" in visitor.page
        assert (path in visitor.page) == (role == "manager"), "an inspector learns the number and no more"
    for _ in range(3):
        handler.get(path)
        [undo, *_] = re.findall(rf"{path}/links/[0-9a-f-]+/undo", handler.page)
        handler.submit(undo, {})
    assert "Chưa nối với vụ việc" in handler.page
    visitor.get(f"/visits/{visit}")
    assert "Đơn số 1/2026" not in visitor.page
    handler.submit(f"{path}/links", {"relation": "visit", "target": str(visit)})
    assert "Bánh đa Sở Kiện, 20/09/2026" in handler.page, "and it can be made again"


def test_what_a_decision_orders_and_what_was_carried_out_stand_on_the_case(office: Office) -> None:
    desk, path = accepted(office)
    early = {"stage": "due", "on": "2026-10-05", "state_money": "12,5", "individuals": "2"}
    assert desk.submit(f"{path}/remedies/new", early).status_code == 422, "nothing is decided yet"
    settle = {"target": "settled", "settled_on": "2026-10-05", "outcome": "right", "decision_number": "7/QĐ"}
    desk.get(path)
    desk.submit(f"{path}/status", {**desk.form(f"{path}/status"), **settle})
    desk.get(f"{path}/remedies/new")
    assert 'value="2026-10-05"' in desk.page
    assert desk.submit(f"{path}/remedies/new", early).status_code == 200
    assert "12,5" in desk.page
    done = {**early, "stage": "done", "on": "2026-10-04"}
    assert desk.submit(f"{path}/remedies/new", done).status_code == 422, "not before the decision"
    assert (
        desk.submit(f"{path}/remedies/new", {**done, "on": "hôm nay", "state_money": "x"}).status_code == 422
    )
    assert (
        desk.submit(f"{path}/remedies/new", {**done, "on": "2026-10-20", "state_money": "5"}).status_code
        == 200
    )
    assert desk.page.count("Đã thi hành") == 1


def test_a_petition_about_a_place_that_no_longer_exists_names_what_stands_there_now(office: Office) -> None:
    def unit(name: str, **fields: Any) -> str:
        needed: dict[str, Any] = {"code": "13456", "level": "commune", "valid_from": "2000-01-01"}
        return str(office.world.add("unit", office.world.reference, name=name, **{**needed, **fields}))

    gone = unit("Xã Liêm Phong", valid_to="2025-06-30")
    unit("Xã Liêm Hà", valid_from="2025-07-01", predecessors=[gone])
    lost = unit("Xã Không Còn", valid_to="2010-12-31")
    words = "Xã Liêm Phong (đến 30/06/2025, nay thuộc Xã Liêm Hà)"
    desk, path = enter(office, unit=gone)
    assert words in desk.page
    desk.get("/complaints/new")
    assert words in desk.page
    assert "Xã Không Còn (đến 31/12/2010)" in desk.page
    record = path.replace("complaints", "records")
    desk.get(f"{record}/edit")
    desk.submit(f"{record}/edit", {**desk.hidden(), **PETITION, "unit": lost})
    assert "Xã Không Còn (đến 31/12/2010)" in desk.page


SCRIPT = "<script>alert(1)</script>"


def test_script_in_every_text_field_is_shown_and_never_run(office: Office) -> None:
    texts = [
        name
        for kind in ("complaint", "complaint_step", "complaint_remedy", "complaint_attachment")
        for name, value in registry[kind].columns.items()
        if isinstance(value, Text) and name != "sha256"
    ]
    written = dict.fromkeys(texts, SCRIPT)
    handler = str(office.people["handler"])
    desk, path = enter(office, **{**written, "handler": handler})
    accept = {**ACCEPT, **written, "handler": handler}
    desk.submit(f"{path}/status", {**desk.form(f"{path}/status"), **accept})
    desk.submit(f"{path}/steps", {**written, "step": "dialogue", "happened_on": "2026-09-26"})
    settle = {**written, "target": "settled", "settled_on": "2026-10-05", "outcome": "right"}
    desk.submit(f"{path}/status", {**desk.form(f"{path}/status"), **settle})
    desk.submit(f"{path}/remedies/new", {**written, "stage": "due", "on": "2026-10-05"})
    attach(desk, path, png(), **written)
    shown = 0
    for role in ("desk", "auditor", "handler"):
        visitor = office.visitor(role)
        for page in (
            path,
            "/complaints",
            path.replace("complaints", "records") + "/history",
            f"/complaints?words={SCRIPT}",
        ):
            visitor.get(page)
            assert SCRIPT not in visitor.page, (role, page)
            shown += visitor.page.count("&lt;script&gt;")
    assert shown > 30


def test_a_denunciation_says_until_when_what_was_found_can_be_penalised(office: Office) -> None:
    visit = office.visit()
    breach = office.world.add("violation", office.scope, visit=str(visit), code="V-7", found_on="2026-09-18")
    for kind in ("denunciation", "complaint"):
        desk, path = enter(office, petition_kind=kind)
        assert "Điều 42 khoản 2" not in desk.page
        desk.submit(f"{path}/links", {"relation": "violation", "target": str(breach)})
        assert ("Điều 42 khoản 2" in desk.page) == (kind == "denunciation")
        assert ("18/09/2027" in desk.page) == (kind == "denunciation")


@pytest.mark.parametrize("undone", [False, True])
def test_a_link_to_a_visit_that_was_merged_shows_the_one_that_stayed(office: Office, *, undone: bool) -> None:
    kept, merged = office.visit(), office.visit()
    breach = office.world.add("violation", office.scope, visit=str(merged), code="V-7", found_on="2026-09-20")
    _, path = enter(
        office, petition_kind="denunciation", petitioner_type="anonymous",
        handler=str(office.people["handler"]),
    )  # fmt: skip
    handler = office.visitor("handler")
    for relation, target in (("visit", merged), ("violation", breach)):
        handler.submit(f"{path}/links", {"relation": relation, "target": str(target)})
    lead, manager = office.visitor("lead"), office.visitor("manager")
    pair = f"/visits/{kept}/same/{merged}"
    lead.get(pair)
    lead.submit(pair, {**lead.form(pair), "keep": str(kept), "reason": "mở hai lần"})
    if undone:
        lead.get(f"/campaigns/{office.campaign}/same-visits")
        undo = lead.page.split('action="/visit-merges/')[1].split('"')[0]
        lead.submit(f"/visit-merges/{undo}", {})
    manager.get(path)
    assert (f'href="/visits/{kept}"' in manager.page) is not undone
    assert (f'href="/visits/{merged}"' in manager.page) is undone
    assert (f'href="/violations/{breach}"' in manager.page) is undone
    assert (f'href="/records/{merged}/history"' in manager.page) is not undone, (
        "the journal keeps what was linked"
    )
    assert manager.page.count("Liên kết được lập khi chưa nhập") == (0 if undone else 2)
    for visit, shown in ((kept, not undone), (merged, True)):
        manager.get(f"/visits/{visit}")
        assert (path in manager.page) is shown
    handler.get(path)
    assert "V-7" in handler.page
    handler.get(f"{path}/links")
    assert "Đã nối" in handler.page, "it is not offered once more"
