"""The job that forgets old sign-ins."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from config.extensions import db, now, write
from inspection.people import throttle
from inspection.people.models import Attempts, RefreshToken
from inspection.people.operations import KEPT_EXPIRED
from tasks import accounts
from tasks.schedule import SCHEDULE
from tests.world import World


def test_the_clock_rings_the_sweep() -> None:
    assert accounts.sweep.name in {each["task"] for each in SCHEDULE.values()}


def test_the_sweep_forgets_what_has_expired_and_nothing_else(app: Flask) -> None:
    world = World(app)
    for name in ("an", "binh"):
        world.person(name, "inspector")
    old, fresh = world.phone("an"), world.phone("binh")
    with app.app_context():
        with write() as session:
            throttle.count(session, "nobody", "192.0.2.1", now() - timedelta(hours=1))
            throttle.count(session, "somebody", "192.0.2.2", now())
            session.execute(
                update(RefreshToken)
                .where(RefreshToken.device == old.device)
                .values(expires_at=now() - KEPT_EXPIRED - timedelta(days=1))
            )
        before = db.session.scalar(select(func.count()).select_from(Attempts)) or 0
        accounts.sweep.run()
        assert db.session.scalar(select(func.count()).select_from(Attempts)) == before - 2
        assert db.session.scalars(select(RefreshToken.device)).all() == [fresh.device]
