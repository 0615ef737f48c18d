"""Checkpoints: what the office cannot change any more once somebody outside holds one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bin.install import ROOT
from config.extensions import snapshot, write
from inspection.journal import checkpoint, export, signing
from tests.sync.conftest import Team


@pytest.fixture
def used(team: Team) -> Team:
    """A campaign with a visit of three answers."""
    visit = team.lead.visit(team.campaign, team.shop, note="cân số 2 < 1 kg & “hỏng”")
    team.lead.push(visit, *(team.lead.answer(visit, f"ATTP-C0{at}", result="pass") for at in (1, 2, 3)))
    return team


def seal(team: Team, folder: Path) -> dict[str, Any]:
    with team.world.app.app_context(), write() as session:
        return checkpoint.to_json(checkpoint.keep(session, checkpoint.take(session), folder))


def contradictions(team: Team, sealed: dict[str, Any]) -> list[tuple[str, int, str]]:
    with team.world.app.app_context(), snapshot() as session:
        return [(found.scope, found.seq, found.problem) for found in checkpoint.against(session, sealed)]


def verifier(team: Team, folder: Path, sealed: dict[str, Any], *, values: bool = False) -> tuple[int, str]:
    """Run the stand-alone command on an export, a checkpoint file and the public key."""
    with team.world.app.app_context(), snapshot() as session:
        (folder / "journal.jsonl").write_bytes(b"".join(export.lines(session, values=values)))
    (folder / "checkpoint.json").write_text(json.dumps(sealed))
    (folder / "public.pem").write_bytes(signing.public_pem(signing.private_key(folder).public_key()))
    given = ["journal.jsonl", "--checkpoint", "checkpoint.json", "--key", "public.pem"]
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "verify_journal.py", *given],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_work_that_goes_on_contradicts_no_earlier_checkpoint(used: Team, tmp_path: Path) -> None:
    sealed = seal(used, tmp_path)
    used.binh.push(used.binh.visit(used.campaign, used.shop))
    assert contradictions(used, sealed) == []


def test_the_same_heads_are_sealed_once(used: Team, tmp_path: Path) -> None:
    assert seal(used, tmp_path) == seal(used, tmp_path)


def test_a_checkpoint_whose_heads_were_altered_is_refused(used: Team, tmp_path: Path) -> None:
    sealed = seal(used, tmp_path)
    sealed["heads"][0][1] += 1
    with pytest.raises(ValueError, match="root"):
        contradictions(used, sealed)


@pytest.mark.parametrize("values", [False, True])
def test_the_stand_alone_command_confirms_an_honest_export(used: Team, tmp_path: Path, values: bool) -> None:
    status, said = verifier(used, tmp_path, seal(used, tmp_path), values=values)
    assert status == 0, said
    assert ", 0 faults" in said


def test_an_export_without_values_carries_nobodys_words(used: Team, tmp_path: Path) -> None:
    verifier(used, tmp_path, seal(used, tmp_path))
    assert "cân số 2" not in (tmp_path / "journal.jsonl").read_text()


def test_a_checkpoint_signed_by_another_key_is_refused(used: Team, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    sealed = seal(used, foreign)
    status, said = verifier(used, tmp_path, sealed)
    assert status == 1
    assert "signature" in said


def test_the_keys_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    signing.private_key(tmp_path)
    assert (tmp_path / signing.FOLDER / "private.pem").stat().st_mode & 0o077 == 0
