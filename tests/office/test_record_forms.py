"""Forms made from a schema, and back. No database."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from inspection import load_kinds
from inspection.journal.kinds import registry
from inspection.office import record_forms
from inspection.office.record_forms import Shape


@pytest.fixture
def violation() -> Shape:
    load_kinds()
    names = (
        "description",
        "corrected",
        "sanction",
        "authority",
        "decision_number",
        "decided_on",
        "amount",
        "due_on",
    )
    return Shape(registry["violation"], names)


def sent(shape: Shape, **values: str) -> dict[str, object]:
    return record_forms.posted(shape, MultiDict(values))


def test_a_form_sent_back_as_it_came_changes_nothing(violation: Shape) -> None:
    stored = {"description": "Cân sai\nhai lần", "corrected": False, "amount": 0, "due_on": "2026-09-30"}
    shown = record_forms.shown_values(violation, stored)
    entered = sent(
        violation, description="Cân sai\r\nhai lần ", corrected="no", amount="0", due_on="2026-09-30"
    )
    assert record_forms.changed(violation, entered, shown) == {}


def test_only_what_a_person_changed_is_written(violation: Shape) -> None:
    stored = {"description": "Cân sai", "due_on": "2026-09-30"}
    entered = sent(violation, description="Cân sai 5 g", due_on="2026-09-30")
    changed = record_forms.changed(violation, entered, record_forms.shown_values(violation, stored))
    assert changed == {"description": "Cân sai 5 g"}


def test_a_group_is_written_whole(violation: Shape) -> None:
    stored = {"sanction": "fine", "amount": 500000, "decision_number": "12/QĐ"}
    entered = sent(violation, sanction="fine", amount="700000", decision_number="12/QĐ")
    changed = record_forms.changed(violation, entered, record_forms.shown_values(violation, stored))
    assert changed == {
        "sanction": "fine",
        "amount": 700000,
        "decision_number": "12/QĐ",
        "authority": None,
        "decided_on": None,
    }


def test_nothing_no_and_zero_are_three_different_answers(violation: Shape) -> None:
    shown = record_forms.shown_values(violation, {})
    assert record_forms.changed(violation, sent(violation, corrected="no"), shown) == {"corrected": False}
    assert record_forms.changed(violation, sent(violation, amount="0"), shown)["amount"] == 0
    assert record_forms.changed(violation, sent(violation), shown) == {}


def test_a_slip_of_the_keyboard_is_told_before_it_is_submitted(violation: Shape) -> None:
    entered = sent(violation, amount="nhiều", due_on="mai")
    problems = record_forms.problems(violation, entered, "vi", creating=False)
    assert set(problems) == {"amount", "due_on"}
    [field] = [one for one in record_forms.build(violation, entered, "en", problems) if one.name == "due_on"]
    assert field.errors == ["Must be a date YYYY-MM-DD."]
    assert field.value == "mai"


def test_a_required_field_may_not_be_emptied() -> None:
    load_kinds()
    shape = Shape(registry["person"], ("full_name", "roles"))
    problems = record_forms.problems(shape, {"full_name": None}, "en", creating=False)
    assert problems["full_name"] == ["Must not be empty."]
    assert set(record_forms.problems(shape, {}, "en", creating=True)) == {"full_name", "roles"}


def test_seconds_that_a_form_cannot_show_are_not_lost_by_it() -> None:
    load_kinds()
    shape = Shape(registry["visit"], ("started_at",))
    shown = record_forms.shown_values(shape, {"started_at": "2026-09-20T08:11:02+07:00"})
    assert record_forms.changed(shape, sent(shape, started_at="2026-09-20T08:11"), shown) == {}
    moved = record_forms.changed(shape, sent(shape, started_at="2026-09-20T09:00"), shown)
    assert moved == {"started_at": "2026-09-20T09:00:00+07:00"}
