"""Units valid on a day, ids of units, names as people type them."""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.places.rules import fold, is_valid_on, unit_id, valid_on


@dataclass(frozen=True)
class Period:
    valid_from: date
    valid_to: date | None


OLD = Period(date(2021, 1, 1), date(2025, 6, 30))
NEW = Period(date(2025, 7, 1), None)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2020, 12, 31), []),
        (date(2021, 1, 1), [OLD]),
        (date(2025, 6, 30), [OLD]),
        (date(2025, 7, 1), [NEW]),
        (date(2099, 1, 1), [NEW]),
    ],
)
def test_first_and_last_day_both_count(day: date, found: list[Period]) -> None:
    assert valid_on([OLD, NEW], day) == found


def test_a_unit_without_a_last_day_is_still_valid() -> None:
    assert is_valid_on(NEW, date.max)


def test_one_code_used_for_two_units_gives_two_ids() -> None:
    assert unit_id("13495", date(2021, 1, 1)) != unit_id("13495", date(2025, 7, 1))


def test_the_id_of_the_district_never_changes() -> None:
    assert unit_id("351", date(2021, 1, 1)) == uuid.UUID("d8a7fa4b-e6bb-5ab7-8710-d76e3aee14e9")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Bánh đa nướng Hòa Khê", "banh da nuong hoa khe"),
        ("  BÁNH   ĐA ", "banh da"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("Phở 68 – Gia Truyền", "pho 68 – gia truyen"),
    ],
)
def test_names_are_compared_without_marks_capitals_or_extra_spaces(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_does_not_depend_on_how_the_keyboard_composes(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)
