"""Secrets are planted wherever the product is told one, everything that may repeat them is called: they are nowhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config.extensions import db, ring
from config.settings import SettingsError, from_environment
from inspection.people.models import Account, RefreshToken, SecondFactor
from tests.conftest import release, settings_for
from tests.office.browsing import Visitor
from tests.services import free_port
from tests.world import PASSWORD, World
from wsgi import create_app

KEY = "planted-key-of-the-installation-0123456789"
DATABASE, QUEUE, POST, SIGNING = "planted-database", "planted-queue", "planted-post", "planted-signing"
TYPED = "planted-password-in-the-wrong-field"


@pytest.fixture
def planted(postgresql_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The product with a secret in every setting; its queue and its mail server cannot be reached."""
    settings = settings_for(tmp_path / "data", postgresql_url.replace("postgres@", f"postgres:{DATABASE}@"))
    app = create_app(
        replace(
            settings,
            secret_key=KEY,
            redis_url=f"redis://:{QUEUE}@127.0.0.1:{free_port()}/0",
            mail_url=f"smtp://sender:{POST}@127.0.0.1:{free_port()}?tls=none",
            signing_password=SIGNING,
        )
    )
    yield app
    release(app)


def test_no_secret_is_in_a_log_a_page_a_figure_or_an_export(
    planted: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world, said = World(planted), list[str]()
    for role in ("administrator", "inspector"):
        world.person(role, role)
    office, phone = Visitor(planted), world.phone("inspector")

    def keep(answer: Any) -> None:
        said.append(f"{answer.headers} {answer.get_data(as_text=True)}")

    keep(office.submit("/sign-in", {"username": TYPED, "password": "x"}))
    said[-1] = said[-1].replace(
        f'value="{TYPED}"', ""
    )  # back in the field where the person typed it, and only there
    keep(office.sign_in("administrator"))
    shown = office.submit("/account/factor", {"present": PASSWORD}).get_data(as_text=True)
    for path in (
        "/",
        "/people",
        "/devices",
        "/administration/operation",
        "/administration/access",
        "/nowhere",
    ):
        keep(office.get(path))
    keep(phone.post("/api/sync/push", b"{", **{"X-Request-Id": phone.token}))
    keep(phone.post("/api/sync/pull", {}))
    keep(phone.post("/api/auth/refresh", {"refresh_token": phone.refresh_token + "x"}))
    client = planted.test_client()
    for path in (
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/openapi.json",
        f"/api/evidence/{phone.token}/content",
    ):
        keep(client.get(path))
    with planted.app_context():
        ring("inspection.reports.compile", "x")
        rows = db.session.execute(select(Account.password_hash)).scalars().all()
        tokens = [each.hash.hex() for each in db.session.scalars(select(RefreshToken))]
        factor = db.session.scalars(select(SecondFactor)).one()
    exported = planted.test_cli_runner().invoke(args=["journal", "export", "-", "--values"])
    said.append(exported.output)
    said.append(repr(planted.config["SETTINGS"]))
    [shared] = re.findall(r"\b[A-Z2-7]{32}\b", shown)
    secrets = [
        KEY,
        DATABASE,
        QUEUE,
        POST,
        SIGNING,
        PASSWORD,
        TYPED,
        phone.token,
        phone.refresh_token,
        shared,
        *rows,
    ]
    secrets += [*tokens, factor.secret.decode()]
    assert any("request" in record.message for record in caplog.records), "something was logged"
    for secret in secrets:
        assert secret not in caplog.text, f"{secret} in a log"
        assert not any(secret in text for text in said), f"{secret} in an answer"


def test_a_database_that_is_away_is_spoken_of_without_its_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"postgresql+psycopg://owner:{DATABASE}@127.0.0.1:{free_port()}/inspection"
    app = create_app(replace(settings_for(tmp_path, url), secret_key=KEY))
    client = app.test_client()
    answers = [client.get("/readyz"), client.get("/sign-in"), client.get("/metrics")]
    answers.append(
        client.post(
            "/api/auth/login",
            json={"username": "a", "password": TYPED, "device": {"name": "x", "platform": "y"}},
        )
    )
    assert answers[0].status_code == 503
    release(app)
    for text in (caplog.text, *(answer.get_data(as_text=True) for answer in answers)):
        assert DATABASE not in text
        assert TYPED not in text


def test_settings_that_are_refused_are_named_and_not_repeated() -> None:
    given = {
        "DEMONSTRATION": "0", "SECRET_KEY": "planted", "DATABASE_URL": f"mysql://a:{DATABASE}@b/c",
        "REDIS_URL": f"amqp://:{QUEUE}@b", "MAIL_URL": f"imap://a:{POST}@b",
    }  # fmt: skip
    with pytest.raises(SettingsError) as refused:
        from_environment(given)
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "MAIL_URL"):
        assert name in refused.value.message
    assert not any(secret in refused.value.message for secret in ("planted", DATABASE, QUEUE, POST))
