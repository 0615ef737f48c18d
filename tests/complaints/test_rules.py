"""Where a case may go, and what each step must bring along."""

import pytest

from inspection.complaints.rules import (
    ENDS,
    PetitionerType,
    PetitionKind,
    Status,
    may_move,
    missing_for,
    next_statuses,
)

COMPLAINT, DENUNCIATION, RECOMMENDATION = PetitionKind
ANONYMOUS = PetitionerType.ANONYMOUS


@pytest.mark.parametrize("kind", list(PetitionKind))
@pytest.mark.parametrize("end", sorted(ENDS))
def test_a_case_that_has_ended_goes_nowhere(kind: PetitionKind, end: Status) -> None:
    assert next_statuses(kind, end, None) == frozenset()


@pytest.mark.parametrize("kind", list(PetitionKind))
def test_an_accepted_case_is_settled_or_withdrawn(kind: PetitionKind) -> None:
    assert next_statuses(kind, Status.ACCEPTED, PetitionerType.ONE) == {Status.SETTLED, Status.WITHDRAWN}


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
        (COMPLAINT, Status.ACCEPTED, {}, ("accepted_on",)),
        (COMPLAINT, Status.REFUSED, {"refusal_reason": ""}, ("refusal_reason",)),
        (COMPLAINT, Status.SETTLED, {"settled_on": "2026-09-01"}, ("outcome",)),
        (RECOMMENDATION, Status.SETTLED, {"settled_on": "2026-09-01"}, ()),
        (DENUNCIATION, Status.TRANSFERRED, {}, ()),
    ],
)
def test_each_step_brings_its_fields_along(
    kind: PetitionKind, target: Status, values: dict[str, object], missing: tuple[str, ...]
) -> None:
    assert missing_for(kind, target, values) == missing
