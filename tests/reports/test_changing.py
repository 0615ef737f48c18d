"""An issued report is looked at again: what was recorded late makes a revision due, and the office sees it."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from config.extensions import snapshot
from inspection.reports import changing
from inspection.reports.models import Report
from tasks import reports as jobs
from tests.office.browsing import Visitor
from tests.reports.conftest import District


def looked_at(district: District, report: uuid.UUID) -> Report:
    with district.app.app_context():
        jobs.look(str(report))
    return district.report(report)


def test_a_late_decision_makes_a_revision_due_and_the_revision_answers_it(busy: District) -> None:
    first = busy.order(formats=[])
    busy.compile(first)
    assert looked_at(busy, first).due is None
    visit = busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    busy.violation(visit, sanction="fine", amount=2_000_000, authority="Chủ tịch")
    due = looked_at(busy, first).due or []
    assert [
        "Xử phạt: tổng số tiền phạt (đồng)",
        3_000_000,
        5_000_000,
        ["Đến sau, 01/7/2022"],
        [str(visit)],
    ] in due
    with busy.app.app_context(), snapshot() as session:
        assert changing.look(session, first) is None, "nothing was entered since"
        assert changing.to_look_at(session, date(2022, 12, 1)) == [first]
        assert changing.to_look_at(session, date(2024, 12, 1)) == []
    second = busy.order(formats=[])
    busy.compile(second)
    assert (busy.report(first).due, busy.report(first).superseded) == (None, True)
    assert looked_at(busy, second).due is None
    with busy.app.app_context(), snapshot() as session:
        assert changing.to_look_at(session, date(2022, 12, 1)) == [second]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_office_sees_that_a_revision_is_due_and_orders_it_with_a_reason(busy: District) -> None:
    busy.world.person("manager", "manager")
    first = busy.order(formats=[])
    busy.compile(first)
    busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    looked_at(busy, first)
    visitor = Visitor(busy.app)
    visitor.sign_in("manager")
    visitor.get("/reports")
    assert "Cần bản sửa đổi" in visitor.page
    visitor.get(f"/reports/{first}")
    assert "Đến sau, 01/7/2022" in visitor.page
    visitor.submit(f"/reports/{first}/revise", {"reason": " "})
    assert "Cần ghi lý do" in visitor.page
    answer = visitor.submit(f"/reports/{first}/revise", {"reason": "Có lượt kiểm tra ghi muộn"})
    second = uuid.UUID(answer.request.path.rpartition("/")[2])
    assert busy.compile(second)
    visitor.get(f"/reports/{second}")
    assert "Có lượt kiểm tra ghi muộn" in visitor.page
    visitor.get(f"/reports/{first}")
    assert "Đã có bản mới hơn" in visitor.page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_order_is_called_back_from_its_page(busy: District) -> None:
    busy.world.person("manager", "manager")
    report = busy.order()
    visitor = Visitor(busy.app)
    visitor.sign_in("manager")
    visitor.submit(f"/reports/{report}/cancel", {})
    assert busy.report(report).status == "cancelled"
    assert not busy.compile(report)
