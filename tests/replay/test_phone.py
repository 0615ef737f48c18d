"""The stand-in phone freezes bases, numbers, cuts and repeats as the protocol asks."""

from __future__ import annotations

import json

import pytest

from bench.replay.phone import LARGEST_BODY, MOST_OPERATIONS, Operation, Phone, in_requests
from bench.replay.plan import chance_of
from tests.replay.scripted import Sky

VISIT, OTHER = "visit-1", "visit-2"
MADE_AT = "2018-01-09T10:00:00-05:00"


@pytest.fixture
def sky() -> Sky:
    return Sky()


@pytest.fixture
def phone(sky: Sky) -> Phone:
    return sky.phone()


def note(phone: Phone, record: str = VISIT, words: str = "x") -> Operation:
    return phone.make("visit", record, "campaign:c", {"note": words}, MADE_AT)


def test_the_base_of_a_record_never_seen_is_nothing(phone: Phone) -> None:
    assert note(phone)["base"] == "0"


def test_the_base_of_a_record_on_the_screen_is_its_version(sky: Sky, phone: Phone) -> None:
    sky.shows(VISIT, 7)
    phone.pull()

    assert note(phone)["base"] == "g.7"


def test_a_base_is_frozen_when_the_operation_is_made(sky: Sky, phone: Phone) -> None:
    made = note(phone)
    sky.shows(VISIT, 7)
    phone.pull()
    phone.deliver()

    assert made["base"] == "0"
    assert [operation["base"] for operation in sky.line.sent[-1][1]["operations"]] == ["0"]


def test_while_an_earlier_operation_is_unsent_later_ones_carry_its_base(sky: Sky, phone: Phone) -> None:
    note(phone)
    sky.shows(VISIT, 7)
    phone.pull()

    assert note(phone)["base"] == "0"


def test_while_an_acknowledged_operation_is_not_pulled_past_later_ones_carry_its_base(
    sky: Sky, phone: Phone
) -> None:
    sky.shows(VISIT, 7)
    phone.pull()
    note(phone)
    phone.deliver()
    sky.shows(VISIT, 9)
    phone.pull()

    assert sky.seq == 11
    assert note(phone)["base"] == "g.7"


def test_a_pull_past_the_operation_frees_the_base(sky: Sky, phone: Phone) -> None:
    note(phone)
    phone.deliver()
    sky.shows(VISIT, 12)
    phone.pull()

    assert note(phone)["base"] == "g.12"


def test_operations_on_one_record_do_not_freeze_another(sky: Sky, phone: Phone) -> None:
    note(phone)
    sky.shows(OTHER, 7)
    phone.pull()

    assert note(phone, OTHER)["base"] == "g.7"


def test_a_held_operation_keeps_its_base_until_what_it_waits_for_is_there(sky: Sky, phone: Phone) -> None:
    sky.status, sky.extra = "held", {"waits_for": {"kind": "visit", "record": VISIT}}
    note(phone, "answer-1")
    phone.deliver()
    sky.shows("answer-1", 5)
    phone.pull()
    assert note(phone, "answer-1")["base"] == "0"
    phone.deliver()

    sky.shows(VISIT, 20)
    sky.shows("answer-1", 21)
    phone.pull()
    assert note(phone, "answer-1")["base"] == "g.21"


def test_asking_for_a_held_operation_tells_what_became_of_it(sky: Sky, phone: Phone) -> None:
    sky.status, sky.extra = "held", {"waits_for": {"kind": "visit", "record": VISIT}}
    made = note(phone)
    phone.deliver()
    sky.status, sky.extra = "conflict", {"replayed": True}
    phone.ask_for_held()

    assert phone.counts.answers == {made["id"]: "conflict"}
    assert phone.counts.held == {made["id"]}
    assert phone.counts.resent == 1
    assert phone.counts.problems == []


def test_a_rejected_operation_is_named_and_holds_nobody_up(sky: Sky, phone: Phone) -> None:
    sky.status, sky.extra = "rejected", {"error": {"code": "validation"}}
    made = note(phone)
    phone.deliver()
    sky.shows(VISIT, 7)
    phone.pull()

    assert phone.counts.answers == {made["id"]: "rejected"}
    assert len(phone.counts.problems) == 1
    assert note(phone)["base"] == "g.7"


def test_an_answer_that_changes_is_named(sky: Sky, phone: Phone) -> None:
    note(phone)
    phone.deliver()
    sky.status = "merged"
    phone.repeat(1)

    assert len(phone.counts.problems) == 1


def test_retry_leaves_the_operation_in_the_outbox_and_it_is_sent_again(
    sky: Sky, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = note(phone)
    sky.status = "retry"
    monkeypatch.setattr("time.sleep", lambda _seconds: setattr(sky, "status", "applied"))
    phone.deliver()

    assert phone.waiting == 0
    assert phone.counts.answers == {made["id"]: "applied"}
    assert phone.counts.resent == 1
    assert [body["operations"] for _, body in sky.line.sent] == [[made], [made]]


def test_attempts_of_the_connection_count_as_resent(sky: Sky, phone: Phone) -> None:
    note(phone)
    note(phone)
    sky.line.attempts = 3
    phone.deliver()

    assert phone.counts.resent == 4


def test_operations_are_numbered_in_the_order_in_which_they_are_made(phone: Phone) -> None:
    assert [note(phone)["n"] for _ in range(3)] == [1, 2, 3]


def test_a_request_holds_at_most_500_operations_and_one_mebibyte(sky: Sky, phone: Phone) -> None:
    for number in range(MOST_OPERATIONS + 1):
        note(phone, f"visit-{number}")
    for number in range(40):
        note(phone, f"long-{number}", "ă" * 29_000)
    phone.deliver()

    requests = [body for _, body in sky.line.sent]
    assert sum(len(body["operations"]) for body in requests) == MOST_OPERATIONS + 41
    assert all(len(body["operations"]) <= MOST_OPERATIONS for body in requests)
    assert all(len(json.dumps(body, ensure_ascii=False).encode()) <= LARGEST_BODY for body in requests)


def test_an_operation_beyond_64_kib_is_refused_where_it_is_made(phone: Phone) -> None:
    with pytest.raises(ValueError, match="bytes"):
        note(phone, words="x" * 70_000)


def test_a_shuffled_outbox_is_delivered_whole_in_several_requests(sky: Sky, phone: Phone) -> None:
    made = [note(phone, f"visit-{number}")["id"] for number in range(40)]
    phone.deliver(chance_of(1))

    sent = [operation["id"] for _, body in sky.line.sent for operation in body["operations"]]
    assert sorted(sent) == sorted(made)
    assert sent != made
    assert len(sky.line.sent) == 4


def test_nothing_makes_no_request() -> None:
    assert list(in_requests([])) == []
