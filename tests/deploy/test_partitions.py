"""The journal of a PostgreSQL lies in partitions by its scope, and got there without losing or changing anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from config.extensions import Base, db, snapshot
from inspection.journal import history
from tests.conftest import release, settings_for
from tests.world import World, statuses

WHOLE, PARTITIONED = "0024", "0025"


@pytest.fixture
def server(postgresql_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    from wsgi import create_app

    app = create_app(settings_for(tmp_path / "data", postgresql_url, redis_url))
    yield app
    release(app)


@pytest.fixture
def world(server: Flask) -> World:
    """Visits in several scopes."""
    world = World(server)
    inspector = world.person("an", "inspector")
    phone = world.phone("an")
    for _ in range(3):
        visit = phone.visit(world.campaign(inspector), world.establishment())
        note = phone.operation("visit", visit["scope"], visit["record"], base="0", note="sạch")
        assert statuses(phone.push(visit, note)) == ["applied", "applied"]
    return world


def rows(statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(db.text(statement))]


def parts() -> list[str]:
    """Where the entries lie."""
    found = rows(
        "SELECT relid::regclass::text FROM pg_partition_tree('journal_entry') WHERE isleaf ORDER BY 1"
    )
    db.session.rollback()
    return [str(name) for (name,) in found]


def test_a_whole_journal_is_moved_as_it_is_and_back(world: World) -> None:
    everything = "SELECT * FROM journal_entry ORDER BY scope, seq"
    with world.app.app_context():
        before = rows(everything)
        db.session.rollback()
        assert len({row[0] for row in before}) > 3
        for revision, places in ((WHOLE, 0), (PARTITIONED, 16)):
            (downgrade if revision == WHOLE else upgrade)(revision=revision)
            assert len(parts()) == places, revision
            assert rows(everything) == before
            db.session.rollback()
            with snapshot() as session:
                assert history.verify(session) == []
            for statement in (
                "DELETE FROM journal_entry",
                "UPDATE journal_entry SET n = 0",
                "TRUNCATE journal_entry",
            ):
                with pytest.raises(db.exc.DBAPIError, match="only grows"):
                    db.session.execute(db.text(statement))
                db.session.rollback()
        upgrade()


def test_a_partition_refuses_by_itself_what_the_journal_refuses(world: World) -> None:
    with world.app.app_context():
        for part in parts():
            held = rows(f"SELECT 1 FROM {part} LIMIT 1")  # noqa: S608 - a name of ours
            forbidden = [f"TRUNCATE {part}"]
            if held:
                forbidden += [f"DELETE FROM {part}", f"UPDATE {part} SET n = 0"]  # noqa: S608 - a name of ours
            for statement in forbidden:
                with pytest.raises(db.exc.DBAPIError, match="only grows") as refused:
                    db.session.execute(db.text(statement))
                assert isinstance(refused.value.orig, psycopg.errors.RaiseException), statement
                db.session.rollback()


def test_a_scope_is_read_in_its_partition_alone(world: World) -> None:
    with world.app.app_context():
        [(scope, _)] = rows(
            "SELECT scope, count(*) FROM journal_entry GROUP BY scope ORDER BY 2 DESC LIMIT 1"
        )
        plan = rows(f"EXPLAIN SELECT * FROM journal_entry WHERE scope = '{scope}' AND seq > 1")  # noqa: S608 - a name of ours
        asked = {name for name in parts() if any(name.partition(".")[2] in str(line) for line in plan)}
        assert len(asked) == 1


def test_the_tables_are_what_the_program_says_they_are(server: Flask) -> None:
    with server.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
