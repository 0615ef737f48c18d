"""What the tests themselves stand on."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from tests.services import Postgresql, ServiceError, SharedDatabase, program


@pytest.fixture
def shared(postgresql: Postgresql) -> Iterator[SharedDatabase]:
    postgresql.create("template")
    for statement in (
        "CREATE TABLE parent (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text)",
        "CREATE TABLE child (parent integer REFERENCES parent)",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$",
        "CREATE TRIGGER kept BEFORE DELETE ON parent FOR EACH ROW EXECUTE FUNCTION refuse()",
        "INSERT INTO parent (name) VALUES ('kept')",
    ):
        postgresql.run("template", statement)
    yield SharedDatabase(postgresql, "shared", "template")
    postgresql.drop("shared")
    postgresql.drop("template")


def names(shared: SharedDatabase) -> object:
    return shared.cluster.run(shared.name, "SELECT array_agg(id || name ORDER BY id) FROM parent")


def test_each_turn_finds_the_rows_of_the_template(shared: SharedDatabase) -> None:
    for _ in range(2):
        address = shared.fresh().replace("+psycopg", "")
        assert names(shared) == ["1kept"]
        with psycopg.connect(address) as forgotten:
            forgotten.execute("INSERT INTO parent (name) VALUES ('new')")
            forgotten.execute("INSERT INTO child VALUES (2)")
            forgotten.execute("UPDATE parent SET name = 'changed' WHERE id = 1")
            forgotten.commit()
            assert names(shared) == ["1changed", "2new"]
            forgotten.execute("SELECT * FROM child FOR UPDATE")
            shared.fresh()
            assert names(shared) == ["1kept"]
            forgotten.close()


@pytest.mark.parametrize("change", ["DISABLE TRIGGER USER", "ADD COLUMN more text", "DROP COLUMN name"])
def test_changed_tables_are_made_anew(shared: SharedDatabase, change: str) -> None:
    shared.cluster.run(shared.name, f"ALTER TABLE parent {change}")
    shared.fresh()
    assert names(shared) == ["1kept"]
    with pytest.raises(psycopg.errors.RaiseException, match="kept"):
        shared.cluster.run(shared.name, "DELETE FROM parent")


def test_a_missing_service_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ServiceError, match="make test"):
        program("no-such-database-server")


def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))
