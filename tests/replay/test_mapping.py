"""Cells of the files as values that the product takes."""

from __future__ import annotations

import pytest

from bench.replay import mapping
from bench.replay.source import Found

ROW = {
    "establishmentid": "12",
    "name": "Café Năm",
    "address": "1 Main",
    "zipcode": "48226",
    "owner": "",
    "license_number": "",
    "license_type": "Fixed Establishment",
    "establishment_type": "Food Service Establishment",
    "establishment_status": "Open",
    "risk_category": "High",
    "longitude": "-83.04864650299999",
    "latitude": "42.33569630100004",
}


def test_text_loses_carriage_returns_and_blank_ends_and_is_composed() -> None:
    assert mapping.text(" Cafe\u0301 \r\nline\r\n", 100) == "Caf\u00e9 \nline"


def test_text_is_cut_to_its_limit_and_nothing_is_none() -> None:
    assert mapping.text("abc def", 4) == "abc"
    assert mapping.text(" \r\n", 10) is None


def test_an_establishment_keeps_what_is_known() -> None:
    assert mapping.establishment(ROW, "unit-1") == {
        "name": "Café Năm",
        "address": "1 Main 48226",
        "establishment_type": "catering",
        "risk": "high",
        "operating": True,
        "unit": "unit-1",
        "external_id": "12",
        "latitude": "42.33569630",
        "longitude": "-83.04864650",
        "accuracy": None,
    }


def test_an_establishment_without_coordinates_or_risk_has_none() -> None:
    fields = mapping.establishment(ROW | {"longitude": "", "latitude": "", "risk_category": ""}, "unit-1")

    assert fields.keys().isdisjoint({"latitude", "longitude", "accuracy", "risk"})


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"establishment_type": "LHD - Mobile Food Establishmen"}, "street_food"),
        ({"establishment_type": "Public School"}, "catering"),
        ({"establishment_type": ""}, "other"),
    ],
)
def test_the_type_of_an_establishment(row: dict[str, str], kind: str) -> None:
    assert mapping.establishment(ROW | row, "unit-1")["establishment_type"] == kind


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("Routine Inspection", "routine"),
        ("Complaint", "complaint"),
        ("Complaint Follow-Up", "follow_up"),
        ("Supv recurringLetter", "follow_up"),
        ("Plan Review/Final/Ap", "other"),
    ],
)
def test_the_purpose_of_a_visit(purpose: str, kind: str) -> None:
    assert mapping.visit_type(purpose) == kind


def test_a_violation_without_a_code_gets_a_word_for_it_and_no_invented_severity() -> None:
    assert mapping.violation(Found("", "", "", ""), "visit-1", "2018-01-09") == {
        "visit": "visit-1",
        "code": "none",
        "found_on": "2018-01-09",
    }


def test_a_violation_says_whether_it_was_corrected_where_that_was_required() -> None:
    found = [Found("1", "", "Core", word) for word in ("Yes", "No", "Not required")]

    assert [mapping.violation(one, "v", "d").get("corrected") for one in found] == [True, False, None]
