"""The office replaces its sealing key, and every identity can still be opened, with the new one alone."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from uuid_utils.compat import uuid7

from config.extensions import now, snapshot, write
from inspection.complaints import keys, opening, rotation, sealing
from inspection.complaints.models import PetitionerMark, SealedIdentity
from inspection.complaints.sealing import SealingError
from inspection.people.models import Erasure
from tests.office.test_identities import CANARY
from tests.world import World


def boxed(app: Flask, text: str) -> dict[str, str]:
    return sealing.seal(keys.current_public_key(app.config["SETTINGS"].data_dir), json.dumps({"name": text}))


def test_identities_are_sealed_anew_and_the_old_key_may_go(app: Flask) -> None:
    data_dir = app.config["SETTINGS"].data_dir
    case = uuid7()
    older, newer = boxed(app, "Trần Văn Cũ"), boxed(app, CANARY)
    with app.app_context(), write() as session:
        earlier = [{**older, "created_at": now().isoformat()}]
        session.add(
            SealedIdentity(id=case, key=newer["key"], box=newer["box"], created_at=now(), earlier=earlier)
        )
    old = keys.current_public_key(data_dir)["kid"]
    done = app.test_cli_runner().invoke(args=["identities", "rotate"])
    assert done.exit_code == 0, done.output
    assert "2 danh tính" in done.output
    assert CANARY not in done.output
    assert keys.current_public_key(data_dir)["kid"] != old
    named = app.test_cli_runner().invoke(args=["identities", "unused-keys"])
    assert named.output.split() == [f"sealing/{old}.pem"]
    (data_dir / named.output.strip()).unlink()
    with app.app_context(), snapshot() as session:
        found = opening.identities(session, data_dir, case)
        assert [one.lines[0][1] for one in found] == [CANARY, "Trần Văn Cũ"]
        assert rotation.reseal(session, data_dir) == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_box_that_cannot_be_opened_stops_the_rotation_before_anything_changes(app: Flask) -> None:
    data_dir = app.config["SETTINGS"].data_dir
    good, bad = boxed(app, "Một"), boxed(app, "Hai")
    bad["box"] = bad["box"][:-8] + ("AAAAAAA=" if not bad["box"].endswith("AAAAAAA=") else "BBBBBBA=")
    with app.app_context(), write() as session:
        for box in (good, bad):
            session.add(
                SealedIdentity(id=uuid7(), key=box["key"], box=box["box"], created_at=now(), earlier=[])
            )
    done = app.test_cli_runner().invoke(args=["identities", "rotate"])
    assert done.exit_code == 1
    assert "không có gì thay đổi" in done.output
    with app.app_context(), snapshot() as session:
        assert {row.key for row in session.query(SealedIdentity)} == {good["key"]}
        with pytest.raises(SealingError):
            rotation.reseal(session, data_dir)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_identity_is_erased_under_the_law_with_its_marks_and_the_act_is_on_record(app: Flask) -> None:
    world = World(app)
    world.person("quản trị", "administrator")
    case, box = uuid7(), boxed(app, CANARY)
    with app.app_context(), write() as session:
        session.add(SealedIdentity(id=case, key=box["key"], box=box["box"], created_at=now(), earlier=[]))
        session.add(PetitionerMark(complaint=case, mark="0" * 64))
    words = [
        "identities",
        "erase",
        str(case),
        "--basis",
        "Quyết định 12/QĐ-UBND",
        "--by",
        "quản trị",
        "--yes",
    ]
    assert app.test_cli_runner().invoke(args=words).exit_code == 0
    assert app.test_cli_runner().invoke(args=words).exit_code == 1, "there is nothing left to erase"
    with app.app_context(), snapshot() as session:
        assert session.get(SealedIdentity, case) is None
        assert session.query(PetitionerMark).count() == 0
        [erasure] = session.query(Erasure)
        assert (erasure.record, erasure.field) == (case, "identity")
