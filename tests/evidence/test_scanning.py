"""A scanner of the house's own is asked before anything keeps a file."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.evidence.samples import photo
from tests.evidence.sending import Sender, announce, code_of
from tests.world import World

Setup = Callable[[str], tuple[Sender, bytes]]


@pytest.fixture
def sender(app: Flask, tmp_path: Path) -> Setup:
    """A phone that is about to send a photo to a server whose scanner behaves as the test says."""

    def make(behaviour: str) -> tuple[Sender, bytes]:
        program = tmp_path / "scanner"
        program.write_text(f'#!/bin/sh\ntest -s "$2" && test "$1" = --quiet || exit 9\n{behaviour}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], upload_scanner=f"{program} --quiet")
        world = World(app)
        campaign = world.campaign(world.person("an", "inspector"))
        phone, content = world.phone("an"), photo()
        visit = phone.visit(campaign, world.establishment())
        phone.push(visit)
        return Sender(phone, announce(phone, visit, content)), content

    return make


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_clean_file_is_kept(sender: Setup) -> None:
    sending, content = sender("exit 0")
    assert sending.whole(content).status_code == 204
    assert sending.stored()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_in_which_something_was_found_is_thrown_away_and_the_phone_is_told(sender: Setup) -> None:
    sending, content = sender("exit 1")
    answer = sending.whole(content)
    assert (answer.status_code, code_of(answer)) == (422, "file_refused")
    assert not sending.stored()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("behaviour", ["exit 2", "kill -9 $$"])
def test_a_scanner_that_cannot_tell_lets_the_file_wait_and_nothing_is_lost(
    sender: Setup, behaviour: str
) -> None:
    sending, content = sender(behaviour)
    answer = sending.whole(content)
    assert (answer.status_code, code_of(answer)) == (503, "unavailable")
    settings = sending.phone.app.config["SETTINGS"]
    sending.phone.app.config["SETTINGS"] = replace(settings, upload_scanner="")
    assert sending.patch(len(content), b"").status_code == 204
    assert sending.stored()
