"""An upgrade under the feet of a phone that has been away: its outbox is taken as it was written."""

from __future__ import annotations

import gzip
import json

from flask import Flask
from flask_migrate import downgrade, upgrade

from config.extensions import db, snapshot
from inspection.journal import history, rebuild
from tests.conftest import release
from tests.world import World, statuses

FIRST_WITH_DATA = "0002"


def test_a_phone_that_was_away_during_the_upgrade_loses_nothing(app: Flask) -> None:
    world = World(app)
    campaign = world.campaign(world.person("an", "inspector"))
    shop, phone = world.establishment(), world.phone("an")
    visit = phone.visit(campaign, shop)
    assert statuses(phone.push(visit)) == ["applied"]
    cursors = phone.pull()["cursors"]
    note = phone.operation("visit", visit["scope"], visit["record"], base="0", note="ghi khi mất mạng")
    outbox = gzip.compress(json.dumps({"operations": [visit, note]}).encode())

    release(app)
    with app.app_context():  # the database as it was before the upgrade, with the work in it
        downgrade(revision=FIRST_WITH_DATA)
        db.session.remove()
        upgrade()
    release(app)

    answer = phone.post("/api/sync/push", outbox, **{"Content-Encoding": "gzip"})
    first, second = answer.json["results"]
    assert (first["status"], first["replayed"], second["status"]) == ("applied", True, "applied")
    page = phone.pull(cursors)
    assert "resync" not in page
    [change] = page["changes"]
    assert change["fields"]["note"] == "ghi khi mất mạng"
    with app.app_context(), snapshot() as session:
        assert history.verify(session) == []
        assert list(rebuild.differences(session)) == []
