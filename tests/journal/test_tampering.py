"""Somebody with the database in hand changes it. Each way shows, and where, in the product's own check and in the
stand-alone command, which has only an export, the checkpoint and the public key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from config.extensions import snapshot, write
from inspection.journal import checkpoint, rebuild, verification
from inspection.journal.models import WitnessAlarm
from inspection.journal.verification import Held
from tests.journal.test_checkpoints import verifier
from tests.journal.test_journal import meddle
from tests.sync.conftest import Team

TAIL = (
    "DELETE FROM journal_entry WHERE scope = :scope AND seq > 5",
    "UPDATE journal_scope SET head = 5, head_hash = (SELECT hash FROM journal_entry WHERE scope = :scope AND seq = 5) "  # noqa: ISC004 - one statement
    "WHERE id = :scope",
)
"""The end cut off, and the counter row with it."""
COPY = ", ".join(
    f'"{name}"'
    for name in (
        "scope", "operation", "device", "user", "n", "kind", "record", "parent", "base", "made_at", "received_at",
        "outcomes", "settled", "amendment", "admitted_by", "digests", "content", "hash",
    )
)  # fmt: skip

INSERT = f"INSERT INTO journal_entry (seq, {COPY}) SELECT 5, {COPY} FROM journal_entry WHERE scope = :scope AND seq = 4"  # noqa: S608 - names of columns
STRAY = (
    "INSERT INTO establishment (id, scope, version, voided, conflicts, name, establishment_type) "
    "SELECT id, 'establishments:nowhere', 1, voided, 0, 'khống', 'other' FROM visit WHERE scope = :scope"
)


@dataclass(frozen=True, slots=True)
class Tampering:
    """One way to change the database: what is done, what notices, and where; ``alone`` is what the stand-alone command
    says, nothing when an export shows no sign of it. ``rebuilt``: whoever does it has the tables filled anew from what
    is left, so that nothing in the database contradicts anything else."""

    name: str
    statements: tuple[str, ...]
    held: Held
    seq: int | None
    alone: str
    rebuilt: bool = False


TABLE = (
    Tampering(
        "change a value",
        ("""UPDATE journal_entry SET content = '{"note": ["00", "khác"]}' WHERE scope = :scope AND seq = 5""",),
        Held.CHAIN, 5, "5: the value of note was altered",
    ),
    Tampering(
        "change who wrote it",
        ('UPDATE journal_entry SET "user" = device WHERE scope = :scope AND seq = 4',),
        Held.CHAIN, 4, "4 was altered",
    ),
    Tampering(
        "delete an entry",
        ("DELETE FROM journal_entry WHERE scope = :scope AND seq = 4",),
        Held.CHAIN, 4, "4 is missing",
    ),
    Tampering(
        "swap two",
        (
            "UPDATE journal_entry SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END WHERE scope = :scope AND seq IN (4, 5)",
            "UPDATE journal_entry SET seq = -seq WHERE scope = :scope AND seq < 0",
        ),
        Held.CHAIN, 4, "4 was altered",
    ),
    Tampering(
        "insert one",
        (
            "UPDATE journal_entry SET seq = -(seq + 1) WHERE scope = :scope AND seq > 4",
            "UPDATE journal_entry SET seq = -seq WHERE scope = :scope AND seq < 0",
            INSERT,
            "UPDATE journal_scope SET head = head + 1 WHERE id = :scope",
        ),
        Held.CHAIN, 5, "5 was altered",
    ),
    Tampering("cut the end off", TAIL[:1], Held.CHAIN, 6, "is not in this journal"),
    Tampering("cut the end off with care", TAIL, Held.CHECKPOINT, None, "is not in this journal", rebuilt=True),
    Tampering(
        "remove a whole file",
        (
            "DELETE FROM journal_entry WHERE scope = :scope",
            "DELETE FROM journal_scope WHERE id = :scope",
        ),
        Held.CHECKPOINT, None, "is not in this journal", rebuilt=True,
    ),
    Tampering(
        "change only what people see",
        ("UPDATE visit SET note = 'khác' WHERE scope = :scope",),
        Held.PROJECTION, None, "",
    ),
    Tampering(
        "slip in a row that no entry made",
        (
            STRAY,
        ),
        Held.PROJECTION, None, "",
    ),
    Tampering(
        "sign a checkpoint again with other heads",
        ("UPDATE journal_checkpoint SET taken_at = '2020-01-01 00:00:00+00'",),
        Held.SIGNATURE, None, "",
    ),
)  # fmt: skip
FAULTS = [pytest.param(one, id=one.name) for one in TABLE]


@pytest.fixture
def sealed(team: Team, tmp_path: Path) -> dict[str, Any]:
    """A campaign with a visit of three answers, and the checkpoint that was taken then."""
    visit = team.lead.visit(team.campaign, team.shop, note="cân số 2 < 1 kg & “hỏng”")
    answers = [team.lead.answer(visit, f"ATTP-C0{at}", result="pass") for at in (1, 2, 3)]
    note = team.lead.operation("visit", team.scope, visit["record"], note="cân số 2 đã sửa")
    team.lead.push(visit, note, *answers)
    with team.world.app.app_context(), write() as session:
        return checkpoint.to_json(checkpoint.keep(session, checkpoint.take(session), tmp_path))


def findings(team: Team, folder: Path) -> list[verification.Finding]:
    with team.world.app.app_context(), snapshot() as session:
        return verification.whole(session, folder)


def fill_anew(team: Team) -> None:
    with team.world.app.app_context(), write() as session:
        rebuild.rebuild(session)


def test_an_honest_journal_has_nothing_to_find(team: Team, sealed: dict[str, Any], tmp_path: Path) -> None:
    team.binh.push(team.binh.visit(team.campaign, team.shop))
    assert findings(team, tmp_path) == []
    assert verifier(team, tmp_path, sealed, values=True)[0] == 0


@pytest.mark.parametrize("tampering", FAULTS)
def test_tampering_is_detected_and_located(
    team: Team, sealed: dict[str, Any], tmp_path: Path, tampering: Tampering
) -> None:
    meddle(team, *tampering.statements)
    if tampering.rebuilt:
        fill_anew(team)
    found = findings(team, tmp_path)
    assert tampering.held in {each.held for each in found}, found
    noticed = [each for each in found if each.held is tampering.held]
    if tampering.held is Held.CHAIN:
        assert (noticed[0].scope, noticed[0].seq) == (team.scope, tampering.seq), noticed
    elif tampering.held is Held.CHECKPOINT:
        assert [each.scope for each in noticed] == [team.scope]
    elif tampering.held is Held.PROJECTION:
        assert all(each.record for each in noticed)
    status, said = verifier(team, tmp_path, sealed, values=True)
    if tampering.alone:
        assert status == 1
        assert tampering.alone in said, said


def test_a_database_from_an_old_backup_shows_against_a_checkpoint_held_outside(
    team: Team, sealed: dict[str, Any], tmp_path: Path
) -> None:
    """The checkpoint itself is gone with the backup; only the copy outside knows of it."""
    meddle(team, *TAIL, "DELETE FROM journal_checkpoint")
    fill_anew(team)
    assert findings(team, tmp_path) == []
    with team.world.app.app_context(), snapshot() as session:
        found = verification.against(session, sealed)
    assert [(each.scope, each.problem) for each in found] == [(team.scope, "missing")]
    assert verifier(team, tmp_path, sealed, values=True)[0] == 1


def test_a_phone_that_has_seen_the_cut_end_raises_the_alarm_by_itself(
    team: Team, sealed: dict[str, Any]
) -> None:
    cursors = team.binh.pull()["cursors"]
    meddle(team, *TAIL, "DELETE FROM journal_checkpoint")
    fill_anew(team)
    team.binh.pull(cursors)
    with team.world.app.app_context(), snapshot() as session:
        assert [alarm.scope for alarm in session.scalars(select(WitnessAlarm))] == [team.scope]
