"""What readings amount to, as an inspector would ask it. ``test_two_languages`` holds the phone to the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspection.checklists.reference import MARKS
from inspection.measurement.judging import instrument_judgement, package_judgement
from inspection.measurement.rules import INSTRUMENTS
from inspection.measurement.tables import table
from inspection.office import words

CHANGE = date(2026, 4, 15)


def instrument(kind: str, day: date = date(2026, 6, 1), **fields: Any) -> dict[str, Any]:
    return instrument_judgement({"instrument": kind, "evidence": "sticker", **fields}, day)


def packages(weights: list[str], day: date = date(2026, 9, 20), **fields: Any) -> dict[str, Any]:
    lot = {"nominal": "500", "nominal_unit": "g", "lot_size": len(weights), **fields}
    return package_judgement({**lot, "weights": weights}, day)


def test_verification_holds_through_its_last_day() -> None:
    last = date(2026, 1, 31)
    assert instrument("table_scale", last, verified_on="2025-01-31")["verification"] == "valid"
    assert instrument("table_scale", date(2026, 2, 1), verified_on="2025-01-31")["verification"] == "expired"


def test_a_cycle_is_that_of_the_day_of_verification() -> None:
    before = instrument("water_electronic", CHANGE, verified_on="2026-04-14")
    after = instrument("water_electronic", CHANGE, verified_on="2026-04-15")
    assert (before["cycle_months"], before["valid_until"]) == (36, "2029-04-14")
    assert (after["cycle_months"], after["valid_until"]) == (60, "2031-04-15")


def test_the_longer_cycle_favours_who_verified_before_the_change_and_is_indicative() -> None:
    scale: dict[str, Any] = {"verified_on": "2025-05-01"}
    assert instrument("crane_scale", date(2026, 4, 14), **scale)["valid_until"] == "2026-05-01"
    later = instrument("crane_scale", date(2026, 6, 1), **scale)
    assert (later["verification"], later["valid_until"]) == ("valid", "2027-05-01")
    assert later["indicative"] == ["transition"]
    assert instrument("table_scale", date(2026, 6, 1), **scale)["verification"] == "expired"


def test_the_date_on_the_sticker_goes_before_a_computed_one_and_a_long_one_is_remarked() -> None:
    short = instrument("spring_scale", verified_on="2025-06-01", stated_until="2026-05-31")
    assert (short["verification"], short["valid_until"]) == ("expired", "2026-05-31")
    long = instrument("spring_scale", verified_on="2025-06-01", stated_until="2028-06-01")
    assert (long["verification"], long["indicative"]) == ("valid", ["stated_longer"])


@pytest.mark.parametrize(
    ("fields", "state", "verdict"),
    [
        ({"evidence": "none"}, "no_evidence", "fail"),
        ({"evidence": "damaged", "verified_on": "2026-05-01"}, "damaged", "fail"),
        ({}, "unknown", "incomplete"),
        ({"stated_until": "2026-12-31"}, "valid", "pass"),
    ],
)
def test_what_is_seen_on_an_instrument_decides(fields: dict[str, Any], state: str, verdict: str) -> None:
    judged = instrument("other", **fields)
    assert (judged["verification"], judged["verdict"]) == (state, verdict)


def test_a_tape_is_verified_once() -> None:
    assert instrument("tape", verified_on="2020-03-01")["verification"] == "valid"


def test_cycles_before_2020_were_not_read() -> None:
    judged = instrument("water_mechanical", date(2022, 1, 1), verified_on="2019-06-01")
    assert (judged["verification"], judged["indicative"]) == ("valid", ["cycle_not_read"])


@pytest.mark.parametrize(
    ("accuracy_class", "division", "load", "allowed"),
    [
        ("III", "5", "2.5", "5"),
        ("III", "5", "2.500001", "10"),
        ("III", "5", "10", "10"),
        ("III", "5", "50", "15"),
        ("IIII", "100", "5", "100"),
        ("II", "1", "20", "2"),
        ("III", "5", "50.1", None),
    ],
)
def test_a_scale_in_service_may_err_by_twice_the_limit_of_its_class(
    accuracy_class: str, division: str, load: str, allowed: str | None
) -> None:
    reading: dict[str, Any] = {"reading_unit": "kg", "references": [load], "indications": [load]}
    judged = instrument("table_scale", accuracy_class=accuracy_class, division=division, **reading)
    assert judged["lines"][0]["allowance"] == allowed


def test_a_sellers_scale_may_show_less_and_a_buyers_more() -> None:
    reading: dict[str, Any] = {"division": "20", "capacity": "8", "reading_unit": "kg", "references": ["1"]}
    for side, shown, fits in (("seller", "0.9", True), ("buyer", "0.9", False), ("buyer", "1.1", True)):
        judged = instrument("spring_scale", side=side, indications=[shown], **reading)
        assert judged["lines"][0]["fits"] is fits, side


def test_a_division_too_coarse_for_the_load_fails_even_when_the_reading_is_right() -> None:
    reading: dict[str, Any] = {"reading_unit": "g", "references": ["1000"], "indications": ["1000"]}
    judged = instrument("spring_scale", stated_until="2026-12-31", division="50", **reading)
    assert (judged["division_fits"], judged["verdict"]) == (False, "fail")


@pytest.mark.parametrize(("shown", "fits"), [("20.1", True), ("20.100001", False), ("19.899999", False)])
def test_a_dispenser_may_be_off_by_half_a_per_cent_which_is_from_memory(shown: str, fits: bool) -> None:
    judged = instrument("fuel_dispenser", reading_unit="l", references=["20"], indications=[shown])
    assert judged["lines"][0]["fits"] is fits
    assert judged["indicative"] == ["limit_from_memory"]


def test_a_small_lot_is_checked_in_full_and_its_mean_must_reach_the_label() -> None:
    assert packages(["500", "499.9", "500.1"])["verdict"] == "pass"
    assert packages(["500", "499.8", "500.1"])["verdict"] == "fail"
    assert packages(["500", "500"], lot_size=3)["verdict"] == "incomplete"


def test_two_and_a_half_per_cent_of_a_full_lot_may_be_short_of_it() -> None:
    heavy = ["503"] * 39
    assert packages([*heavy, "484"])["verdict"] == "pass"
    assert packages([*heavy[:-1], "484"])["verdict"] == "fail"


def test_a_sample_that_can_no_longer_pass_fails_early_and_says_so() -> None:
    judged = packages(["469.9"], lot_size=300)
    assert judged["verdict"] == "fail"
    assert "sample_unfinished" in judged["indicative"]
    assert packages(["500"] * 51, lot_size=300)["problems"] == ["more_than_sample"]


def test_a_mean_tare_of_three_is_taken_off_exactly() -> None:
    gross = ["510.1", "510.1", "510.1"]  # three tares of 10.1 on average: the net content is exactly 500
    assert packages(gross, tares=["10", "10.1", "10.2"])["mean_test"] is True
    assert packages(gross, tares=["10", "10.1", "10.200001"])["mean_test"] is False


def test_heavy_tares_that_scatter_are_not_averaged() -> None:
    judged = packages(["560"], tares=["50", "60", "70"])
    assert (judged["verdict"], judged["problems"]) == ("unusable", ["tare_scatters"])


def test_a_label_in_kilograms_and_readings_in_grams_are_one_thing() -> None:
    assert packages(["500", "501"], nominal="0.5", nominal_unit="kg", reading_unit="g")["verdict"] == "pass"


def test_every_package_check_is_screening() -> None:
    assert "competence" in packages(["500"])["indicative"]


def test_the_files_hold_what_the_words_and_the_marks_say() -> None:
    known = {entry["id"]: entry for entry in table("instruments")["instruments"]}
    for identifier in INSTRUMENTS[:-1]:
        names = words.catalogue()[f"choice.instrument.{identifier}"]
        assert names == (known[identifier]["name_vi"], known[identifier]["name_en"])
        assert [cycle["valid_from"] for cycle in known[identifier]["cycles"]] == ["2020-01-01", "2026-04-15"]
    assert marks_of([table(name) for name in ("prepackages", "scales", "instruments", "dispensers")]) <= set(
        MARKS
    )


def marks_of(content: Any) -> set[str]:
    if isinstance(content, list):
        return {mark for each in content for mark in marks_of(each)}
    if not isinstance(content, dict):
        return set()
    own = {content["verified"]} if "verified" in content else set()
    return own | marks_of(list(content.values()))
