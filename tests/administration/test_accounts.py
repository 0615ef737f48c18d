"""One's own password, what is refused as one, and what the journal knows of accounts and devices."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.administration.models import AccessEvent
from inspection.journal import history
from inspection.people.models import Account, Device
from inspection.people.passwords import hash_password, new_password
from inspection.people.policy import scope_of
from tests.office.browsing import Visitor
from tests.world import PASSWORD, World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEW = "bốn con trâu uống trà đá"


@pytest.mark.parametrize(
    "password",
    ["password1234", "matkhau123456", "mậtkhẩu123456", "qwertyuiop12", "111111111111", "thanhliem2026",
     "NguyenVanAn1", "nguyen.van.an", "iloveyou1234", "123456789012", "aaaaaaaaaaaaaaaaaaaaaaaa"],
)  # fmt: skip
def test_a_password_that_leaked_or_is_made_of_what_everybody_knows_is_refused(password: str) -> None:
    with pytest.raises(Refusal) as refused:
        hash_password(password, "nguyen.van.an", "Nguyễn Văn An")
    assert refused.value.code == "guessable_password"


@pytest.mark.parametrize("password", [NEW, PASSWORD, "correct horse battery staple", "a random one"])
def test_several_words_or_a_random_one_are_taken(password: str) -> None:
    chosen = new_password() if password == "a random one" else password
    assert hash_password(chosen, "an").startswith("$argon2id$")


def test_a_new_password_keeps_this_session_and_ends_every_other(app: Flask) -> None:
    world = World(app)
    world.person("quan", "manager")
    here, there, phone = Visitor(app), Visitor(app), world.phone("quan")
    here.sign_in("quan")
    there.sign_in("quan")
    right = {"present": PASSWORD, "new": NEW, "again": NEW}
    for wrong in (
        {"present": "sai mật khẩu này"},
        {"again": "khác"},
        {"new": "ngắn", "again": "ngắn"},
        {"new": "password12345", "again": "password12345"},
    ):
        assert here.submit("/account/password", right | wrong).status_code == 422
    here.submit("/account/password", right)
    assert "Đã đổi mật khẩu" in here.page
    assert there.get("/campaigns").request.path == "/sign-in"
    assert phone.post("/api/sync/pull", {}).status_code == 403
    again = Visitor(app)
    assert again.sign_in("quan", PASSWORD).status_code == 401
    assert again.sign_in("quan", NEW).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(AccessEvent.act)).all() == ["password_changed"]
        assert history.verify(db.session()) == []


@on_sqlite
def test_one_ends_ones_own_phone_and_nobody_elses(app: Flask) -> None:
    world = World(app)
    world.person("quan", "manager")
    world.person("an", "inspector")
    own, other = world.phone("quan"), world.phone("an")
    person = Visitor(app)
    person.sign_in("quan")
    ended = {"device": own.device, "present": PASSWORD}
    assert person.submit("/account/devices/end", {**ended, "device": other.device}).status_code == 404
    assert person.submit("/account/devices/end", {**ended, "present": "sai mật khẩu"}).status_code == 422
    assert own.post("/api/sync/pull", {}).status_code == 200, "without the password nothing ends"
    person.submit("/account/devices/end", ended)
    assert own.post("/api/sync/pull", {}).status_code == 403
    assert other.post("/api/sync/pull", {}).status_code == 200


@on_sqlite
def test_what_an_administrator_does_to_access_is_in_the_journal_and_on_no_inspectors_phone(
    app: Flask,
) -> None:
    world = World(app)
    person = world.person("an", "inspector")
    world.person("admin", "administrator")
    phone = world.phone("an")
    admin = Visitor(app)
    admin.sign_in("admin")
    admin.submit(f"/devices/{phone.device}/revoke", {})
    admin.submit(f"/people/{person}/password", {})
    with app.app_context():
        done = db.session.execute(select(AccessEvent.act, AccessEvent.person, AccessEvent.device)).all()
        assert [tuple(row) for row in done] == [
            ("device_revoked", person, phone.device),
            ("password_reset", person, None),
        ]
        entries = list(history.entries(db.session(), scope_of(world.jurisdiction)))
        author = db.session.scalars(select(Device.person).where(Device.platform == "office")).one()
        assert {entry["user"] for entry in entries} == {author}
    world.person("binh", "inspector")
    assert not any(scope.startswith("administration") for scope in world.phone("binh").pull()["scopes"])


@on_sqlite
def test_an_event_is_never_changed_and_never_voided(app: Flask) -> None:
    world = World(app)
    world.person("admin", "administrator")
    scope, phone = scope_of(world.jurisdiction), world.phone("admin")
    made = phone.operation("access_event", scope, act="password_reset")
    changed = phone.operation("access_event", scope, made["record"], act="device_revoked")
    voided = phone.operation("access_event", scope, made["record"], voided={"reason": "x"})
    results = phone.push(made, changed, voided)
    assert [result["status"] for result in results] == ["applied", "rejected", "rejected"]


@on_sqlite
def test_the_machine_and_the_agencies_have_their_pages(app: Flask) -> None:
    world = World(app)
    world.person("admin", "administrator")
    agency = world.add("agency", world.reference, code="police", name_vi="Công an huyện", name_en="Police")
    admin = Visitor(app)
    admin.sign_in("admin")
    assert admin.get("/administration/operation").status_code == 200
    assert "Chưa có bản sao lưu nào được ghi nhận" in admin.page
    admin.get(f"/records/{agency}/edit")
    renamed = {**admin.hidden(), "name_vi": "Công an xã Thanh Liêm", "name_en": "Police"}
    answer = admin.submit(f"/records/{agency}/edit", renamed)
    assert answer.request.path == "/administration/agencies"
    assert "Công an xã Thanh Liêm" in admin.page


def test_a_password_that_was_handed_over_is_replaced_before_anything_else(app: Flask) -> None:
    world = World(app)
    world.person("admin", "administrator")
    admin, person = Visitor(app), Visitor(app)
    admin.sign_in("admin")
    admin.submit("/people/new", {"full_name": "Lê Lan", "roles": "manager", "username": "lan"})
    [handed] = re.findall(r'<code class="password">([^<]+)', admin.page)
    person.sign_in("lan", handed)
    assert person.get("/campaigns").request.path == "/account"
    assert "Mật khẩu này do người khác cấp" in person.page
    person.submit("/account/password", {"present": handed, "new": handed, "again": handed})
    assert person.get("/campaigns").request.path == "/account", "the same again is no password of one's own"
    person.submit("/account/password", {"present": handed, "new": NEW, "again": NEW})
    assert person.get("/campaigns").request.path == "/campaigns"
    again = Visitor(app)
    again.sign_in("lan", NEW)
    assert again.get("/campaigns").request.path == "/campaigns"


@on_sqlite
def test_a_password_that_was_handed_over_opens_nothing_after_two_weeks(app: Flask) -> None:
    world = World(app)
    person = world.person("lan", "inspector")
    with app.app_context(), write() as session:
        account = session.get_one(Account, person)
        account.initial, account.password_set_at = True, now() - timedelta(days=13)
    assert Visitor(app).sign_in("lan").status_code == 200
    with app.app_context(), write() as session:
        session.get_one(Account, person).password_set_at = now() - timedelta(days=15)
    device = {"name": "x", "platform": "android"}
    answer = app.test_client().post(
        "/api/auth/login", json={"username": "lan", "password": PASSWORD, "device": device}
    )
    assert (answer.status_code, answer.json["code"]) == (401, "wrong_credentials")  # type: ignore[index]  # a refusal


@on_sqlite
def test_a_phone_is_enrolled_with_a_password_of_ones_own(app: Flask) -> None:
    world = World(app)
    person = world.person("lan", "inspector")
    with app.app_context(), write() as session:
        session.get_one(Account, person).initial = True

    def enrol(**given: str) -> tuple[int, str]:
        body = {
            "username": "lan",
            "password": PASSWORD,
            "device": {"name": "x", "platform": "phone"},
            **given,
        }
        answer = app.test_client().post("/api/auth/login", json=body)
        return answer.status_code, (answer.json or {}).get("code", "")

    assert enrol() == enrol(new_password=PASSWORD) == (403, "initial_password")
    assert enrol(password="sai mật khẩu", new_password=NEW) == (401, "wrong_credentials")
    assert enrol(new_password="password12345") == (422, "guessable_password")
    with app.app_context():
        assert db.session.scalars(select(Device).where(Device.person == person)).all() == []
    assert enrol(new_password=NEW) == (200, "")
    assert enrol() == (401, "wrong_credentials")
    assert enrol(password=NEW) == (200, "")
    with app.app_context():
        assert db.session.scalars(select(AccessEvent.act)).all() == ["password_changed"]
