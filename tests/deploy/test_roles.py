"""The role that runs the program can do its work and cannot change the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from bin.install import ROOT
from config.extensions import db
from tests import services
from tests.conftest import release, settings_for
from tests.world import World, statuses

FOLDER = ROOT / "deploy" / "postgresql"


@pytest.fixture
def installed(postgresql: services.Postgresql, tmp_path: Path) -> Iterator[Flask]:
    """The program as its own role, on a database that the owner's role has migrated."""
    from wsgi import create_app

    for statement in re.sub(r"--.*", "", (FOLDER / "roles.sql").read_text()).split(";")[:-1]:
        database = "inspection" if "GRANT CONNECT" in statement else "postgres"
        postgresql.run(database, statement)
    owner = f"postgresql+psycopg://inspection_owner@127.0.0.1:{postgresql.port}/inspection"
    app = create_app(settings_for(tmp_path / "data", owner))
    with app.app_context():
        upgrade()
    release(app)
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute((FOLDER / "grants.sql").read_bytes())
    settings = settings_for(tmp_path / "data", owner)
    app = create_app(replace(settings, database_url=owner.replace("_owner@", "_app@")))
    yield app
    release(app)
    postgresql.drop("inspection")
    for role in ("inspection_app", "inspection_owner"):
        postgresql.command(f"DROP ROLE {role}")


def test_phones_are_served_and_the_journal_cannot_be_changed(installed: Flask) -> None:
    world = World(installed)
    campaign = world.campaign(world.person("an", "inspector"))
    phone = world.phone("an")
    visit = phone.visit(campaign, world.establishment())
    assert statuses(phone.push(visit)) == ["applied"]
    assert visit["record"] in phone.pull_all()
    forbidden = (
        "UPDATE journal_entry SET content = '{}'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_entry_kept ON journal_entry",
        "DROP TABLE journal_entry",
        "DELETE FROM journal_partitions.journal_entry_00",
        "TRUNCATE journal_partitions.journal_entry_00",
        "DELETE FROM journal_checkpoint",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TABLE mine (id int)",
    )
    with installed.app_context():
        for statement in forbidden:
            with pytest.raises(db.exc.ProgrammingError) as refused:
                db.session.execute(db.text(statement))
            assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), statement
            db.session.rollback()
    result = installed.test_cli_runner().invoke(args=["journal", "checkpoint"])
    assert result.exit_code == 0, result.output
