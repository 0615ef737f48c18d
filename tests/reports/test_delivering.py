"""A finished report goes to the distribution list, once, with its documents and with what happened."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from config.extensions import db, write
from inspection.mail.models import Mail
from inspection.reports import delivering, operations
from inspection.reports.deadlines import deadline_of
from inspection.reports.models import Report, ReportKind
from inspection.reports.periods import Period, PeriodKind, legal
from tests.office.browsing import Visitor
from tests.reports.conftest import REGISTER, SUMMARY, District

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CUT_OFF = datetime(2022, 9, 15, 0, 5, tzinfo=VIETNAM)


def recipient(district: District, email: str, *, register: bool = False) -> uuid.UUID:
    world = district.world
    return world.add("recipient", world.reference, name="Sở Công Thương", email=email, register=register)


def order_due(district: District, at: datetime = CUT_OFF) -> list[uuid.UUID]:
    with district.app.app_context(), write() as session:
        return [report.id for report in operations.order_due(session, at)]


def letters(district: District) -> list[Mail]:
    with district.app.app_context():
        found = list(db.session.scalars(select(Mail).order_by(Mail.occasion, Mail.recipient)))
        for one in found:
            assert one.text
            db.session.expunge(one)
        return found


def test_the_report_of_a_cut_off_is_mailed_by_itself_with_its_documents(busy: District) -> None:
    recipient(busy, "tinh@example.vn")
    recipient(busy, "thanhtra@example.vn", register=True)
    gone = recipient(busy, "cu@example.vn")
    busy.world.add("recipient", busy.world.reference, gone, voided={"reason": "Đã nghỉ"})
    for report in order_due(busy):
        busy.compile(report)
    found = letters(busy)
    assert {(one.subject.partition(":")[0], one.recipient) for one in found} == {
        ("Dự thảo báo cáo kết quả kiểm tra liên ngành", "thanhtra@example.vn"),
        ("Dự thảo báo cáo kết quả kiểm tra liên ngành", "tinh@example.vn"),
        ("Dự thảo sổ theo dõi đơn", "thanhtra@example.vn"),
        ("Dự thảo biểu xử lý đơn, giải quyết khiếu nại, tố cáo", "thanhtra@example.vn"),
        ("Dự thảo sổ tiếp công dân", "thanhtra@example.vn"),
    }
    quarter = next(one for one in found if "quý III năm 2022" in one.subject)
    assert sorted(one["name"] for one in quarter.attachments) == [
        f"bao-cao-kiem-tra_2022-09-14_ban-1.{ending}" for ending in ("docx", "pdf", "xlsx")
    ]
    for said in ("ĐÃ LÀM GÌ", "03 lượt kiểm tra", "KHÁC KỲ TRƯỚC Ở ĐÂU", "Hạn gửi", "/reports/"):
        assert said in quarter.text


def test_a_report_ordered_by_hand_goes_out_when_somebody_says_so_and_to_nobody_twice(busy: District) -> None:
    recipient(busy, "tinh@example.vn")
    report = busy.order()
    busy.compile(report)
    assert letters(busy) == []
    counts = []
    for _ in range(2):
        with busy.app.app_context(), write() as session:
            counts.append(len(delivering.send(session, report, "https://office.example")))
    recipient(busy, "moi@example.vn")
    with busy.app.app_context(), write() as session:
        counts.append(len(delivering.send(session, report, "https://office.example")))
    assert counts == [1, 0, 1]
    assert {one.about for one in letters(busy)} == {f"/reports/{report}"}


def test_the_mail_of_a_revision_says_why_and_what_changed(busy: District) -> None:
    busy.compile(busy.order())
    busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    recipient(busy, "tinh@example.vn")
    second = busy.order()
    busy.compile(second)
    with busy.app.app_context(), write() as session:
        session.get_one(Report, second).reason = "Có lượt kiểm tra ghi muộn"
        delivering.send(session, second, "https://office.example")
    (letter,) = letters(busy)
    assert "bản sửa đổi lần 1" in letter.subject
    assert "Lý do: có lượt kiểm tra ghi muộn." in letter.text
    assert "- Tổng số: số lượt: 03 → 04" in letter.text


def test_two_clocks_at_the_same_moment_order_each_report_once(busy: District) -> None:
    made: list[list[uuid.UUID]] = []
    clocks = [threading.Thread(target=lambda: made.append(order_due(busy))) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    due = 3 * len(ReportKind)  # month, quarter and nine months
    assert sum(len(one) for one in made) == due
    with busy.app.app_context():
        kept = list(db.session.scalars(select(Report.occasion)))
    assert len(kept) == len(set(kept)) == due


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_office_keeps_the_list_and_the_journal_knows(busy: District) -> None:
    busy.world.person("manager", "manager")
    visitor = Visitor(busy.app)
    visitor.sign_in("manager")
    assert "Chưa có ai trong danh sách" in visitor.get("/reports/recipients").get_data(as_text=True)
    visitor.submit("/reports/recipients", {"name": "Sở Công Thương", "email": "sct@example.vn"})
    assert "sct@example.vn" in visitor.page
    refused = visitor.submit("/reports/recipients", {"name": "Ai đó", "email": "không phải địa chỉ"})
    assert refused.status_code == 422
    assert "địa chỉ thư điện tử" in visitor.page
    report = busy.order()
    busy.compile(report)
    visitor.submit(f"/reports/{report}/send", {})
    assert "Đã xếp 1 thư vào hàng gửi" in visitor.page
    visitor.submit(f"/reports/{report}/send", {})
    assert "đã có báo cáo này" in visitor.page


@pytest.mark.parametrize(
    ("kind", "period", "day"),
    [
        (SUMMARY, legal(PeriodKind.QUARTER, 2022, 3), "2022-09-15"),
        (SUMMARY, legal(PeriodKind.MONTH, 2022, 5), "2022-05-16"),  # the 14th was a Saturday
        (REGISTER, legal(PeriodKind.QUARTER, 2026, 1), "2026-03-17"),
        (REGISTER, legal(PeriodKind.QUARTER, 2022, 3), "2022-09-15"),
    ],
)
def test_deadlines_are_dated(kind: ReportKind, period: Period, day: str) -> None:
    found = deadline_of(kind, period.document())
    assert found.day is not None
    assert found.day.isoformat() == day
    assert found.source


def test_a_campaign_is_owed_when_its_plan_says() -> None:
    now = datetime.now(UTC).date()
    assert deadline_of(SUMMARY, Period(PeriodKind.RANGE, now, now).document()).day is None
