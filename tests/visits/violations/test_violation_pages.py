"""The office records what becomes of a violation: decision, remedy, follow-up, repetition, undo."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from inspection.checklists.catalogue import violation_types
from tests.office.conftest import Office

CODE = "ATTP-21"


def found(office: Office, visited_on: str = "2026-09-18", **fields: Any) -> uuid.UUID:
    visit = office.visit(visited_on=visited_on)
    return office.world.add(
        "violation", office.scope, visit=str(visit), code=CODE, found_on=visited_on, **fields
    )


@pytest.fixture
def catalogue(office: Office) -> None:
    act = next(one for one in violation_types() if one.code == CODE)
    office.world.add("violation_type", office.world.reference, act.id, **act.record())


DECISION = {
    "payer": "individual",
    "sanction": "fine",
    "authority": "Chủ tịch UBND xã Liêm Hà",
    "decision_number": "15/QĐ-XPHC",
    "decided_on": "2026-09-22",
    "amount": "12.000.000",
    "amount_reason": "",
}


@pytest.mark.usefixtures("catalogue")
def test_a_decision_is_recorded_and_taken_back(office: Office) -> None:
    record = found(office)
    manager = office.visitor("manager")
    manager.get(f"/violations/{record}")
    assert "Chủ tịch UBND cấp xã" in manager.page
    path = f"/violations/{record}/decision"
    manager.submit(path, {**manager.form(path), **DECISION})
    assert "15/QĐ-XPHC" in manager.page
    assert "Đã quyết định" in manager.page
    value = f"/violations/{record}/value"
    assert manager.submit(value, {**manager.form(value), "goods_value": "4000000"}).status_code == 422
    manager.submit(value, {**manager.form(value), "goods_value": "4000000", "goods_basis": "invoice"})
    pay = f"/violations/{record}/payment"
    assert "Còn phải nộp 12.000.000 ₫" in manager.page
    half = {
        **manager.form(pay),
        "paid_on": "2026-09-25",
        "paid_amount": "5.000.000",
        "receipt_number": "0071",
    }
    manager.submit(pay, half)
    assert "Còn phải nộp 7.000.000 ₫" in manager.page
    manager.get("/violations?stage=unpaid")
    assert str(record) in manager.page
    manager.get(f"/violations/{record}")
    manager.submit(pay, {**half, **manager.form(pay), "paid_amount": "12.000.000"})
    assert "Đã nộp đủ" in manager.page
    manager.get("/violations?stage=unpaid")
    assert str(record) not in manager.page
    manager.get(f"/violations/{record}")
    undo = f"/violations/{record}/undo"
    manager.submit(undo, manager.form(undo))
    assert "Còn phải nộp 7.000.000 ₫" in manager.page


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_sum_outside_the_range_needs_a_reason_and_loses_nothing(office: Office) -> None:
    record = found(office)
    manager = office.visitor("manager")
    manager.get(f"/violations/{record}")
    path = f"/violations/{record}/decision"
    form = manager.form(path)
    answer = manager.submit(path, {**form, **DECISION, "amount": "90.000.000"})
    assert answer.status_code == 422
    assert "ghi lý do" in manager.page
    assert "15/QĐ-XPHC" in manager.page
    manager.submit(
        path, {**form, **DECISION, "amount": "90.000.000", "amount_reason": "Nhiều tình tiết tăng nặng"}
    )
    assert "Mức phạt nằm ngoài khung" in manager.page
    assert "Nhiều tình tiết tăng nặng" in manager.page


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_repeats_is_recognised_and_the_list_is_filtered_by_stage(office: Office) -> None:
    decided: dict[str, Any] = {
        "sanction": "fine",
        "authority": "UBND",
        "decision_number": "1",
        "decided_on": "2026-03-02",
    }
    found(office, "2026-03-01", **decided, amount=2_000_000, remedied_on="2026-03-05")
    again = found(office, due_on="2026-09-19")
    manager = office.visitor("manager")
    manager.get(f"/violations/{again}")
    assert "tái phạm" in manager.page
    assert "chưa đối chiếu" in manager.page
    manager.get("/violations?stage=overdue")
    assert str(again) in manager.page
    assert "(1)" in manager.page
    manager.get("/violations?stage=remedied&words=bánh+đa")
    assert str(again) not in manager.page
    manager.get("/violations?words=không+có")
    assert str(again) not in manager.page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_days_that_cannot_be_are_refused_in_words(office: Office) -> None:
    record = found(office)
    manager = office.visitor("manager")
    manager.get(f"/violations/{record}")
    path = f"/violations/{record}/remedy"
    form = manager.form(path)
    for day, words in (("2999-01-01", "Ngày chưa tới."), ("2026-09-01", "Sớm hơn ngày phát hiện.")):
        assert manager.submit(path, {**form, "remedied_on": day}).status_code == 422
        assert words in manager.page
    assert manager.submit(f"/violations/{record}/rubbish", {}).status_code == 404
    auditor = office.visitor("auditor")
    assert auditor.get(f"/violations/{record}").status_code == 403
