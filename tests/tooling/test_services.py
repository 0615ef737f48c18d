"""What the tests themselves stand on."""

from __future__ import annotations

import socket

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from tests.services import Postgresql, ServiceError, program


def rows(cluster: Postgresql, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(f"host=127.0.0.1 port={cluster.port} user=postgres dbname=shared") as connection:
        return connection.execute(statement.encode()).fetchall()


def test_a_database_is_put_back_to_what_was_remembered(postgresql: Postgresql) -> None:
    postgresql.create("shared")
    address = f"host=127.0.0.1 port={postgresql.port} user=postgres dbname=shared"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE parent (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text)"
        )
        connection.execute("CREATE TABLE child (parent integer REFERENCES parent)")
        connection.execute("INSERT INTO parent (name) VALUES ('kept')")
    postgresql.remember("shared")
    for _ in range(2):
        forgotten = psycopg.connect(address)
        forgotten.execute("INSERT INTO parent (name) VALUES ('gone')")
        forgotten.execute("INSERT INTO child VALUES (2)")
        forgotten.execute("UPDATE parent SET name = 'changed' WHERE id = 1")
        forgotten.commit()
        forgotten.execute("SELECT * FROM child FOR UPDATE")
        assert rows(postgresql, "SELECT id, name FROM parent ORDER BY id") == [(1, "changed"), (2, "gone")]
        postgresql.restore("shared")
        assert rows(postgresql, "SELECT id, name FROM parent") == [(1, "kept")]
        assert rows(postgresql, "SELECT * FROM child") == []
        forgotten.close()
    postgresql.drop("shared")


def test_a_missing_service_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ServiceError, match="make test"):
        program("no-such-database-server")


def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))
