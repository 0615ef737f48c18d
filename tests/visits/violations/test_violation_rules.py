"""Stages, time limits, sums and repetition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspection.calendar.reference import national_calendar
from inspection.checklists.rules import Payer
from inspection.visits.violations.powers import powers_on, repeat_months, time_limits
from inspection.visits.violations.rules import (
    Facts,
    Stage,
    Sum,
    dues,
    held_against,
    ranges_of,
    repeats,
    stage_of,
)

FOUND = Facts(found_on=date(2026, 9, 18))
TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({}, Stage.FOUND),
        ({"recorded_on": date(2026, 9, 20)}, Stage.RECORDED),
        ({"sanction": "fine"}, Stage.DECIDED),
        ({"sanction": "fine", "due_on": date(2026, 9, 30)}, Stage.OVERDUE),
        ({"sanction": "fine", "due_on": TODAY}, Stage.DECIDED),
        ({"due_on": date(2026, 9, 30), "remedied_on": date(2026, 10, 1)}, Stage.REMEDIED),
        ({"corrected": True}, Stage.REMEDIED),
        ({"remedied_on": TODAY, "followed_up": True}, Stage.CHECKED),
        ({"followed_up": True, "due_on": date(2026, 9, 30)}, Stage.OVERDUE),
    ],
)
def test_a_violation_stands_where_its_facts_put_it(changes: dict[str, object], stage: Stage) -> None:
    assert stage_of(replace(FOUND, **changes), TODAY) is stage  # type: ignore[arg-type]  # fields by name


def test_working_days_pass_over_the_weekend() -> None:
    [record] = dues(FOUND, time_limits(), national_calendar())
    assert (record.limit.code, record.day) == ("record", date(2026, 9, 22))


def test_an_organisation_pays_double_unless_the_decree_states_its_amounts_for_organisations() -> None:
    food = ranges_of(1_000_000, 3_000_000, "individual", "full")
    measurement = ranges_of(1_000_000, 3_000_000, "organisation", "full")
    assert [(one.payer, one.minimum, one.maximum) for one in food] == [
        (Payer.INDIVIDUAL, 1_000_000, 3_000_000),
        (Payer.ORGANISATION, 2_000_000, 6_000_000),
    ]
    assert measurement[0].maximum == 1_500_000
    assert held_against(3_000_001, "individual", food) is Sum.OUTSIDE
    assert held_against(3_000_000, "individual", food) is Sum.WITHIN
    assert held_against(6_000_000, "organisation", food) is Sum.WITHIN


@pytest.mark.parametrize("mark", ["original_text", "first_tier_only", "none"])
def test_a_range_that_was_not_read_in_full_decides_nothing(mark: str) -> None:
    assert held_against(10**9, "individual", ranges_of(1, 2, "individual", mark)) is Sum.UNKNOWN
    assert ranges_of(None, None, "individual", mark) == []


def test_ceilings_are_of_their_day_and_double_for_organisations() -> None:
    chair = next(
        one
        for one in powers_on("food_safety", Payer.ORGANISATION, date(2025, 7, 1))
        if "cấp xã" in one.name_vi and "Chủ tịch" in one.name_vi
    )
    assert (chair.amount, chair.certain) == (100_000_000, True)
    assert powers_on("food_safety", Payer.INDIVIDUAL, date(2025, 6, 30)) == []


def test_the_same_act_within_the_period_is_a_repetition() -> None:
    decided = date(2025, 10, 1)
    assert repeat_months("fine") == (12, False)
    assert repeats("fine", decided, date(2026, 10, 1), 12)
    assert not repeats("fine", decided, date(2026, 10, 2), 12)
    assert not repeats("reminder", decided, date(2025, 11, 1), 12)
