"""Passwords, attempts, devices and tokens."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from flask import Flask

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.people import operations, passwords, throttle, tokens
from inspection.people.access import safe_target
from inspection.people.models import Device
from inspection.people.signing_in import SignedIn, sign_in
from tests.world import PASSWORD, World

SECRET = "a key of the tests, long enough to sign with"
AT = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def enrol(username: str, password: str = PASSWORD, address: str = "198.51.100.7") -> SignedIn:
    """Sign in as a phone does."""
    return sign_in(
        username, password, address=address, device_name="máy", platform="phone", token_secret=SECRET
    )


def refused(username: str, password: str = "sai mật khẩu rồi", address: str = "198.51.100.7") -> Refusal:
    """The refusal of a sign-in that must fail."""
    with pytest.raises(Refusal) as caught:
        enrol(username, password, address)
    return caught.value


def test_user_names_are_compared_without_case_and_however_they_are_composed() -> None:
    assert passwords.username_key(" Lê.Hoà ") == passwords.username_key("lê.hoà")
    assert passwords.username_key("le\u0302") == passwords.username_key("lê")


def test_a_short_password_is_refused_and_a_composed_one_matches_however_it_is_typed() -> None:
    with pytest.raises(Refusal, match="weak_password"):
        passwords.hash_password("ngắn quá")
    kept = passwords.hash_password("mật khẩu thật dài")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "ma\u0323\u0302t khẩu thật dài")
    assert not passwords.matches(kept, "mật khẩu thật dàI")
    assert not passwords.matches(None, "mật khẩu thật dài")


def test_an_access_token_says_who_and_where_from_for_fifteen_minutes() -> None:
    claims = tokens.Claims(uuid.uuid4(), uuid.uuid4())
    signed = tokens.sign_access(SECRET, claims, now())
    assert tokens.read_access(SECRET, signed) == claims
    with pytest.raises(Refusal, match="token_expired"):
        tokens.read_access(SECRET, tokens.sign_access(SECRET, claims, now() - timedelta(minutes=16)))


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS384"])
def test_a_token_signed_in_any_other_way_is_no_token(algorithm: str) -> None:
    claims = {"sub": str(uuid.uuid4()), "device": str(uuid.uuid4()), "exp": int(time.time()) + 60}
    forged = jwt.encode(claims, "" if algorithm == "none" else SECRET * 2, algorithm=algorithm)
    with pytest.raises(Refusal, match="unauthenticated"):
        tokens.read_access(SECRET, forged)


def test_a_short_secret_signs_nothing() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        tokens.sign_access("short", tokens.Claims(uuid.uuid4(), uuid.uuid4()), now())


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/campaigns?page=2", True),
        ("//evil.example/", False),
        ("/\\evil.example", False),
        ("https://evil.example/", False),
        ("", False),
        (None, False),
    ],
)
def test_signing_in_leads_nowhere_but_into_this_site(target: str | None, safe: bool) -> None:
    assert safe_target(target) == (target if safe else None)


def test_every_enrolment_is_a_new_device(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        first, second = enrol("an"), enrol("AN ")
        assert first.device != second.device
        assert first.tokens is not None
        assert first.tokens.expires_in == 900


def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nothing(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        assert refused("an").code == refused("nobody").code == "wrong_credentials"


def test_an_unknown_user_takes_as_long_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = passwords.hash_password("mật khẩu thật dài")

    def shortest(password_hash: str | None) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            passwords.matches(password_hash, "một mật khẩu khác")
            times.append(time.perf_counter() - began)
        return min(times)

    known, unknown = shortest(kept), shortest(None)
    assert 0.5 < known / unknown < 2


def test_somebody_who_left_cannot_sign_in(app: Flask) -> None:
    world = World(app)
    person = world.person("an", "inspector")
    world.edit("person", world.reference, person, "0", active=False)
    with app.app_context():
        assert refused("an", PASSWORD).code == "wrong_credentials"


def test_after_five_failures_an_account_waits_whether_it_exists_or_not(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        for username in ("an", "nobody"):
            codes = [refused(username, address=f"192.0.2.{attempt}").code for attempt in range(5)]
            assert codes == ["wrong_credentials"] * 5
            waiting = refused(username, PASSWORD, address="192.0.2.99")
            assert (waiting.code, waiting.status) == ("too_many_attempts", 429)
            assert waiting.retry_after is not None
            assert 0 < waiting.retry_after <= 30


@on_sqlite
def test_waits_double_up_to_a_quarter_of_an_hour_and_end(app: Flask) -> None:
    at, waits = AT, []
    with app.app_context():
        for _ in range(12):
            with write() as session:
                wait = throttle.count(session, "an", "192.0.2.1", at)
            if wait:
                waits.append(wait)
                at += timedelta(seconds=wait)
        assert waits[:4] == [30, 60, 120, 240]
        with write() as session:
            assert throttle.count(session, "an", "192.0.2.1", at + timedelta(hours=1)) == 0


@on_sqlite
def test_an_address_that_tries_many_names_waits_too(app: Flask) -> None:
    with app.app_context(), write() as session:
        for attempt in range(throttle.ADDRESS.failures):
            assert throttle.count(session, f"name{attempt}", "192.0.2.1", AT) == 0
        assert throttle.count(session, "another", "192.0.2.1", AT) == 60
        assert throttle.count(session, "another", "192.0.2.2", AT) == 0


@on_sqlite
def test_a_right_password_forgives_the_failures_before_it(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        for _ in range(3):
            for _ in range(4):
                refused("an")
            enrol("an")


def renew(token: str) -> operations.Tokens | Refusal:
    with write() as session:
        return operations.refresh(session, token, SECRET, now())


def renewed(token: str) -> str:
    answer = renew(token)
    assert isinstance(answer, operations.Tokens), answer
    return answer.refresh_token


def test_a_refresh_token_whose_successor_was_used_was_copied_and_ends_the_device(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        signed = enrol("an")
        assert signed.tokens is not None
        newest = renewed(renewed(signed.tokens.refresh_token))
        copied = renew(signed.tokens.refresh_token)
        assert isinstance(copied, Refusal)
        assert copied.code == "device_revoked"
        assert isinstance(renew(newest), Refusal)
        assert db.session.get_one(Device, signed.device).revoked_at is not None


def test_a_phone_whose_answer_was_lost_on_a_bad_line_may_exchange_its_token_again(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        signed = enrol("an")
        assert signed.tokens is not None
        renewed(signed.tokens.refresh_token)
        renewed(signed.tokens.refresh_token)
        newest = renewed(signed.tokens.refresh_token)
        assert renewed(newest)
        assert db.session.get_one(Device, signed.device).revoked_at is None


def test_an_answer_that_was_taken_for_lost_and_turns_up_after_all_ends_the_device(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        signed = enrol("an")
        assert signed.tokens is not None
        taken_for_lost = renewed(signed.tokens.refresh_token)
        renewed(signed.tokens.refresh_token)
        assert isinstance(renew(taken_for_lost), Refusal)
        assert db.session.get_one(Device, signed.device).revoked_at is not None


@on_sqlite
def test_an_old_or_invented_refresh_token_gives_nothing(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context():
        signed = enrol("an")
        assert signed.tokens is not None
        with write() as session:
            late = operations.refresh(
                session, signed.tokens.refresh_token, SECRET, now() + timedelta(days=61)
            )
            invented = operations.refresh(session, "invented", SECRET, now())
        assert isinstance(late, Refusal)
        assert isinstance(invented, Refusal)
        assert (late.code, invented.code) == ("token_expired", "unauthenticated")


@on_sqlite
def test_a_new_password_signs_everything_out(app: Flask) -> None:
    person = World(app).person("an", "inspector")
    with app.app_context():
        before = enrol("an")
        with write() as session:
            operations.set_password(session, person, "một mật khẩu mới hẳn", now())
        assert db.session.get_one(Device, before.device).revoked_at is not None
        assert refused("an", PASSWORD).code == "wrong_credentials"
        assert enrol("an", "một mật khẩu mới hẳn").person == person


@on_sqlite
def test_two_people_cannot_have_one_user_name(app: Flask) -> None:
    World(app).person("an", "inspector")
    with app.app_context(), pytest.raises(Refusal, match="username_taken"), write() as session:
        operations.create_account(session, uuid.uuid4(), " AN", "một mật khẩu thật dài", now())


@on_sqlite
def test_the_servers_own_device_is_one_and_cannot_be_revoked(app: Flask) -> None:
    with app.app_context(), write() as session:
        device = operations.system_device(session, now())
        assert operations.system_device(session, now()) is device
        assert not operations.revoke_device(session, device.id, now())
