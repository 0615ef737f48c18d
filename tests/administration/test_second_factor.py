"""A code besides the password: set up, asked for, guessed at, lost, required by the office."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update

from config.extensions import db, now, write
from inspection.administration.models import AccessEvent
from inspection.people import second_factor
from inspection.people.models import Device, SecondFactor
from inspection.people.policy import policy_record, scope_of
from tests.office.browsing import Visitor
from tests.world import PASSWORD, World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECRET = re.compile(r'<code class="password">([A-Z2-7]{32})</code>')
CODES = re.compile(r"<li><code>([a-z0-9-]{27})</code>")


def code_at(shared: str, steps: int = 0) -> str:
    return pyotp.TOTP(shared).at(int(time.time()) + steps * second_factor.STEP)


class Person(Visitor):
    """A visitor with an authenticator app."""

    shared: str
    recovery: list[str]

    def enrol(self) -> None:
        assert self.submit("/account/factor", {"present": "không phải"}).status_code == 422
        self.submit("/account/factor", {"present": PASSWORD})
        found = SECRET.search(self.page)
        assert found is not None, self.page
        assert "<svg" in self.page
        self.shared = found[1]
        self.submit("/account/factor/confirm", {"code": code_at(self.shared, -1)})
        self.recovery = CODES.findall(self.page)
        assert len(self.recovery) == second_factor.RECOVERY_CODES

    def enters(self, code: str) -> int:
        return self.submit("/sign-in/code", {"code": code}).status_code

    def is_inside(self) -> bool:
        return self.client.get("/account", **self.https).status_code == 200


@pytest.fixture
def world(app: Flask) -> World:
    found = World(app)
    found.person("quan", "manager")
    found.person("admin", "administrator")
    return found


@pytest.fixture
def person(app: Flask, world: World) -> Person:
    """Somebody who has set it up in another browser and stands before this one."""
    before = Person(app)
    before.sign_in("quan")
    before.enrol()
    found = Person(app)
    found.shared, found.recovery = before.shared, before.recovery
    return found


def test_after_the_password_a_code_is_asked_for_and_each_code_works_once(app: Flask, person: Person) -> None:
    person.sign_in("quan")
    assert 'autocomplete="one-time-code"' in person.page
    assert not person.is_inside(), "the password alone opens nothing"
    assert person.enters("000000") == 401
    used = code_at(person.shared)
    assert person.enters(used) == 200
    assert person.is_inside()
    thief = Person(app)
    thief.sign_in("quan")
    assert thief.enters(used) == 401, "a code that somebody saw over the shoulder"
    assert thief.enters(code_at(person.shared, 1)) == 200, "the next one of the same app"


@on_sqlite
def test_the_secret_is_in_no_table_and_another_key_opens_nothing(app: Flask, person: Person) -> None:
    with app.app_context(), write() as session:
        kept = session.scalars(select(SecondFactor)).one()
        assert person.shared.encode() not in kept.secret
        assert not set(person.recovery) & set(kept.recovery)
        code, other = code_at(person.shared, 1), "another key of thirty-two bytes or more"
        assert second_factor.check(session, kept.person, code, other, now()) is None


@on_sqlite
def test_a_recovery_code_works_once_and_is_noted(app: Flask, person: Person) -> None:
    code = person.recovery[0]
    person.sign_in("quan")
    assert person.enters(code.upper()) == 200
    again = Person(app)
    again.sign_in("quan")
    assert again.enters(code) == 401
    with app.app_context():
        acts = db.session.scalars(select(AccessEvent.act).order_by(AccessEvent.version)).all()
    assert acts == ["factor_enrolled", "recovery_used"]


@on_sqlite
def test_guessing_codes_is_slowed_down(person: Person) -> None:
    person.sign_in("quan")
    assert [person.enters("111111") for _ in range(6)] == [401] * 5 + [429]
    assert person.enters(code_at(person.shared)) == 429, "the right one has to wait too"


@on_sqlite
def test_the_code_has_to_come_soon_and_from_the_same_browser(
    app: Flask, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Person(app)
    stranger.get("/sign-in/code")
    assert 'name="password"' in stranger.page
    person.sign_in("quan")
    later = time.time() + 301
    monkeypatch.setattr("inspection.office.views.sessions.time.time", lambda: later)
    person.enters(code_at(person.shared))
    assert not person.is_inside()


@on_sqlite
def test_an_office_that_asks_for_it_lets_nobody_work_without(app: Flask, world: World) -> None:
    admin, person = Person(app), Person(app)
    admin.sign_in("admin")
    person.sign_in("quan")
    assert person.get("/campaigns").request.path == "/campaigns"
    admin.get("/administration/policy")
    admin.submit("/administration/policy", {**admin.hidden(), "second_factor_roles": "manager"})
    assert person.get("/campaigns").request.path == "/account"
    assert "xác thực hai lớp trước khi làm việc tiếp" in person.page
    person.enrol()
    assert person.get("/campaigns").request.path == "/campaigns"
    assert admin.get("/people").request.path == "/people", "other roles are not asked"


@on_sqlite
def test_whoever_lost_the_phone_is_helped_by_an_administrator_and_the_journal_knows(
    app: Flask, person: Person
) -> None:
    with app.app_context():
        record = db.session.scalars(select(SecondFactor.person)).one()
    admin = Person(app)
    admin.sign_in("admin")
    admin.submit(f"/people/{record}/factor", {})
    person.sign_in("quan")
    assert person.is_inside(), "the password alone again"
    admin.get("/administration/access")
    for words in ("Xóa xác thực hai lớp", "Bật xác thực hai lớp", "Admin", "chính người ấy"):
        assert words in admin.page


@on_sqlite
def test_it_is_given_up_with_a_code_of_it_only(app: Flask, person: Person) -> None:
    person.sign_in("quan")
    person.enters(code_at(person.shared))
    assert person.submit("/account/factor/remove", {"code": "123456", "present": PASSWORD}).status_code == 422
    bare = {"code": code_at(person.shared, 1)}
    assert person.submit("/account/factor/remove", bare).status_code == 422, "and the password"
    person.submit("/account/factor/remove", {**bare, "present": PASSWORD})
    with app.app_context():
        assert db.session.scalars(select(SecondFactor)).all() == []


@on_sqlite
def test_a_session_lasts_as_long_as_the_office_says(app: Flask, world: World) -> None:
    scope, record = scope_of(world.jurisdiction), policy_record(world.jurisdiction)
    world.add("office_policy", scope, record, session_hours=1)
    person = Person(app)
    person.sign_in("quan")
    with app.app_context(), write() as session:
        session.execute(update(Device).values(created_at=now() - timedelta(minutes=61)))
    assert not person.is_inside()


@on_sqlite
def test_a_session_that_lies_unused_ends(app: Flask, world: World) -> None:
    person = Person(app)
    person.sign_in("quan")
    with app.app_context(), write() as session:
        session.execute(update(Device).values(last_seen_at=now() - timedelta(minutes=121)))
    assert not person.is_inside()
