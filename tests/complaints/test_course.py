"""Where a case may go, and what each step must bring along."""

from datetime import date

import pytest

from inspection.complaints.course import (
    StepTaken,
    faults_of_dates,
    faults_of_step,
    may_move,
    missing_for,
    next_statuses,
    next_steps,
)
from inspection.complaints.rules import ENDS, Complexity, PetitionerType, PetitionKind, Status, StepKind

COMPLAINT, DENUNCIATION, RECOMMENDATION = PetitionKind
ANONYMOUS = PetitionerType.ANONYMOUS


@pytest.mark.parametrize("kind", list(PetitionKind))
@pytest.mark.parametrize("end", sorted(ENDS))
def test_a_case_that_has_ended_goes_nowhere(kind: PetitionKind, end: Status) -> None:
    assert next_statuses(kind, end, None) == frozenset()


@pytest.mark.parametrize("kind", list(PetitionKind))
def test_an_accepted_case_is_settled_or_withdrawn(kind: PetitionKind) -> None:
    before = next_statuses(kind, Status.ACCEPTED, PetitionerType.ONE, date(2026, 6, 30))
    assert before == {Status.SETTLED, Status.WITHDRAWN}


def test_a_complaint_is_terminated_from_the_day_the_law_knows_it() -> None:
    assert not may_move(COMPLAINT, Status.ACCEPTED, Status.TERMINATED, day=date(2026, 6, 30))
    assert may_move(COMPLAINT, Status.ACCEPTED, Status.TERMINATED, day=date(2026, 7, 1))
    assert not may_move(DENUNCIATION, Status.ACCEPTED, Status.TERMINATED, day=date(2026, 7, 1))


def test_a_complaint_is_not_settled_before_it_is_accepted() -> None:
    assert not may_move(COMPLAINT, Status.RECEIVED, Status.SETTLED)
    assert may_move(COMPLAINT, Status.RECEIVED, Status.ACCEPTED)


def test_a_recommendation_may_be_answered_at_once() -> None:
    assert may_move(RECOMMENDATION, Status.RECEIVED, Status.SETTLED)


def test_an_anonymous_denunciation_is_never_accepted_but_may_be_passed_on_or_filed() -> None:
    assert not may_move(DENUNCIATION, Status.RECEIVED, Status.ACCEPTED, ANONYMOUS)
    assert may_move(DENUNCIATION, Status.RECEIVED, Status.TRANSFERRED, ANONYMOUS)
    assert may_move(DENUNCIATION, Status.RECEIVED, Status.FILED, ANONYMOUS)
    assert may_move(DENUNCIATION, Status.RECEIVED, Status.ACCEPTED, PetitionerType.ONE)


@pytest.mark.parametrize("status", list(Status))
def test_nothing_moves_to_where_it_stands_or_back_to_the_desk(status: Status) -> None:
    for kind in PetitionKind:
        assert not may_move(kind, status, status)
        assert not may_move(kind, status, Status.RECEIVED)


@pytest.mark.parametrize(
    ("kind", "target", "values", "missing"),
    [
        (COMPLAINT, Status.ACCEPTED, {}, ("accepted_on", "acceptance_number")),
        (
            COMPLAINT,
            Status.REFUSED,
            {"refusal_reason": "", "ended_on": "2026-09-01", "refusal_number": "1/TB"},
            ("refusal_code", "refusal_reason"),
        ),
        (COMPLAINT, Status.SETTLED, {"settled_on": "2026-09-01"}, ("decision_number", "outcome")),
        (RECOMMENDATION, Status.SETTLED, {"settled_on": "2026-09-01"}, ()),
        (DENUNCIATION, Status.TRANSFERRED, {}, ("ended_on", "closing_number", "receiver")),
        (DENUNCIATION, Status.FILED, {}, ("ended_on",)),
    ],
)
def test_each_step_brings_its_fields_along(
    kind: PetitionKind, target: Status, values: dict[str, object], missing: tuple[str, ...]
) -> None:
    assert missing_for(kind, target, values) == missing


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"received_on": "2026-09-02", "accepted_on": "2026-09-01"}, {"accepted_on"}),
        ({"received_on": "2026-09-02", "ended_on": "2026-09-01"}, {"ended_on"}),
        ({"received_on": "2026-09-02", "forwarded_on": "2026-09-03"}, {"forwarded_on"}),
        (
            {"received_on": "2026-09-02", "accepted_on": "2026-09-09", "settled_on": "2026-09-08"},
            {"settled_on"},
        ),
        ({"received_on": "2026-09-02", "accepted_on": "2026-09-02", "settled_on": "2026-09-02"}, set()),
    ],
)
def test_a_date_that_cannot_be_is_named(values: dict[str, object], named: set[str]) -> None:
    assert {name for name, _ in faults_of_dates(values)} == named


RECEIVED, ACCEPTED_ON = date(2026, 7, 20), date(2026, 7, 24)
EXTENSION, SUSPENSION, RESUMPTION = StepKind.EXTENSION, StepKind.SUSPENSION, StepKind.RESUMPTION
PART = StepKind.PARTIAL_WITHDRAWAL


def said(
    kind: PetitionKind,
    step: StepKind,
    *before: StepKind,
    on: date = date(2026, 8, 10),
    complexity: Complexity = Complexity.ORDINARY,
    status: Status = Status.ACCEPTED,
) -> str:
    earlier = [StepTaken(one, date(2026, 8, 1)) for one in before]
    faults = faults_of_step(kind, status, complexity, RECEIVED, ACCEPTED_ON, earlier, StepTaken(step, on))
    return faults[0][1] if faults else ""


@pytest.mark.parametrize(
    ("complexity", "made", "words"),
    [
        (Complexity.ORDINARY, 0, "Only a complex case"),
        (Complexity.COMPLEX, 0, ""),
        (Complexity.COMPLEX, 1, "once only"),
        (Complexity.ESPECIALLY, 1, ""),
        (Complexity.ESPECIALLY, 2, "twice only"),
    ],
)
def test_a_denunciation_is_extended_as_often_as_its_complexity_allows(
    complexity: Complexity, made: int, words: str
) -> None:
    answer = said(DENUNCIATION, EXTENSION, *[EXTENSION] * made, complexity=complexity)
    assert words in answer if words else answer == ""


def test_the_law_knows_no_extension_of_a_complaint_and_no_suspension_of_a_denunciation() -> None:
    assert "denunciations only" in said(COMPLAINT, EXTENSION)
    assert "complaints only" in said(DENUNCIATION, SUSPENSION)


def test_a_suspension_comes_once_and_ends_once() -> None:
    assert said(COMPLAINT, SUSPENSION) == ""
    assert "suspended already" in said(COMPLAINT, SUSPENSION, SUSPENSION)
    assert said(COMPLAINT, RESUMPTION, SUSPENSION) == ""
    assert "not suspended" in said(COMPLAINT, RESUMPTION)
    assert "not suspended" in said(COMPLAINT, RESUMPTION, SUSPENSION, RESUMPTION)


def test_a_complaint_is_withdrawn_in_part_from_july_2026_on_and_a_denunciation_at_any_time() -> None:
    before, after = date(2026, 6, 30), date(2026, 7, 24)
    early = faults_of_step(
        COMPLAINT, Status.ACCEPTED, Complexity.ORDINARY, date(2026, 6, 1), None, [], StepTaken(PART, before)
    )
    assert "1 July 2026" in early[0][1]
    assert said(COMPLAINT, PART, on=after) == ""
    assert said(DENUNCIATION, PART, on=after) == ""
    assert "has ended" in said(DENUNCIATION, PART, status=Status.WITHDRAWN)


def test_a_step_is_not_taken_before_the_receipt_nor_after_the_end() -> None:
    assert "before the receipt" in said(DENUNCIATION, PART, on=date(2026, 7, 19))
    assert "before the acceptance" in said(DENUNCIATION, StepKind.NOTICE, on=date(2026, 7, 21))
    assert "before the end" in said(DENUNCIATION, StepKind.NOTICE, status=Status.SETTLED)


def test_the_next_steps_are_those_that_would_be_taken() -> None:
    offered = next_steps(DENUNCIATION, Status.ACCEPTED, Complexity.COMPLEX, [], date(2026, 8, 10))
    assert EXTENSION in offered
    assert SUSPENSION not in offered
    assert StepKind.DECISION_SENT not in offered
