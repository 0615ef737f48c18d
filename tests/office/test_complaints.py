"""The register: entering a petition, its course, and who never sees what."""

from __future__ import annotations

import json
import re
import uuid

import pytest

from config.extensions import db
from inspection.complaints import keys, sealing
from inspection.complaints.models import SealedIdentity
from tests.office.browsing import Visitor
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PETITION = {
    "petition_kind": "complaint",
    "channel": "desk",
    "received_on": "2026-09-21",
    "field": "measurement",
    "summary": "Khiếu nại quyết định xử phạt vì cân thiếu",
    "petitioner_type": "one",
}


def enter(office: Office, **fields: str) -> tuple[Visitor, str]:
    """A desk officer enters a petition; the page of the case."""
    desk = office.visitor("desk")
    answer = desk.submit("/complaints/new", {**PETITION, **fields})
    assert re.fullmatch(r"/complaints/[0-9a-f-]{36}", answer.request.path), desk.page
    return desk, answer.request.path


def test_a_petition_gets_the_next_number_and_its_first_due_date(office: Office) -> None:
    desk, _ = enter(office)
    assert "Đơn số 1/2026" in desk.page
    assert "01/10/2026" in desk.page, "ten days for accepting a complaint"
    enter(office)
    desk.get("/complaints")
    assert "2/2026" in desk.page


def test_the_identity_travels_sealed_and_the_inputs_have_no_name(office: Office) -> None:
    desk = office.visitor("desk")
    desk.get("/complaints/new")
    inputs = re.findall(r"<input[^>]*data-identity-part[^>]*>", desk.page)
    assert len(inputs) == 3
    assert not any(" name=" in one for one in inputs)
    assert '<fieldset class="identity" data-identity disabled>' in desk.page
    data_dir = office.world.app.config["SETTINGS"].data_dir
    identity = json.dumps({"name": "Nguyễn Thị Kín"})
    box = sealing.seal(keys.current_public_key(data_dir), identity)
    _, path = enter(office, sealed_key=box["key"], sealed_box=box["box"])
    desk.get(path)
    assert "Đã niêm phong" in desk.page
    assert "Nguyễn Thị Kín" not in desk.page
    with office.world.app.app_context():
        kept = db.session.get_one(SealedIdentity, uuid.UUID(path.rpartition("/")[2]))
        opened = sealing.open_sealed(keys.private_key(data_dir, kept.key), {"key": kept.key, "box": kept.box})
    assert opened == identity


@on_sqlite
def test_a_broken_box_is_refused_and_the_petition_stays_on_the_page(office: Office) -> None:
    desk = office.visitor("desk")
    answer = desk.submit("/complaints/new", {**PETITION, "sealed_key": "k", "sealed_box": "không phải hộp"})
    assert answer.status_code == 422
    assert "Khiếu nại quyết định xử phạt" in desk.page


def test_a_case_goes_only_where_the_law_lets_it(office: Office) -> None:
    handler = office.people["handler"]
    desk, path = enter(office, handler=str(handler))
    desk.submit(
        f"{path}/status", {**desk.form(f"{path}/status"), "target": "settled", "settled_on": "2026-09-22"}
    )
    assert "Không thể chuyển sang trạng thái này." in desk.page
    case = office.visitor("handler")
    case.get(path)
    answer = case.submit(f"{path}/status", {**case.form(f"{path}/status"), "target": "refused"})
    assert answer.status_code == 422
    assert 'id="refused-refusal_reason-error"' in case.page
    accepted = {
        "target": "accepted",
        "accepted_on": "2026-09-25",
        "acceptance_number": "5/TB",
        "handler": str(handler),
    }
    case.submit(f"{path}/status", {**case.form(f"{path}/status"), **accepted})
    assert "Đã lưu." in case.page
    assert "Đã thụ lý" in case.page
    assert "26/10/2026" in case.page, "thirty days for settling, moved off a Sunday"
    settled = {
        "target": "settled",
        "settled_on": "2026-10-20",
        "outcome": "partly",
        "decision_number": "9/QĐ",
    }
    case.submit(f"{path}/status", {**case.form(f"{path}/status"), **settled})
    assert "Đúng một phần" in case.page
    assert "Bước tiếp theo" not in case.page


@on_sqlite
def test_a_case_belongs_to_its_handler_and_to_no_inspector(office: Office) -> None:
    _, path = enter(office)
    assert office.visitor("handler").get(path).status_code == 404
    assert office.visitor("inspector").get(path).status_code == 403
    assert office.visitor("administrator").get(path).status_code == 403
    auditor = office.visitor("auditor")
    assert auditor.get(path).status_code == 200
    assert "Bước tiếp theo" not in auditor.page
    assert auditor.get(path.replace("complaints", "records") + "/history").status_code == 200
    assert auditor.get(path.replace("complaints", "records") + "/edit").status_code == 403


@on_sqlite
def test_the_register_is_narrowed_by_what_is_asked_for(office: Office) -> None:
    enter(office, received_on="2024-01-08")
    enter(office, petition_kind="recommendation", summary="Phản ánh nhãn sai")
    auditor = office.visitor("auditor")
    auditor.get("/complaints?petition_kind=recommendation")
    assert "Phản ánh nhãn sai" in auditor.page
    assert "cân thiếu" not in auditor.page
    auditor.get("/complaints?year=2024&due=overdue")
    assert "quá " in auditor.page
    auditor.get("/complaints?words=kh%C3%B4ng+c%C3%B3")
    assert "Không có kết quả phù hợp" in auditor.page


@on_sqlite
def test_a_voided_case_keeps_its_line(office: Office) -> None:
    _, path = enter(office)
    manager = office.visitor("manager")
    record = path.replace("complaints", "records")
    manager.get(f"{record}/history")
    manager.submit(f"{record}/void", {**manager.hidden(), "reason": "Vào sổ hai lần"})
    auditor = office.visitor("auditor")
    auditor.get("/complaints")
    assert "1/2026" in auditor.page
    assert "Đã hủy hiệu lực" in auditor.page
    assert office.visitor("desk").get("/").get_data(as_text=True).count(">1/2026<") == 0


@on_sqlite
def test_a_number_and_a_year_are_written_as_in_the_book(office: Office) -> None:
    desk, path = enter(office)
    desk.get(path.replace("complaints", "records") + "/history")
    assert "Đơn: 1/2026" in desk.page
    assert "2.026" not in desk.page
