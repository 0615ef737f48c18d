"""Stages, time limits, sums and repetition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import DayType, SpecialDay
from inspection.checklists.rules import Payer
from inspection.visits.violations.powers import (
    explanation_from,
    late_payment,
    powers_on,
    repeat_months,
    time_limits,
)
from inspection.visits.violations.rules import (
    Facts,
    Stage,
    Sum,
    dues,
    held_against,
    interest,
    range_of_tiers,
    ranges_of,
    repeats,
    stage_of,
    tiers_for,
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
    record, *limitations = dues(FOUND, time_limits(), national_calendar())
    assert (record.limit.code, record.day) == ("record", date(2026, 9, 22))
    assert [one.day for one in limitations] == [date(2027, 9, 18), date(2028, 9, 18)]


@pytest.mark.parametrize(
    ("changes", "step", "last"),
    [
        ({"record_case": "complicated"}, "record", date(2026, 9, 25)),
        ({"record_case": "technical", "result_on": date(2026, 9, 21)}, "record", date(2026, 9, 24)),
        ({"recorded_on": date(2026, 9, 18)}, "decision", date(2026, 9, 29)),
        ({"recorded_on": date(2026, 9, 18), "decision_case": "transferred"}, "decision", date(2026, 10, 2)),
        ({"recorded_on": date(2026, 9, 18), "decision_case": "explained"}, "decision", date(2026, 10, 19)),
        ({"recorded_on": date(2026, 8, 31), "decision_case": "special"}, "decision", date(2026, 11, 2)),
        ({"sanction": "fine", "decided_on": date(2026, 9, 22)}, "serving", date(2026, 9, 25)),
        ({"sanction": "fine", "decided_on": date(2026, 9, 22)}, "payment", date(2026, 10, 2)),
        (
            {"sanction": "fine", "decided_on": date(2026, 9, 22), "served_on": date(2026, 9, 24)},
            "payment",
            date(2026, 10, 5),
        ),
        ({"sanction": "fine", "decided_on": date(2026, 9, 22)}, "execution", date(2027, 9, 22)),
        ({"ended_on": date(2026, 1, 31)}, "limitation", date(2027, 1, 31)),
    ],
)
def test_each_step_has_the_last_day_of_its_case(changes: dict[str, object], step: str, last: date) -> None:
    facts = replace(FOUND, **changes)  # type: ignore[arg-type]  # fields by name
    found = [one.day for one in dues(facts, time_limits(), national_calendar()) if one.limit.code == step]
    assert found[0] == last


def test_a_day_that_the_office_works_less_moves_the_last_day() -> None:
    off = SpecialDay(date(2026, 9, 21), True, DayType.SWAPPED_OFF, "nghỉ", "thông báo", "office")
    record = dues(FOUND, time_limits(), national_calendar().with_days([off]))[0]
    assert record.day == date(2026, 9, 23)


def test_the_right_to_explain_is_shown_only_to_who_has_it() -> None:
    facts = replace(FOUND, recorded_on=date(2026, 9, 18))
    steps = [one.limit.code for one in dues(facts, time_limits(), national_calendar(), explains=True)]
    assert "explanation" in steps
    assert "explanation" not in [one.limit.code for one in dues(facts, time_limits(), national_calendar())]
    assert explanation_from(Payer.ORGANISATION) == 2 * explanation_from(Payer.INDIVIDUAL)


def test_what_is_not_paid_in_time_grows_by_five_ten_thousandths_a_day() -> None:
    per_day, _ = late_payment()
    facts = replace(FOUND, sanction="fine", amount=10_000_000, paid_amount=2_000_000)
    assert facts.unpaid == 8_000_000
    assert interest(facts, date(2026, 10, 2), date(2026, 10, 12), per_day) == 40_000
    assert interest(facts, date(2026, 10, 2), date(2026, 10, 2), per_day) == 0
    assert interest(replace(facts, paid_amount=10_000_000), date(2026, 10, 2), date(2027, 1, 1), per_day) == 0


def test_the_value_of_the_goods_chooses_the_tier_and_a_limit_gives_both() -> None:
    tiers: list[dict[str, Any]] = [
        {"minimum": 1, "maximum": 3, "goods_value_vnd": [0, 100]},
        {"minimum": 3, "maximum": 5, "goods_value_vnd": [100, 200], "verified": "quoted_original"},
        {"minimum": None, "maximum": None, "goods_value_vnd": [200, None]},
        {"minimum": 7, "maximum": 9, "condition_vi": "tái phạm"},
    ]
    chosen = [tiers_for(tiers, {"goods_value": value}) for value in (50, 100, 150, 250, None)]
    assert [[tiers.index(dict(one)) for one in each] for each in chosen] == [[0], [0, 1], [1], [2], []]
    [within, _] = range_of_tiers(chosen[0], "individual", "full")
    assert (within.minimum, within.maximum, within.certain) == (1, 3, True)
    [both, _] = range_of_tiers(chosen[1], "individual", "full")
    assert (both.minimum, both.maximum, both.certain) == (1, 5, False)
    assert range_of_tiers(chosen[3], "individual", "full") == []


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
