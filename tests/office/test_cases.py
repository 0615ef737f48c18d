"""The desk at work: clocks with their rules, steps, several contents of one paper, links, the calendar."""

import re

import pytest

from inspection.complaints.rules import StepKind
from tests.office.browsing import Visitor
from tests.office.conftest import Office
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
    assert desk.submit(f"{second}/links", {"relation": "visit", "target": target}).status_code == 422
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
