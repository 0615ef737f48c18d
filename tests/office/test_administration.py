"""People, devices, operations kept aside, the matrix and the journal as pages."""

from __future__ import annotations

import re

import pytest

from inspection.health import runs
from tasks.schedule import REGULAR
from tests.office.browsing import Visitor
from tests.office.conftest import Office
from tests.world import statuses

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_new_person_signs_in_with_the_password_that_was_shown_once(office: Office) -> None:
    administrator = office.visitor("administrator")
    administrator.submit(
        "/people/new", {"full_name": "Trần Mới", "roles": ["desk", "handler"], "username": "Tran.Moi"}
    )
    [password] = re.findall(r'<code class="password">([^<]+)</code>', administrator.page)
    administrator.get("/people")
    assert "Trần Mới" in administrator.page
    assert password not in administrator.page
    visitor = Visitor(office.world.app)
    assert visitor.sign_in("tran.moi", password).request.path == "/account"
    assert "Trần Mới" in visitor.page


@on_sqlite
def test_a_user_name_that_is_taken_leaves_nobody_half_entered(office: Office) -> None:
    administrator = office.visitor("administrator")
    answer = administrator.submit(
        "/people/new", {"full_name": "Trần Mới", "roles": "desk", "username": "DESK"}
    )
    assert answer.status_code == 422
    assert "Tên đăng nhập đã có người dùng." in administrator.page
    administrator.get("/people")
    assert "Trần Mới" not in administrator.page


def test_a_new_password_ends_every_session_of_the_old_one(office: Office) -> None:
    desk = office.visitor("desk")
    administrator = office.visitor("administrator")
    administrator.submit(f"/people/{office.people['desk']}/password", {})
    [password] = re.findall(r'<code class="password">([^<]+)</code>', administrator.page)
    assert desk.get("/complaints").request.path == "/sign-in"
    assert Visitor(office.world.app).sign_in("desk").status_code == 401
    assert Visitor(office.world.app).sign_in("desk", password).request.path == "/account"


@on_sqlite
def test_whoever_is_let_go_is_out_and_comes_back_when_taken_back(office: Office) -> None:
    desk, administrator = office.visitor("desk"), office.visitor("administrator")
    person = f"/people/{office.people['desk']}"
    administrator.get(person)
    administrator.submit(f"{person}/activity", {**administrator.form(f"{person}/activity"), "active": "no"})
    assert "ngừng hoạt động" in administrator.page
    assert desk.get("/").request.path == "/sign-in"
    assert Visitor(office.world.app).sign_in("desk").status_code == 401
    administrator.submit(f"{person}/activity", {**administrator.form(f"{person}/activity"), "active": "yes"})
    assert Visitor(office.world.app).sign_in("desk").request.path == "/"


@on_sqlite
def test_an_administrator_cannot_lock_out_the_administrator(office: Office) -> None:
    administrator = office.visitor("administrator")
    person = f"/people/{office.people['administrator']}"
    administrator.submit(f"{person}/activity", {"base": "0", "active": "no"})
    assert "Không thể tự ngừng hoạt động" in administrator.page


def test_a_phone_that_is_revoked_reads_no_more_and_what_it_sends_is_kept(office: Office) -> None:
    phone = office.world.phone("inspector")
    administrator = office.visitor("administrator")
    administrator.submit(f"/devices/{phone.device}/revoke", {})
    assert "Đã thu hồi thiết bị" in administrator.page
    assert phone.post("/api/sync/pull", {"cursors": {}}).status_code == 403
    sent = {"operations": [phone.visit(office.campaign, office.shop)]}
    assert phone.post("/api/sync/push", sent).status_code == 403
    administrator.get("/parked?status=quarantined")
    assert "Lượt kiểm tra" in administrator.page
    assert "Thiết bị này đã bị thu hồi" in administrator.page


def test_a_refused_operation_is_told_in_words_and_admitted_under_its_authors_name(office: Office) -> None:
    other = office.world.campaign()
    phone = office.world.phone("inspector")
    visit = phone.visit(other, office.shop, note="Đi nhầm đợt")
    assert statuses(phone.push(visit)) == ["rejected"]
    administrator = office.visitor("administrator")
    administrator.get("/parked")
    assert "Lượt kiểm tra: Bánh đa Sở Kiện" in administrator.page
    [page] = re.findall(r'href="(/parked/[0-9a-f-]{36})"', administrator.page)
    administrator.get(page)
    assert "Không có quyền làm việc này." in administrator.page
    assert "Đi nhầm đợt" in administrator.page
    assert "20/09/2026, 08:11" in administrator.page
    administrator.submit(f"{page}/admit", {})
    assert "Đã chấp nhận thao tác dưới tên người ghi." in administrator.page
    manager = office.visitor("manager")
    manager.get(f"/records/{visit['record']}/history")
    assert "Inspector ghi lúc" in manager.page
    assert "Do Administrator chấp nhận" in manager.page


@on_sqlite
def test_dismissing_needs_a_reason_and_keeps_the_content(office: Office) -> None:
    phone = office.world.phone("inspector")
    phone.push(phone.visit(office.world.campaign(), office.shop))
    administrator = office.visitor("administrator")
    administrator.get("/parked")
    [page] = re.findall(r'href="(/parked/[0-9a-f-]{36})"', administrator.page)
    assert administrator.submit(f"{page}/dismiss", {"reason": " "}).status_code == 422
    administrator.submit(f"{page}/dismiss", {"reason": "Trùng"})
    administrator.get("/parked?status=dismissed")
    assert page in administrator.page
    administrator.get(page)
    assert "Trùng" in administrator.page


@on_sqlite
def test_what_a_phone_sends_of_a_petition_stays_sealed_in_the_queue(office: Office) -> None:
    phone = office.world.phone("manager")
    case = phone.operation("complaint", "", summary="Bà Nguyễn Thị Kín tố cáo")
    case["scope"] = f"complaint:{case['record']}"
    case["fields"]["petitioner_name"] = "Nguyễn Thị Kín"
    assert statuses(phone.push(case)) == ["rejected"]
    administrator = office.visitor("administrator")
    administrator.get("/parked")
    [page] = re.findall(r'href="(/parked/[0-9a-f-]{36})"', administrator.page)
    administrator.get(page)
    assert "Nội dung đã niêm phong" in administrator.page
    assert "Nguyễn Thị Kín" not in administrator.page


@on_sqlite
def test_the_matrix_is_a_page_that_everybody_can_read(office: Office) -> None:
    administrator = office.visitor("administrator")
    administrator.get("/permissions")
    assert administrator.page.count('<th scope="col">Quản trị viên</th>') == 2
    assert "Giải quyết mục chưa thống nhất" in administrator.page


@on_sqlite
def test_the_administrator_sees_in_the_morning_that_no_backup_was_ever_made(office: Office) -> None:
    administrator = office.visitor("administrator")
    administrator.get("/")
    assert "Chưa có bản sao lưu nào được ghi nhận" in administrator.page
    with office.world.app.app_context(), runs.noted(runs.BACKUP, runs.DAY):
        pass
    administrator.get("/")
    assert "Chưa có bản sao lưu nào được ghi nhận" not in administrator.page


@on_sqlite
def test_every_regular_job_is_called_by_its_name(office: Office) -> None:
    with office.world.app.app_context():
        for job, every in REGULAR.items():
            with runs.noted(job, every):
                pass
    administrator = office.visitor("administrator")
    administrator.get("/administration/operation")
    named = re.findall(
        r'<th scope="row" data-label="Việc">([^<]+)<span class="under"><code>([^<]+)', administrator.page
    )
    assert {job for _, job in named} >= set(REGULAR)
    assert [job for name, job in named if name == job] == []
