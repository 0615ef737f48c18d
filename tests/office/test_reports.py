"""Ordering a report, following it, and fetching it."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import update

from config.extensions import write
from inspection.reports import operations
from inspection.reports.models import Report
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
QUARTER = {"kind": "violation_summary", "period": "quarter", "year": "2026", "number": "3", "formats": "xlsx"}


@on_sqlite
def test_the_form_shows_the_window_that_a_period_stands_for(office: Office) -> None:
    manager = office.visitor("manager")
    manager.submit("/reports/new", {**QUARTER, "show_window": "yes"})
    assert "Số liệu từ 15/06/2026 đến hết 14/09/2026" in manager.page
    upside_down = {"period": "range", "first": "2026-09-30", "last": "2026-09-01", "show_window": "yes"}
    manager.submit("/reports/new", {**QUARTER, **upside_down})
    assert "Ngày cuối không được sớm hơn ngày đầu." in manager.page


@on_sqlite
def test_an_auditor_orders_the_register_and_not_the_summary(office: Office) -> None:
    auditor = office.visitor("auditor")
    assert auditor.submit("/reports/new", QUARTER).status_code == 403
    assert auditor.submit("/reports/new", {**QUARTER, "kind": "complaint_register"}).status_code == 200


@on_sqlite
def test_an_order_is_followed_until_it_is_done(office: Office) -> None:
    manager = office.visitor("manager")
    path = manager.submit("/reports/new", QUARTER).request.path
    assert "data-progress=" in manager.page
    told = manager.client.get(f"{path}/progress", **manager.https).get_json()
    assert told == {"progress": 0.0, "finished": False, "words": "Đã xong 0%"}


@on_sqlite
def test_a_report_that_failed_says_why_and_is_ordered_again(office: Office) -> None:
    manager = office.visitor("manager")
    path = manager.submit("/reports/new", QUARTER).request.path
    with office.world.app.app_context(), write() as session:
        hold = operations.claim(session, uuid.UUID(path.rpartition("/")[2]))
        assert hold is not None
        operations.fail(session, hold, "figures_do_not_add_up")
    manager.get(path)
    assert "Số liệu không khớp nên báo cáo không được phát hành." in manager.page
    answer = manager.submit(f"{path}/retry", {})
    assert answer.request.path != path
    assert "15/6/2026" in manager.page


@on_sqlite
def test_a_report_of_another_district_is_not_found(office: Office) -> None:
    manager = office.visitor("manager")
    assert manager.get(f"/reports/{uuid.uuid4()}").status_code == 404


@on_sqlite
def test_a_revision_says_what_has_changed(office: Office) -> None:
    manager = office.visitor("manager")
    path = manager.submit("/reports/new", QUARTER).request.path
    for found, said in (
        (
            [["Tổng số: số vi phạm", 1200, 1203, ["Bún Bảy, 01/7/2022"]]],
            ["số vi phạm", "1.200", "1.203", "Bún Bảy"],
        ),
        ([], ["không thay đổi"]),
    ):
        with office.world.app.app_context(), write() as session:
            session.execute(
                update(Report)
                .where(Report.id == uuid.UUID(path.rpartition("/")[2]))
                .values(revision=2, status="done", changes=found)
            )
        manager.get(path)
        assert all(word in manager.page for word in said)
