"""The plan of a replay: everything once, every tenth visit by two phones, the planned disagreements."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bench.replay import plan
from bench.replay.plan import Part
from bench.replay.source import Inspection

FIRST = date(2018, 1, 1)


def inspections(number: int = 300) -> list[Inspection]:
    return [
        Inspection(
            str(at), "7", FIRST + timedelta(days=at // 6), "Routine Inspection", str(1 + at % 5), True, ()
        )
        for at in range(number)
    ]


def tasks(made: plan.Plan) -> list[tuple[str, plan.Task]]:
    return [(who, task) for day in made.days for who, tasks in day.tasks.items() for task in tasks]


def test_the_same_seed_makes_the_same_plan_and_another_seed_another() -> None:
    assert plan.make(inspections(), 1) == plan.make(inspections(), 1)
    assert plan.make(inspections(), 1) != plan.make(inspections(), 2)


def test_every_inspection_is_opened_once_by_its_own_inspector() -> None:
    opened = [
        (who, task.inspection.id)
        for who, task in tasks(plan.make(inspections(), 1))
        if task.part in {Part.ALONE, Part.FIRST}
    ]

    assert sorted(opened) == sorted((one.inspector, one.id) for one in inspections())


def test_every_tenth_visit_is_filled_by_two_phones_of_two_people() -> None:
    made = plan.make(inspections(), 1)
    first = {task.visit: who for who, task in tasks(made) if task.part is Part.FIRST}
    second = {task.visit: who for who, task in tasks(made) if task.part in {Part.JOINING, Part.HELPING}}

    assert len(first) == 30
    assert first.keys() == second.keys()
    assert all(first[visit] != second[visit] for visit in first)
    assert all(task.inspection.inspector == who for who, task in tasks(made) if task.part is Part.FIRST)


def test_disagreements_are_none_one_and_two_in_turn() -> None:
    made = plan.make(inspections(), 1)
    counts = Counter(task.disagreements for _, task in tasks(made) if task.part is Part.FIRST)

    assert counts == {0: 10, 1: 10, 2: 10}
    assert len(made.conflicts) == 30


def test_whoever_waits_for_a_helper_delivers_late() -> None:
    made = plan.make(inspections(), 1)
    helped = {task.visit for _, task in tasks(made) if task.part is Part.HELPING}
    evenings = [
        day.evenings[who]
        for day in made.days
        for who, work in day.tasks.items()
        if any(task.part is Part.FIRST and task.visit in helped for task in work)
    ]

    assert len(helped) == 6
    assert all(evening.late for evening in evenings)


def test_a_later_word_comes_on_a_later_day_from_whoever_opened_the_visit() -> None:
    made = plan.make(inspections(), 1)
    later = [(day.day, who, task) for day in made.days for who, work in day.tasks.items() for task in work]

    assert any(task.part is Part.LATER for _, _, task in later)
    assert all(
        day > task.inspection.day and who == task.inspection.inspector
        for day, who, task in later
        if task.part is Part.LATER
    )


def test_whoever_works_in_a_campaign_belongs_to_it() -> None:
    made = plan.make(inspections(), 1)

    assert all(who in made.campaign_of(task.inspection).members for who, task in tasks(made))


def test_a_campaign_is_a_quarter() -> None:
    made = plan.make(inspections(600), 1)

    assert [(one.name, one.first, one.last) for one in made.campaigns.values()] == [
        ("2018 Q1", date(2018, 1, 1), date(2018, 3, 31)),
        ("2018 Q2", date(2018, 4, 1), date(2018, 6, 30)),
    ]
