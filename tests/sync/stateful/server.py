"""The server of the property test: the real application on SQLite, quickly put back to its first day."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.extensions import db
from inspection.campaigns.models import Assignment
from inspection.journal import examine, store
from inspection.journal.kinds import registry
from tests.conftest import release, settings_for
from tests.world import World

NEW_SCHEMA = 2
PEOPLE = ("an", "binh", "chi")


class Server:
    """One district with a lead (``an``) and two inspectors. All work in the first campaign; ``chi`` is not of the
    second one."""

    def __init__(self, app: Flask, database: Path) -> None:
        self.app, self._database = app, database
        self._first_day = database.with_name("first-day.sqlite3")
        self._backup = database.with_name("backup.sqlite3")
        world = World(app)
        an, binh, chi = (
            world.person("an", "lead"),
            world.person("binh", "inspector"),
            world.person("chi", "inspector"),
        )
        self.people = dict(zip(PEOPLE, (an, binh, chi), strict=True))
        self.campaigns = [world.campaign(binh, chi, leads=(an,)), world.campaign(binh, leads=(an,))]
        self.shop = world.establishment()
        self.world = world
        self._copy(database, self._first_day)

    @property
    def scopes(self) -> list[str]:
        """The scopes of the two campaigns."""
        return [f"campaign:{campaign}" for campaign in self.campaigns]

    def reset(self) -> None:
        """Back to the first day."""
        self._put_back(self._first_day)

    def back_up(self) -> None:
        """Keep a copy of the database as it is."""
        self._copy(self._database, self._backup)

    def restore(self) -> None:
        """Put the copy back, and say so, as the guide tells the administrator."""
        self._put_back(self._backup)
        told = self.app.test_cli_runner().invoke(args=["journal", "restored"])
        assert told.exit_code == 0, told.output

    def set_membership(self, person: str, here: bool) -> None:
        """Let somebody leave the first campaign, or come back to it."""
        with self.app.app_context():
            mine = select(Assignment).where(
                Assignment.scope == self.scopes[0], Assignment.person == self.people[person]
            )
            assignment = db.session.scalars(mine).one()
            seen = store.generations(db.session()).version(assignment.version)
        voided = None if here else {"reason": "chuyển công tác"}
        self.world.edit("assignment", self.scopes[0], assignment.id, seen, voided=voided)

    @contextmanager
    def failing_commit(self) -> Iterator[None]:
        """Every commit fails, as on a full disk."""

        def fail(_session: Session) -> None:
            raise OperationalError("COMMIT", None, Exception("the disk is full"))

        event.listen(Session, "before_commit", fail)
        try:
            yield
        finally:
            event.remove(Session, "before_commit", fail)

    def _put_back(self, source: Path) -> None:
        release(self.app)
        for suffix in ("-wal", "-shm"):
            self._database.with_name(self._database.name + suffix).unlink(missing_ok=True)
        self._copy(source, self._database)

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
            there.backup(here)


@contextmanager
def newer_server() -> Iterator[None]:
    """The server knows schema 2, in which the ``remark`` of a visit has become its ``note``; phones in the field
    still speak schema 1."""

    def renamed(fields: dict[str, Any]) -> dict[str, Any]:
        return {("note" if name == "remark" else name): value for name, value in fields.items()}

    old_kind, old_schema = registry["visit"], examine.SCHEMA
    registry["visit"] = dataclasses.replace(old_kind, upgrades={1: renamed})
    setattr(examine, "SCHEMA", NEW_SCHEMA)  # noqa: B010 - a constant for everybody but this test
    try:
        yield
    finally:
        registry["visit"] = old_kind
        setattr(examine, "SCHEMA", old_schema)  # noqa: B010


@contextmanager
def district(folder: Path, database_url: str) -> Iterator[Server]:
    """A server on a migrated SQLite database, one release ahead of the phones."""
    from wsgi import create_app

    app = create_app(settings_for(folder, database_url))
    with newer_server():
        yield Server(app, Path(database_url.removeprefix("sqlite:///")))
    release(app)
