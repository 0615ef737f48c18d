"""Every legal time limit with a date computed by hand, around Tết, weekends and worked Saturdays; the clocks of a
case."""

from dataclasses import replace
from datetime import date

import pytest

from inspection.calendar.reference import national_calendar
from inspection.complaints.clocks import Case, Clock, State, clocks, explain, running
from inspection.complaints.course import StepTaken
from inspection.complaints.deadlines import Step, Variant, limit_for
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import (
    Channel,
    Complexity,
    Level,
    PetitionerType,
    PetitionKind,
    Status,
    StepKind,
)

LIMITS, CALENDAR = time_limits(), national_calendar()
COMPLAINT, DENUNCIATION, RECOMMENDATION = PetitionKind
LIMITS_BY_HAND = [
    # Tết 2026 is off from Saturday 14/2 to Sunday 22/2: whatever ends within ends on Monday 23/2
    (COMPLAINT, Step.LODGE_FIRST, Variant.ORDINARY, "2025-11-20", "2026-02-23"),
    (COMPLAINT, Step.FIRST_HANDLING, Variant.ORDINARY, "2026-02-06", "2026-02-23"),
    (COMPLAINT, Step.SETTLEMENT, Variant.ORDINARY, "2026-01-17", "2026-02-23"),
    (COMPLAINT, Step.SETTLEMENT, Variant.COMPLEX, "2026-01-05", "2026-02-23"),
    (COMPLAINT, Step.SETTLEMENT, Variant.REMOTE, "2026-01-05", "2026-02-23"),
    (COMPLAINT, Step.SETTLEMENT, Variant.REMOTE_COMPLEX, "2025-12-20", "2026-02-23"),
    (COMPLAINT, Step.SEND_DECISION, Variant.ORDINARY, "2026-02-13", "2026-02-25"),
    # the 30th day is Giỗ Tổ, a Sunday, compensated on Monday 27/4; the 45th is 1/5, off until Sunday 3/5
    (COMPLAINT, Step.LODGE_SECOND, Variant.ORDINARY, "2026-03-27", "2026-04-28"),
    (COMPLAINT, Step.LODGE_SECOND, Variant.REMOTE, "2026-03-17", "2026-05-04"),
    # Quốc khánh 2026 is off from Saturday 29/8 to Wednesday 2/9
    (COMPLAINT, Step.SECOND_ACCEPTANCE, Variant.ORDINARY, "2026-08-22", "2026-09-03"),
    (COMPLAINT, Step.SECOND_SETTLEMENT, Variant.ORDINARY, "2026-07-18", "2026-09-03"),
    (COMPLAINT, Step.SECOND_SETTLEMENT, Variant.COMPLEX, "2026-07-02", "2026-09-03"),
    (COMPLAINT, Step.SECOND_SETTLEMENT, Variant.REMOTE, "2026-07-02", "2026-09-03"),
    (COMPLAINT, Step.SECOND_SETTLEMENT, Variant.REMOTE_COMPLEX, "2025-12-12", "2026-02-23"),
    (DENUNCIATION, Step.FIRST_HANDLING, Variant.ORDINARY, "2026-02-13", "2026-03-03"),
    (DENUNCIATION, Step.FIRST_HANDLING, Variant.SEVERAL_PLACES, "2026-04-29", "2026-05-15"),
    (DENUNCIATION, Step.PASS_ON, Variant.ORDINARY, "2026-02-12", "2026-02-26"),
    (DENUNCIATION, Step.REPLY_TO_FORWARDER, Variant.ORDINARY, "2026-01-28", "2026-02-23"),
    (DENUNCIATION, Step.NOTIFY_ACCEPTANCE, Variant.ORDINARY, "2026-04-23", "2026-05-05"),
    (DENUNCIATION, Step.SETTLEMENT, Variant.ORDINARY, "2026-01-17", "2026-02-23"),
    (DENUNCIATION, Step.SETTLEMENT, Variant.EXTENDED_ONCE, "2025-12-20", "2026-02-23"),
    (DENUNCIATION, Step.SETTLEMENT, Variant.EXTENDED_TWICE, "2025-11-20", "2026-02-23"),
    # Saturday 22/8/2026 is worked
    (DENUNCIATION, Step.REPORT_OVERDUE, Variant.ORDINARY, "2026-08-20", "2026-08-26"),
    (DENUNCIATION, Step.PUBLISH_CONCLUSION, Variant.ORDINARY, "2026-08-24", "2026-09-07"),
    # Saturday 26/4/2025 is worked
    (RECOMMENDATION, Step.FIRST_HANDLING, Variant.ORDINARY, "2025-04-16", "2025-04-26"),
    *[
        (kind, Step.REPLY_AFTER_RECEPTION, Variant.ORDINARY, "2026-02-06", "2026-02-27")
        for kind in PetitionKind
    ],
    *[(kind, Step.STORE_FILED, Variant.ORDINARY, "2026-02-28", "2027-02-28") for kind in PetitionKind],
]


@pytest.mark.parametrize(("kind", "step", "variant", "start", "end"), LIMITS_BY_HAND)
def test_a_limit_ends_on_the_day_that_was_computed_by_hand(
    kind: PetitionKind, step: Step, variant: Variant, start: str, end: str
) -> None:
    limit = limit_for(LIMITS, kind, step, variant, date.fromisoformat(start))
    assert limit is not None
    assert CALENDAR.period(date.fromisoformat(start), limit.days, limit.unit).end.isoformat() == end


def test_no_limit_of_the_law_was_left_out_of_the_table() -> None:
    assert {(one.petition_kind, one.step, one.variant) for one in LIMITS} == {
        row[:3] for row in LIMITS_BY_HAND
    }


def case(kind: PetitionKind, received: str, accepted: str | None = None, **facts: object) -> Case:
    started = Case(kind, date.fromisoformat(received), petitioner=PetitionerType.ONE)
    if accepted is not None:
        started = replace(started, status=Status.ACCEPTED, accepted_on=date.fromisoformat(accepted))
    return replace(started, **facts)  # type: ignore[arg-type]  # each test names real facts


def runs(of: Case) -> Clock | None:
    return running(of, LIMITS, CALENDAR)


def due(of: Case) -> str | None:
    clock = runs(of)
    return None if clock is None or clock.due_on is None else clock.due_on.isoformat()


def clock_of(of: Case, step: Step) -> Clock:
    return next(clock for clock in clocks(of, LIMITS, CALENDAR) if clock.step is step)


def steps(*taken: tuple[StepKind, str]) -> tuple[StepTaken, ...]:
    return tuple(StepTaken(kind, date.fromisoformat(on)) for kind, on in taken)


def test_a_petition_runs_against_its_first_handling_and_then_against_its_settlement() -> None:
    assert due(case(COMPLAINT, "2022-08-23")) == "2022-09-05"
    assert due(case(COMPLAINT, "2026-07-20", "2026-07-24")) == "2026-08-24"
    assert runs(case(COMPLAINT, "2026-07-20", "2026-07-24", status=Status.SETTLED)) is None


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({"complexity": Complexity.COMPLEX}, "2026-09-07"),
        ({"remote": True}, "2026-09-07"),
        ({"remote": True, "complexity": Complexity.ESPECIALLY}, "2026-09-22"),
        ({"level": Level.SECOND}, "2026-09-07"),
        ({"level": Level.SECOND, "remote": True, "complexity": Complexity.COMPLEX}, "2026-10-02"),
    ],
)
def test_a_complex_remote_or_second_complaint_has_its_longer_limit(
    facts: dict[str, object], end: str
) -> None:
    assert due(case(COMPLAINT, "2026-07-20", "2026-07-24", **facts)) == end


@pytest.mark.parametrize(("made", "end"), [(0, "2026-02-23"), (1, "2026-03-18"), (2, "2026-04-17")])
def test_every_extension_of_a_denunciation_adds_thirty_days_from_its_acceptance(made: int, end: str) -> None:
    taken = steps(*[(StepKind.EXTENSION, "2026-02-10")] * made)
    assert due(case(DENUNCIATION, "2026-01-05", "2026-01-17", steps=taken)) == end


def test_a_suspension_stops_the_clock_and_its_days_are_not_counted() -> None:
    stands = steps((StepKind.SUSPENSION, "2026-08-03"))
    found = runs(case(COMPLAINT, "2026-07-20", "2026-07-24", steps=stands))
    assert found is not None
    assert (found.state, found.due_on) == (State.STOPPED, None)
    # nine days were counted until 2/8; the other 21 begin on 10/8 and end on Sunday 30/8, off until 2/9
    goes_on = steps((StepKind.SUSPENSION, "2026-08-03"), (StepKind.RESUMPTION, "2026-08-10"))
    assert due(case(COMPLAINT, "2026-07-20", "2026-07-24", steps=goes_on)) == "2026-09-03"


def test_part_of_a_complaint_is_withdrawn_and_the_rest_keeps_its_clock() -> None:
    taken = steps((StepKind.PARTIAL_WITHDRAWAL, "2026-08-03"))
    assert due(case(COMPLAINT, "2026-07-20", "2026-07-24", steps=taken)) == "2026-08-24"


def test_an_anonymous_tip_has_no_settlement_clock_and_a_recommendation_none_either() -> None:
    assert due(case(DENUNCIATION, "2026-01-02", "2026-01-17", petitioner=PetitionerType.ANONYMOUS)) is None
    assert due(case(RECOMMENDATION, "2026-01-02", "2026-01-17")) is None


def test_no_limit_holds_before_the_law_did() -> None:
    assert runs(case(DENUNCIATION, "2018-12-31")) is None


def test_a_forwarded_denunciation_outside_competence_runs_against_three_clocks_at_once() -> None:
    of = case(DENUNCIATION, "2026-01-28", channel=Channel.FORWARDED, competent=False)
    steps_started = [clock.step for clock in clocks(of, LIMITS, CALENDAR)]
    assert steps_started == [Step.FIRST_HANDLING, Step.PASS_ON, Step.REPLY_TO_FORWARDER]


def test_a_step_done_after_its_day_is_late_and_one_not_done_overdue() -> None:
    settled = date(2026, 8, 25)
    of = case(
        COMPLAINT,
        "2026-07-20",
        "2026-07-24",
        status=Status.SETTLED,
        settled_on=settled,
        act_known_on=date(2026, 7, 1),
    )
    assert clock_of(of, Step.SETTLEMENT).state is State.LATE
    assert clock_of(of, Step.LODGE_FIRST).state is State.MET
    assert clock_of(of, Step.SEND_DECISION).overdue(date(2026, 9, 1))
    assert not clock_of(of, Step.SEND_DECISION).overdue(date(2026, 8, 28))


def test_a_date_explains_its_rule_in_both_languages() -> None:
    found = explain(clock_of(case(COMPLAINT, "2026-01-05", "2026-01-17"), Step.SETTLEMENT))
    assert found.vi == (
        "30 ngày kể từ ngày thụ lý (17/01/2026), theo Điều 28 Luật Khiếu nại 02/2011/QH13 – đã đối chiếu văn bản."
        " Ngày cuối 16/02/2026 là ngày nghỉ nên chuyển sang 23/02/2026 (16/02/2026 Tết Nguyên đán,"
        " 17/02/2026 Tết Nguyên đán, 18/02/2026 Tết Nguyên đán, 19/02/2026 Tết Nguyên đán,"
        " 20/02/2026 Tết Nguyên đán, 2 ngày cuối tuần)."
    )
    assert found.en.startswith("30 calendar days from the acceptance (17/01/2026), by Điều 28 Luật Khiếu nại")


def test_a_date_over_holidays_nobody_has_decided_says_that_it_may_move() -> None:
    found = explain(clock_of(case(DENUNCIATION, "2026-11-20"), Step.FIRST_HANDLING))
    assert "còn có thể đổi" in found.vi
    assert "may still move" in found.en


def test_a_date_beyond_the_calendar_is_not_invented() -> None:
    found = runs(case(COMPLAINT, "2027-12-20", "2027-12-28"))
    assert found is not None
    assert (found.state, found.due_on) == (State.UNKNOWN, None)
    assert "does not reach" in explain(found).en
