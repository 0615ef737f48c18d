"""The content of a record has one digest, in both languages: ``vectors.json`` is also read by the phone's tests."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.visits.record.comparing import differences
from inspection.visits.record.content import (
    Parts,
    code_of,
    content_of,
    digest,
    fingerprint,
    normalised,
    read_code,
)
from inspection.visits.record.drawing import svg

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text(encoding="utf-8")
)
VISIT = "018f0000-0000-7000-8000-0000000000f1"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_vector_has_its_digest(vector: dict[str, Any]) -> None:
    made = vector["made"]
    rest = {name: value for name, value in made.items() if name != "visit"}
    assert digest(content_of(Parts(visit=uuid.UUID(made["visit"]), **rest))) == vector["digest"]


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
    )
)
def test_what_is_normal_stays_as_it_is(value: Any) -> None:
    once = normalised(value)
    assert normalised(once) == once


def test_a_code_is_read_however_it_is_typed() -> None:
    made = "3fa901c277d04b1e" + "0" * 48
    assert read_code(code_of(VISIT, made)) == (uuid.UUID(VISIT), made)
    assert read_code(fingerprint(made)) == (None, made[:16])
    assert read_code("３ＦＡ９ 01c2 77d0 4b1e") == (None, made[:16])
    for nothing in ("", "3fa9 01c2", "không phải mã", "BBKT1:x:y", "g" * 16):
        assert read_code(nothing) is None


def test_a_difference_names_the_field_and_both_values() -> None:
    signed = {
        "visit": {"note": "cũ"},
        "unit": "A",
        "parts": {"answer": {"a": {"item": "X", "result": "pass"}}},
    }
    now = {"visit": {"note": "mới"}, "unit": "A", "parts": {"answer": {}, "measure": {"m": {"note": "thêm"}}}}
    found = [(one.part, one.record, one.field, one.signed, one.now) for one in differences(signed, now)]
    assert found == [
        ("visit", "", "note", "cũ", "mới"),
        ("answer", "a", "item", "X", None),
        ("answer", "a", "result", "pass", None),
        ("measure", "m", "note", None, "thêm"),
    ]


@pytest.mark.parametrize("rubbish", [None, [], "x", {"a": 1}, [["<script>"]], [[1]], [None], [[]]])
def test_what_is_no_drawing_draws_nothing(rubbish: object) -> None:
    assert svg(rubbish) == ""


def test_a_drawing_stays_inside_its_box() -> None:
    assert 'd="M0 400L1000 0"' in svg([[-5, 900, 4000, -1]])
