"""The server of the property test: the real application on SQLite, quickly put back to its first day."""

from __future__ import annotations

import dataclasses
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.campaigns.models import Assignment
from inspection.journal import examine, store
from inspection.journal.kinds import registry
from inspection.journal.models import Record
from inspection.journal.move import move
from inspection.journal.operation import Author
from inspection.visits import merging
from inspection.visits.models import VisitMerge
from inspection.visits.rules import answer_id
from tests.conftest import release, settings_for
from tests.world import World, system_author

NEW_SCHEMA = 2
PEOPLE = ("an", "binh", "chi")


def identify(kind: str, values: Mapping[str, Any]) -> uuid.UUID | None:
    """Answers have derived ids."""
    return answer_id(uuid.UUID(values["visit"]), values["item"]) if kind == "answer" else None


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

    def move_visit(self, visit: str, scope: str) -> bool:
        """The office moves a visit, having read all of it; whether that was possible."""
        record = uuid.UUID(visit)

        def decide(session: Session, author: Author) -> None:
            base = self._read_whole(session, record)
            move(session, author, record, scope, base=base, reason="nhầm đợt", identify=identify)

        return self._decide(decide)

    def merge_visits(self, kept: str, merged: str) -> bool:
        """The office merges two visits of one shop, having read all of both; whether that was possible."""
        one, other = uuid.UUID(kept), uuid.UUID(merged)

        def merge(session: Session, author: Author) -> None:
            base = self._read_whole(session, other)
            merging.merge(session, author, one, other, base=base, reason="một chuyến")

        return self._decide(merge)

    def carry_late_or_undo(self, choice: int, *, undo: bool) -> list[str]:
        """The office carries over what came late to a merged visit, or undoes a merge; the two visits, if it was
        possible."""
        with self.app.app_context():
            standing = select(VisitMerge).where(~VisitMerge.voided).order_by(VisitMerge.first)
            merges = [(each.id, str(each.kept), str(each.merged)) for each in db.session.scalars(standing)]
        if not merges:
            return []
        note, kept, merged = merges[choice % len(merges)]

        def decide(session: Session, author: Author) -> None:
            if undo:
                merging.undo(session, author, note, reason="hai chuyến")
            else:
                merging.carry_late(session, author, note)

        return [kept, merged] if self._decide(decide) else []

    @staticmethod
    def _read_whole(session: Session, visit: uuid.UUID) -> str:
        query = select(Record.seq).where((Record.id == visit) | (Record.parent == visit))
        return store.generations(session).version(max(session.scalars(query), default=0))

    def _decide(self, decide: Callable[[Session, Author], object]) -> bool:
        try:
            with self.app.app_context(), write() as session:
                author = system_author(session, self.world.jurisdiction)
                decide(session, dataclasses.replace(author, self_exempt=False))
        except Refusal as refusal:
            if refusal.code not in ("not_found", "unprocessable", "changed_meanwhile"):
                raise
            return False
        return True

    @contextmanager
    def failing_commit(self) -> Iterator[None]:
        """Every commit fails, as on a full disk."""

        def fail(session: Session) -> None:
            if not session.in_nested_transaction():
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

    newer = dataclasses.replace(registry["visit"], upgrades={1: renamed})
    with mock.patch.object(examine, "SCHEMA", NEW_SCHEMA), mock.patch.dict(registry, {"visit": newer}):
        yield


@contextmanager
def district(folder: Path, database_url: str) -> Iterator[Server]:
    """A server on a migrated SQLite database, one release ahead of the phones."""
    from wsgi import create_app

    app = create_app(settings_for(folder, database_url))
    with newer_server():
        yield Server(app, Path(database_url.removeprefix("sqlite:///")))
    release(app)
