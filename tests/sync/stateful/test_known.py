"""Histories that lost or hid something once, each played by the machine's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.stateful.machine import Synchronisation
from tests.sync.stateful.server import district

CHI = 2


@pytest.fixture
def machine(sqlite_url: str, tmp_path: Path) -> Iterator[Synchronisation]:
    with district(tmp_path / "data", sqlite_url) as server:
        Synchronisation.server, Synchronisation.totals = server, {}
        played = Synchronisation()
        played.first_day()
        yield played
        played.teardown()


def test_work_in_a_scope_that_was_left_comes_again_after_a_restore(machine: Synchronisation) -> None:
    machine.back_up()
    machine.open_a_visit(CHI, 0, "A")
    machine.push(CHI, 500, "none")
    machine.let_chi_leave_or_return()
    machine.pull(CHI, 1000, 100)
    machine.restore()


def test_a_dismissed_operation_that_waited_does_not_wait_for_ever(machine: Synchronisation) -> None:
    machine.open_a_visit(0, 0, "A")
    machine.answer_an_item(CHI, 1, "I1", "pass")
    machine.push(CHI, 500, "none")
    machine.decide_about_something_kept_aside(0, False)


def test_a_quarantined_operation_is_not_admitted_twice(machine: Synchronisation) -> None:
    machine.open_a_visit(CHI, 0, "A")
    machine.revoke_a_phone(CHI)
    machine.push(CHI, 500, "none")
    machine.push(CHI, 500, "none")
    machine.decide_about_something_kept_aside(0, True)


def test_a_clones_operation_is_admitted_before_the_clone_sends_it_again(machine: Synchronisation) -> None:
    machine.clone_a_phone(CHI)
    machine.open_a_visit(CHI, 0, "A")
    machine.open_a_visit(3, 0, "B")
    machine.push(CHI, 500, "none")
    machine.push(3, 500, "none")
    machine.decide_about_something_kept_aside(0, True)


def test_a_visit_moves_with_its_answers(machine: Synchronisation) -> None:
    machine.open_a_visit(0, 0, "A")
    machine.answer_an_item(0, 1, "I1", "fail")
    machine.push(0, 500, "none")
    machine.pull(CHI, 1000, 100)
    machine.answer_an_item(CHI, 1, "I2", "pass")
    machine.move_a_visit(1, 1)
    assert machine.ledger.counts["moved"] == 1


def test_a_void_waits_for_who_disagreed_about_an_answer_below_it(machine: Synchronisation) -> None:
    machine.push(0, 500, "none")
    machine.pull(1, 1000, 100)
    machine.pull(CHI, 1000, 100)
    machine.answer_an_item(1, 0, "I1", "fail")
    machine.answer_an_item(CHI, 0, "I1", "pass")
    machine.push(1, 500, "none")
    machine.pull(1, 1000, 100)
    machine.push(CHI, 500, "none")
    machine.void_or_restore_a_visit(1, 0, True)
