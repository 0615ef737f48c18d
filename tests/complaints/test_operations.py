"""The register through the journal, on both databases: numbers, clocks, steps and sealed identities."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select, text

from config.errors import Refusal
from config.extensions import Base, db, write
from inspection.complaints import keys, sealing
from inspection.complaints.intake import next_register_number, seal, unseal
from inspection.complaints.models import Complaint, SealedIdentity
from inspection.complaints.operations import move, receive, with_whole_groups
from inspection.complaints.queries import overdue, register_of
from inspection.complaints.rules import Status
from inspection.journal import store
from inspection.journal.edit import edit
from inspection.journal.operation import Result
from inspection.journal.operation import Status as Answer
from tests.world import World, system_author

IDENTITY = "Nguyễn Văn Mẫu, thôn Đông, 0900 000 999"
PETITION = {
    "petition_kind": "complaint",
    "channel": "desk",
    "received_on": "2022-08-23",
    "field": "food_safety",
    "summary": "Khiếu nại quyết định xử phạt",
    "petitioner_type": "one",
}

Value = TypeVar("Value")


class StopError(Exception):
    """Something went wrong after a number was given."""


def enter(world: World, sealed: dict[str, str] | None = None, **fields: object) -> uuid.UUID:
    with world.app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        record, result = receive(session, author, world.jurisdiction, {**PETITION, **fields}, sealed)
        assert result.status is Answer.APPLIED, result
    return record


def step(world: World, record: uuid.UUID, target: Status, **fields: object) -> Result:
    with world.app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        found = session.get_one(Complaint, record)
        base = store.generations(session).version(found.version)
        return move(session, author, record, target, fields, base)


def read(world: World, record: uuid.UUID, value: Callable[[Complaint], Value]) -> Value:
    with world.app.app_context():
        return value(db.session.get_one(Complaint, record))


def test_a_petition_gets_the_next_number_of_its_year_and_its_first_due_date(app: Flask) -> None:
    world = World(app)
    records = [enter(world), enter(world), enter(world, received_on="2023-01-12"), enter(world)]
    given = [read(world, each, lambda row: (row.register_number, row.register_year)) for each in records]
    assert given == [(1, 2022), (2, 2022), (1, 2023), (3, 2022)]
    assert read(world, records[0], lambda row: str(row.due_on)) == "2022-09-05"


def test_every_jurisdiction_has_its_own_register(app: Flask) -> None:
    one, other = World(app), World(app)
    enter(one)
    assert read(other, enter(other), lambda row: row.register_number) == 1


def test_a_transaction_that_fails_gives_its_number_back(app: Flask) -> None:
    world = World(app)
    enter(world)
    with app.app_context(), suppress(StopError), write() as session:
        assert next_register_number(session, world.jurisdiction, 2022) == 2
        raise StopError
    assert read(world, enter(world), lambda row: row.register_number) == 2


def test_numbers_have_no_gap_when_many_desks_write_at_once(app: Flask) -> None:
    world = World(app)
    enter(world)

    def write_three(_: int) -> None:
        with app.app_context():
            for _ in range(3):
                with write() as session:
                    author = replace(system_author(session, world.jurisdiction), device=uuid.uuid4())
                    receive(session, author, world.jurisdiction, PETITION)

    with ThreadPoolExecutor(6) as desks:
        list(desks.map(write_three, range(8)))
    with app.app_context():
        numbers = [row.register_number for row in register_of(db.session(), world.jurisdiction, 2022)]
    assert numbers == list(range(1, 26))


def test_a_lost_counter_goes_on_after_the_highest_number(app: Flask) -> None:
    world = World(app)
    enter(world)
    enter(world)
    with app.app_context(), write() as session:
        session.execute(text("DELETE FROM register_counter"))
    assert read(world, enter(world), lambda row: row.register_number) == 3


def test_nobody_can_choose_a_register_number(app: Flask) -> None:
    world = World(app)
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        _, result = receive(session, author, world.jurisdiction, {**PETITION, "register_number": 7})
        assert (result.status, result.error and result.error["code"]) == (Answer.REJECTED, "validation")


def test_acceptance_starts_the_settlement_clock(app: Flask) -> None:
    world = World(app)
    record = enter(world, received_on="2026-07-20")
    result = step(world, record, Status.ACCEPTED, accepted_on="2026-07-24", acceptance_number="5/QĐ")
    assert result.status is Answer.APPLIED
    assert read(world, record, lambda row: (row.status, str(row.due_on))) == ("accepted", "2026-08-24")


def test_a_step_the_law_does_not_know_is_refused(app: Flask) -> None:
    world = World(app)
    record = enter(world)
    with pytest.raises(Refusal, match="illegal_transition"):
        step(world, record, Status.SETTLED, settled_on="2022-09-01", outcome="right")


def test_a_step_names_the_fields_it_lacks(app: Flask) -> None:
    world = World(app)
    record = enter(world)
    with pytest.raises(Refusal) as caught:
        step(world, record, Status.REFUSED)
    assert caught.value.errors is not None
    assert caught.value.errors.keys() == {"ended_on", "refusal_code", "refusal_number", "refusal_reason"}
    with pytest.raises(Refusal) as caught:
        step(world, record, Status.ACCEPTED, accepted_on="hôm qua")
    assert caught.value.code == "unprocessable"


def test_a_case_nobody_entered_is_not_found(app: Flask) -> None:
    world = World(app)
    with app.app_context(), write() as session, pytest.raises(Refusal, match="not_found"):
        move(session, system_author(session, world.jurisdiction), uuid.uuid4(), Status.FILED, {}, "0")


def test_part_of_a_group_is_completed_from_the_record(app: Flask) -> None:
    world = World(app)
    record = enter(world)
    step(world, record, Status.ACCEPTED, accepted_on="2022-08-25", acceptance_number="12/TB")
    with app.app_context(), write() as session:
        found = session.get_one(Complaint, record)
        values = {"accepted_on": "2022-08-26"}
        whole = with_whole_groups(found, values)
        assert whole == {"accepted_on": "2022-08-26", "acceptance_number": "12/TB"}


def test_an_open_case_past_its_day_is_overdue(app: Flask) -> None:
    world = World(app)
    late, settled = enter(world), enter(world)
    step(world, settled, Status.ACCEPTED, accepted_on="2022-08-25", acceptance_number="5/QĐ")
    step(world, settled, Status.SETTLED, settled_on="2022-09-01", outcome="wrong", decision_number="9/QĐ")
    with app.app_context():
        session = db.session()
        found = register_of(session, world.jurisdiction, 2022)[0]
        assert found.due_on is not None
        on_the_day = overdue(session, world.jurisdiction, found.due_on)
        after = overdue(session, world.jurisdiction, found.due_on.replace(day=6))
        assert [row.id for row in after] == [late]
    assert on_the_day == []


def test_the_identity_is_sealed_beside_the_journal_and_nowhere_in_clear(app: Flask) -> None:
    world = World(app)
    data_dir = app.config["SETTINGS"].data_dir
    sealed = sealing.seal(keys.current_public_key(data_dir), IDENTITY)
    record = enter(world, sealed, petition_kind="denunciation")
    with app.app_context():
        kept = db.session.get_one(SealedIdentity, record)
        private = keys.private_key(data_dir, kept.key)
        assert sealing.open_sealed(private, {"key": kept.key, "box": kept.box}) == IDENTITY
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                shown = str(row)
                assert "Nguyễn Văn Mẫu" not in shown
                assert table.name == "sealed_identity" or sealed["box"] not in shown


def test_a_better_identity_sent_later_keeps_the_one_before(app: Flask) -> None:
    world = World(app)
    public = keys.current_public_key(app.config["SETTINGS"].data_dir)
    first, second = sealing.seal(public, "không rõ"), sealing.seal(public, IDENTITY)
    record = enter(world, first)
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        scope = f"complaint:{record}"
        edit(
            session, author, kind="complaint", scope=scope, record=record, fields={"people": 1}, sealed=second
        )
    with app.app_context():
        kept = db.session.get_one(SealedIdentity, record)
        assert kept.box == second["box"]
        assert [each["box"] for each in kept.earlier] == [first["box"]]


def test_what_is_no_sealed_value_is_refused_before_anything_is_written(app: Flask) -> None:
    world = World(app)
    with pytest.raises(Refusal, match="unprocessable"):
        enter(world, {"key": "k", "box": IDENTITY})
    with app.app_context():
        assert register_of(db.session(), world.jurisdiction, 2022) == []


def test_an_operation_kept_aside_is_sealed_to_the_office(app: Flask) -> None:
    with app.app_context():
        kept = seal(IDENTITY.encode())
        assert "Mẫu" not in kept
        assert unseal(kept).decode() == IDENTITY
