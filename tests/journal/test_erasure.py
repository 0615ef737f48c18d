"""A value is erased because the law says so: gone wherever it stood, with the chain whole and the act on record."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from config.extensions import Base, db, snapshot
from inspection.journal import verification
from inspection.journal.fields import ERASED
from tests.sync.conftest import Team

SECRET = "ông Đỗ Văn Kín ở thôn Đông"
BASIS = "Quyết định 12/QĐ-UBND ngày 20/11/2026"


def run(team: Team, record: object, field: str, *more: str) -> tuple[int, str]:
    words = ["erase", str(record), field, "--basis", BASIS, "--by", "quản trị", "--yes", *more]
    done = team.world.app.test_cli_runner().invoke(args=words)
    return done.exit_code, done.output


@pytest.fixture
def administered(team: Team) -> Team:
    team.world.person("quản trị", "administrator")
    return team


def everywhere(team: Team) -> str:
    """Every row of every table."""
    with team.world.app.app_context():
        tables = Base.metadata.sorted_tables
        return "\n".join(str(row) for table in tables for row in db.session.execute(select(table)))


def test_an_erased_value_stands_nowhere_and_everything_still_holds(administered: Team) -> None:
    team = administered
    visit = team.lead.visit(team.campaign, team.shop, note=SECRET, representative="Bà Hoa")
    team.lead.push(visit)
    seen = team.binh.pull_all()[visit["record"]]["version"]
    team.binh.push(team.binh.operation("visit", team.scope, visit["record"], base=seen, note=f"{SECRET}!"))
    cursors = team.chi.pull()["cursors"]
    assert SECRET in everywhere(team)
    status, said = run(team, visit["record"], "note")
    assert status == 0, said
    assert "2 mục" in said
    assert SECRET not in everywhere(team)
    with team.world.app.app_context(), snapshot() as session:
        assert verification.whole(session, team.world.app.config["SETTINGS"].data_dir) == []
    pulled = team.chi.pull_all(cursors)
    assert pulled[visit["record"]]["fields"]["note"] is None
    assert pulled[visit["record"]]["fields"]["representative"] == "Bà Hoa"
    [erasure] = [change["fields"] for change in pulled.values() if change["kind"] == "erasure"]
    assert (erasure["record"], erasure["field"], erasure["basis"]) == (visit["record"], "note", BASIS)


def test_a_text_that_has_to_stand_says_that_it_was_erased(administered: Team) -> None:
    team = administered
    shop = team.world.establishment(f"Quán {SECRET}")
    assert run(team, shop, "name")[0] == 0
    assert team.lead.pull_all()[str(shop)]["fields"]["name"] == ERASED
    assert SECRET not in everywhere(team)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("field", ["visited_on", "campaign", "nothing"])
def test_what_a_record_cannot_be_without_is_not_erased(administered: Team, field: str) -> None:
    team = administered
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(visit)
    assert run(team, visit["record"], field)[0] == 1
    assert run(team, uuid.uuid4(), "note")[0] == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_an_administrator_erases_and_only_on_a_basis(administered: Team) -> None:
    team = administered
    visit = team.lead.visit(team.campaign, team.shop, note=SECRET)
    team.lead.push(visit)
    assert run(team, visit["record"], "note", "--by", "an")[0] == 1
    assert run(team, visit["record"], "note", "--basis", " ")[0] == 1
    assert SECRET in everywhere(team)
