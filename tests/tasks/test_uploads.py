"""The job that looks after half uploads."""

from __future__ import annotations

import pytest

from inspection.journal.operation import Status
from sync.uploads.half_files import HalfFiles
from tasks import uploads
from tasks.schedule import SCHEDULE
from tests.evidence import samples
from tests.evidence.sending import Sender, announce
from tests.sync.conftest import Team, team, world

__all__ = ["team", "world"]


def test_the_clock_rings_the_sweep() -> None:
    assert uploads.sweep.name in {each["task"] for each in SCHEDULE.values()}


def test_the_sweep_finishes_what_a_dead_process_left_whole(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = samples.photo()
    visit = team.binh.visit(team.campaign, team.shop)
    assert [result["status"] for result in team.binh.push(visit)] == [Status.APPLIED]
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    with HalfFiles(team.world.app.config["SETTINGS"].data_dir).writing(sender.evidence) as half:
        half.append([content])
    with team.world.app.app_context():
        uploads.sweep.run()
    assert sender.stored()
    assert sender.content().data == content
