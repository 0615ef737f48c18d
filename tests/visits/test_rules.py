"""Ids of answers."""

import unicodedata
import uuid

from hypothesis import given
from hypothesis import strategies as st

from inspection.visits.rules import answer_id

VISIT = uuid.UUID("0192f0a0-0000-7000-8000-000000000001")


def test_two_phones_give_one_question_one_id() -> None:
    assert answer_id(VISIT, "DL-C02", "Cân số 2") == uuid.uuid5(VISIT, "DL-C02\nCân số 2")


def test_a_question_without_a_subject_ends_with_the_line_feed() -> None:
    assert answer_id(VISIT, "ATTP-C06") == answer_id(VISIT, "ATTP-C06", "") == uuid.uuid5(VISIT, "ATTP-C06\n")


def test_two_scales_in_one_shop_are_two_answers() -> None:
    assert answer_id(VISIT, "DL-C02", "Cân số 1") != answer_id(VISIT, "DL-C02", "Cân số 2")


@given(st.text(min_size=1, max_size=40))
def test_the_id_does_not_depend_on_how_the_keyboard_composes(subject: str) -> None:
    composed, pieces = (unicodedata.normalize(form, subject) for form in ("NFC", "NFD"))
    assert answer_id(VISIT, "DL-C02", pieces) == answer_id(VISIT, "DL-C02", composed)
