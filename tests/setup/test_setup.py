"""``flask setup``: from an empty database to an administrator who signs in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from config.extensions import db, now, write
from inspection.administration.models import AccessEvent
from inspection.checklists.models import Checklist, ViolationType
from inspection.journal import history
from inspection.journal.models import Entry
from inspection.people.models import Account, Agency, Person
from inspection.places.models import Unit
from inspection.setup.first_run import code_at, opens
from inspection.setup.load import NewAdministrator, SetupError, set_up
from tests.office.browsing import Visitor

PASSWORD = "một mật khẩu đủ dài"


def run(app: Flask, *words: str, stdin: str = "") -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["setup", *words], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_empty_installation_gets_its_catalogues_and_an_administrator_who_signs_in(app: Flask) -> None:
    code, output = run(app, "351", "quan-tri", "--full-name", "Ngô Quang Huy")
    assert code == 0, output
    found = re.search(r"shown only now: (\S+)", output)
    assert found is not None, output
    with app.app_context():
        assert [count(model) for model in (Agency, Person, Account)] == [5, 1, 1]
        assert all(count(model) for model in (Unit, Checklist, ViolationType))
        assert history.verify(db.session()) == []
        assert found[1] not in db.session.scalars(select(Account.password_hash)).one()
    visitor = Visitor(app)
    visitor.sign_in("quan-tri", found[1])
    assert "Ngô Quang Huy" in visitor.get("/people").text
    assert visitor.get("/people").request.path == "/account", (
        "a password of one's own first, then a second factor"
    )


def test_setting_up_again_writes_nothing_and_keeps_the_password(app: Flask) -> None:
    run(app, "351", "admin", "--password-stdin", stdin=f"{PASSWORD}\n")
    with app.app_context():
        before = count(Entry)
    for words in (("351",), ("351", "ADMIN")):
        code, output = run(app, *words)
        assert (code, "was there already" in output) == (0, True), output
    with app.app_context():
        assert (count(Entry), count(Account)) == (before, 1)
    Visitor(app).sign_in("admin", PASSWORD)


def test_a_password_that_was_given_is_never_shown(app: Flask) -> None:
    code, output = run(app, "351", "admin", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert code == 0
    assert PASSWORD not in output
    assert "shown only now" not in output


def test_a_second_first_administrator_is_refused_and_nothing_is_written(app: Flask) -> None:
    run(app, "351", "admin")
    code, output = run(app, "351", "somebody-else")
    assert code == 1
    assert "there is an administrator already (admin)" in output
    with app.app_context():
        assert count(Account) == 1


def test_two_set_ups_at_once_make_one_administrator(app: Flask) -> None:
    together = Barrier(2)
    outcomes: list[str] = []

    def attempt(username: str) -> None:
        with app.app_context():
            together.wait()
            try:
                with write() as session:
                    set_up(session, "351", NewAdministrator(username, username, PASSWORD), {}, now())
                outcomes.append("made")
            except SetupError:
                outcomes.append("refused")

    threads = [Thread(target=attempt, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]


def test_an_installation_serves_one_unit(app: Flask) -> None:
    run(app, "351", "admin")
    code, output = run(app, "347", "other")
    assert (code, "belongs to another unit" in output) == (1, True), output


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        (("99999", "admin"), "", "no such unit"),
        (("351",), "", "user name is needed"),
        (("351", "admin", "--password-stdin"), "ngắn\n", "at least 12"),
        (("351", "admin", "--password-stdin"), "", "no password on standard input"),
        (("351", "admin", "--agency", "fire=Cứu hỏa"), "", "CODE=NAME"),
    ],
)
def test_what_cannot_be_used_is_said_and_leaves_nothing_behind(
    app: Flask, words: tuple[str, ...], stdin: str, said: str
) -> None:
    code, output = run(app, *words, stdin=stdin)
    assert code != 0
    assert said in output
    with app.app_context():
        assert [count(model) for model in (Entry, Account)] == [0, 0]


def test_agencies_bear_their_own_names_once_somebody_gives_them(app: Flask) -> None:
    run(app, "351", "admin")
    run(app, "351", "--agency", "police=Công an huyện Thanh Liêm")
    run(app, "351")
    with app.app_context():
        named = dict(db.session.execute(select(Agency.code, Agency.name_vi)).all())
    assert named["police"] == "Công an huyện Thanh Liêm"
    assert named["medical"] == "Trung tâm Y tế"


def test_a_demonstration_is_not_set_up(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], demonstration=True)
    code, output = run(app, "351", "admin")
    assert (code, "DEMONSTRATION=0 is needed" in output) == (1, True)


def test_a_database_without_tables_is_told_what_to_run_first(tmp_path: Path) -> None:
    from tests.conftest import release, settings_for
    from wsgi import create_app

    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
    code, output = run(app, "351", "admin")
    release(app)
    assert (code, "flask db upgrade" in output) == (1, True)


def filled_in(code: str, **changes: str) -> dict[str, str]:
    given = {
        "unit": "351",
        "full_name": "Ngô Quang Huy",
        "username": "quan-tri",
        "agency-police": "Công an huyện",
    }
    return {**given, "code": code, "password": PASSWORD, "again": PASSWORD, **changes}


def test_an_empty_installation_is_set_up_on_a_page_with_a_code_from_the_server_and_only_once(
    app: Flask,
) -> None:
    visitor = Visitor(app)
    assert visitor.get("/sign-in").request.path == "/first-run", "nobody can sign in yet"
    code, output = run(app)
    assert code == 0
    assert "http://127.0.0.1:8000/first-run" in output
    [printed] = re.findall(r"[a-z2-7]{5}(?:-[a-z2-7]{5}){3}", output)
    visitor.submit("/first-run", filled_in("aaaaa-aaaaa-aaaaa-aaaaa"))
    assert "Mã thiết lập không đúng" in visitor.page
    assert 'value="Ngô Quang Huy"' in visitor.page, "what was typed is still there"
    assert PASSWORD not in visitor.page
    for wrong, words in (
        ({"unit": "99999x"}, "no such unit"),
        ({"again": "khác"}, "giống nhau"),
        ({"username": " "}, "Hãy điền"),
    ):
        assert visitor.submit("/first-run", filled_in(printed, **wrong)).status_code == 422
        assert words in visitor.page
    assert (
        visitor.submit("/first-run", filled_in(printed.upper().replace("-", " "))).request.path == "/sign-in"
    )
    assert "Đã thiết lập cho" in visitor.page
    assert visitor.submit("/first-run", filled_in(printed, username="another")).status_code == 404
    assert visitor.get("/first-run").status_code == 404
    assert run(app)[0] == 1
    with app.app_context():
        session = db.session()
        assert count(Account) == 1
        assert history.verify(session) == []
        assert session.scalars(select(Agency.name_vi).where(Agency.code == "police")).one() == "Công an huyện"
        assert [event.act for event in session.scalars(select(AccessEvent))] == ["account_created"]
    assert visitor.sign_in("quan-tri", PASSWORD).request.path == "/account", (
        "an administrator needs a second factor"
    )


def test_a_code_of_the_server_ends_by_itself_and_another_server_has_another() -> None:
    at = datetime(2026, 9, 20, 8, 59, tzinfo=UTC)
    code = code_at("a key", at)
    assert opens("a key", code, at + timedelta(minutes=59))
    assert not opens("a key", code, at + timedelta(hours=2))
    assert not opens("another key", code, at)


def test_a_demonstration_has_no_first_run(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], demonstration=True)
    assert Visitor(app).get("/first-run").status_code == 404
