"""Clocks of petitions, each with the article it comes from."""

from datetime import date

import pytest

from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import DayUnit
from inspection.complaints.deadlines import Step, Variant, deadline, running_deadline
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import PetitionerType, PetitionKind

LIMITS, CALENDAR = time_limits(), national_calendar()
COMPLAINT, DENUNCIATION, RECOMMENDATION = PetitionKind


def running(
    kind: PetitionKind,
    received: str,
    accepted: str | None = None,
    variant: Variant = Variant.ORDINARY,
    petitioner: PetitionerType | None = PetitionerType.ONE,
) -> tuple[str, str] | None:
    found = running_deadline(
        LIMITS,
        CALENDAR,
        kind,
        petitioner,
        date.fromisoformat(received),
        None if accepted is None else date.fromisoformat(accepted),
        variant,
    )
    return None if found is None else (found.due_on.isoformat(), found.limit.article)


@pytest.mark.parametrize(
    ("kind", "received", "due_on", "article"),
    [
        # ten days after Tuesday 23/8/2022 is National Day; the next working day is Monday
        (COMPLAINT, "2022-08-23", "2022-09-05", "Điều 27"),
        (COMPLAINT, "2026-02-01", "2026-02-11", "Điều 27"),
        # seven working days over the Tết of 2023
        (DENUNCIATION, "2023-01-19", "2023-02-06", "Điều 24 khoản 1"),
        (RECOMMENDATION, "2025-04-16", "2025-04-26", "published procedure of two provinces"),
    ],
)
def test_a_petition_is_first_handled_within_the_limit_of_its_kind(
    kind: PetitionKind, received: str, due_on: str, article: str
) -> None:
    assert running(kind, received) == (due_on, article)


def test_a_denunciation_with_several_places_has_ten_working_days() -> None:
    assert running(DENUNCIATION, "2026-04-29", variant=Variant.SEVERAL_PLACES) == (
        "2026-05-15",
        "Điều 24 khoản 1",
    )


@pytest.mark.parametrize(
    ("kind", "accepted", "variant", "due_on", "article"),
    [
        (COMPLAINT, "2026-07-24", Variant.ORDINARY, "2026-08-24", "Điều 28"),
        (COMPLAINT, "2026-07-24", Variant.COMPLEX, "2026-09-07", "Điều 28"),
        (COMPLAINT, "2026-07-24", Variant.REMOTE_COMPLEX, "2026-09-22", "Điều 28"),
        (DENUNCIATION, "2026-01-17", Variant.ORDINARY, "2026-02-23", "Điều 30 khoản 1"),
        (DENUNCIATION, "2026-01-17", Variant.EXTENDED_ONCE, "2026-03-18", "Điều 30 khoản 2"),
        (DENUNCIATION, "2026-01-17", Variant.EXTENDED_TWICE, "2026-04-17", "Điều 30 khoản 3"),
    ],
)
def test_acceptance_starts_the_settlement_clock(
    kind: PetitionKind, accepted: str, variant: Variant, due_on: str, article: str
) -> None:
    assert running(kind, "2026-01-02", accepted, variant) == (due_on, article)


def test_an_anonymous_denunciation_has_no_settlement_clock() -> None:
    assert running(DENUNCIATION, "2026-01-02", "2026-01-17", petitioner=PetitionerType.ANONYMOUS) is None


def test_no_law_sets_a_time_for_answering_a_recommendation() -> None:
    assert running(RECOMMENDATION, "2026-01-02", "2026-01-17") is None


def test_no_limit_holds_before_the_law_did() -> None:
    found = deadline(LIMITS, CALENDAR, DENUNCIATION, Step.FIRST_HANDLING, date(2018, 12, 31))
    assert found is None


def test_a_deadline_says_what_it_rests_on_and_whether_it_may_move() -> None:
    found = deadline(LIMITS, CALENDAR, DENUNCIATION, Step.FIRST_HANDLING, date(2026, 11, 20))
    assert found is not None
    assert found.limit.document == "Luật Tố cáo 25/2018/QH14"
    assert (found.limit.days, found.limit.unit, found.limit.verified) == (7, DayUnit.WORKING, "V")
    assert found.may_move
