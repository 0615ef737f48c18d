"""Signing in and out of the office, and what guards every page."""

from __future__ import annotations

import pytest
from flask import Flask

from config.extensions import db, now, write
from inspection.people import operations
from inspection.people.models import Device
from tests.office.browsing import Visitor
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_somebody_signs_in_and_comes_to_the_page_that_was_asked_for(office: Office) -> None:
    visitor = Visitor(office.world.app)
    visitor.get("/campaigns")
    assert 'name="next" value="/campaigns"' in visitor.page
    answer = visitor.submit(
        "/sign-in", {"username": "manager", "password": "mật khẩu của bài kiểm tra", "next": "/campaigns"}
    )
    assert answer.request.path == "/campaigns"
    assert "Trung thu 2026" in visitor.page
    assert "Huyện Thanh Liêm" in visitor.page


@on_sqlite
def test_a_wrong_password_is_said_kindly_and_the_name_stays(office: Office) -> None:
    visitor = Visitor(office.world.app)
    answer = visitor.sign_in("manager", "sai mất rồi đấy")
    assert answer.status_code == 401
    assert "Sai tên đăng nhập hoặc mật khẩu." in visitor.page
    assert 'value="manager"' in visitor.page


@on_sqlite
def test_too_many_failures_wait_with_a_number_of_seconds(office: Office) -> None:
    visitor = Visitor(office.world.app)
    for _ in range(5):
        assert visitor.sign_in("manager", "sai mất rồi đấy").status_code == 401
    answer = visitor.sign_in("manager")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 30


@on_sqlite
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(office: Office) -> None:
    visitor = Visitor(office.world.app)
    answer = visitor.client.post(
        "/sign-in",
        data={"csrf_token": visitor.token, "username": "desk", "password": "mật khẩu của bài kiểm tra"},
        **visitor.https,
    )
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Secure"))


def test_a_copied_cookie_is_of_no_use_after_signing_out(office: Office) -> None:
    visitor = office.visitor("manager")
    thief = Visitor(office.world.app)
    copied = visitor.client.get_cookie("__Host-office", domain="office.example")
    assert copied is not None
    visitor.submit("/sign-out", {})
    thief.client.set_cookie("__Host-office", copied.value, domain="office.example", secure=True)
    assert thief.get("/campaigns").request.path == "/sign-in"


@on_sqlite
def test_signing_in_again_makes_a_new_session_and_a_new_device(office: Office) -> None:
    first, second = office.visitor("desk"), office.visitor("desk")
    with (
        first.client.session_transaction(**first.https) as one,
        second.client.session_transaction(**second.https) as two,
    ):
        assert one["device"] != two["device"]


def test_a_revoked_session_ends_at_its_next_request(office: Office) -> None:
    visitor = office.visitor("manager")
    with visitor.client.session_transaction(**visitor.https) as session:
        device = session["device"]
    with office.world.app.app_context(), write() as transaction:
        found = next(one for one in transaction.query(Device) if str(one.id) == device)
        operations.revoke_device(transaction, found.id, now())
    assert visitor.get("/campaigns").request.path == "/sign-in"


@on_sqlite
def test_somebody_who_was_let_go_is_out_at_once(office: Office) -> None:
    visitor = office.visitor("desk")
    office.world.edit("person", office.world.reference, office.people["desk"], "0", active=False)
    assert visitor.get("/complaints").request.path == "/sign-in"


@on_sqlite
def test_a_form_without_its_token_writes_nothing(office: Office) -> None:
    visitor = office.visitor("manager")
    answer = visitor.client.post(
        "/campaigns/new", data={"name": "Giả"}, follow_redirects=True, **visitor.https
    )
    assert "Trang đã mở quá lâu" in answer.get_data(as_text=True)


@on_sqlite
def test_a_page_runs_nothing_but_files_of_this_site_and_is_kept_nowhere(office: Office) -> None:
    headers = office.visitor("manager").get("/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"


@on_sqlite
def test_english_is_one_button_away_and_stays(office: Office) -> None:
    visitor = office.visitor("manager")
    visitor.submit("/language", {"language": "en", "back": "/campaigns"})
    assert '<html lang="en">' in visitor.page
    assert "Thanh Liem District" in visitor.page
    visitor.submit("/sign-out", {})
    assert "You are signed out." in visitor.page


@on_sqlite
def test_what_is_forbidden_or_missing_has_a_page_in_both_languages(office: Office) -> None:
    visitor = office.visitor("auditor")
    assert visitor.get("/people").status_code == 403
    assert "Không có quyền" in visitor.page
    assert visitor.get("/nothing/here").status_code == 404
    assert "Không tìm thấy trang" in visitor.page
    visitor.submit("/language", {"language": "en"})
    visitor.get("/nothing/here")
    assert "Page not found" in visitor.page


@on_sqlite
def test_a_database_that_is_away_has_a_page_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("away"))

    visitor = Visitor(app)
    token = visitor.token
    monkeypatch.setattr("inspection.people.signing_in.throttle.count", away)
    answer = visitor.client.post(
        "/sign-in", data={"csrf_token": token, "username": "a", "password": "b"}, **visitor.https
    )
    assert answer.status_code == 503
    assert "Tạm thời gián đoạn" in answer.get_data(as_text=True)
    with app.app_context():
        db.session.rollback()
