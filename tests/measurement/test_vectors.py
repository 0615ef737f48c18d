"""Every published case and every derived vector, by the rules of the server.

``phone/tests/measurement.test.ts`` asks the phone's rules the same file.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspection.measurement import prepackages, scales
from inspection.measurement.exact import ONE, millionths, plain, root
from inspection.measurement.prepackages import Plan
from inspection.measurement.units import dimension

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
FIGURES = ("mean", "deviation", "mean_limit")


def cases(name: str) -> pytest.MarkDecorator:
    """The cases of one section, by their own names."""
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: case.get("id", case.get("nominal")))


def near(found: int | None, expected: str | None) -> bool:
    """Whether a figure for the eye is the published one, which may be rounded differently in its last place."""
    return (found is None) == (expected is None) and (
        found is None or expected is None or abs(found - millionths(expected)) <= 100
    )


def test_every_published_case_is_asked() -> None:
    sections = ("lots", "summaries", "limits", "plans", "scales", "gold")
    named = {case["id"].partition("/")[0] for name in sections for case in CASES[name]}
    named |= set(CASES["without_figures"])
    published = {f"W{number}" for number in range(1, 46) if number != 27} | {
        f"W27{letter}" for letter in "abcd"
    }
    assert named == published | {f"D{number}" for number in range(1, 12)}


@cases("tolerances")
def test_the_tolerable_deficiency_is_rounded_up_as_the_table_says(case: dict[str, Any]) -> None:
    found = prepackages.tolerable_deficiency(millionths(case["nominal"]), "mass")
    assert found is not None
    assert plain(found) == case["tolerance"]


@cases("lots")
def test_a_lot_is_judged_as_published(case: dict[str, Any]) -> None:
    nominal, expect = millionths(case["nominal"]), case["expect"]
    tolerance = prepackages.tolerable_deficiency(nominal, dimension(case["unit"]))
    assert tolerance == millionths(expect["tolerance"])
    plan = case["plan"]
    factor = None if plan["factor"] is None else millionths(plan["factor"])
    weights = [millionths(one) for one in case["weights"]]
    found = prepackages.assess(nominal, tolerance, weights, Plan(plan["size"], factor, plan["allowed"]))
    counts = {"t1": found.errors.count(1), "t2": found.errors.count(2)}
    for name, expected in expect.items():
        if name in FIGURES:
            assert near(getattr(found, name), expected), name
        elif name in counts:
            assert counts[name] == expected, name
        elif name != "tolerance":
            assert getattr(found, name) == expected, name


@cases("summaries")
def test_the_mean_test_holds_for_a_published_mean_and_deviation(case: dict[str, Any]) -> None:
    count, factor, deviation = case["count"], millionths(case["factor"]), millionths(case["deviation"])
    nominal, total = millionths(case["nominal"]), millionths(case["mean"]) * count
    scatter = deviation * deviation * count * (count - 1)
    assert prepackages.mean_holds(nominal, factor, total, scatter, count) is case["mean_test"]
    limit = nominal - root(factor * factor * scatter, count * (count - 1) * ONE * ONE)
    assert abs(limit - millionths(case["mean_limit"])) <= 300  # s was published to four places


@cases("limits")
def test_the_limit_of_a_package_is_the_published_one(case: dict[str, Any]) -> None:
    nominal = millionths(case["nominal"])
    tolerance = prepackages.tolerable_deficiency(nominal, dimension(case["unit"]))
    assert tolerance == millionths(case["tolerance"])
    assert case["limit_t"] is None or nominal - tolerance == millionths(case["limit_t"])


@cases("plans")
def test_a_lot_gets_the_sample_of_its_tier(case: dict[str, Any]) -> None:
    plan = prepackages.plan_for(case["lot"], 0, date(2022, 6, 3))
    assert plan is not None
    assert plan.size == case["size"]
    assert case["allowed"] in (None, plan.allowed)


@cases("scales")
def test_a_spring_scale_may_err_by_the_published_divisions_to_the_gram(case: dict[str, Any]) -> None:
    scale = scales.Scale(True, millionths(case["capacity"]), millionths(case["division"]), None)
    load = millionths(case["load"])
    allowed = scales.allowance(scale, load)
    assert allowed == millionths(case["allowance"])
    assert scales.is_listed(scale)
    assert not scales.exceeds(millionths(case["last_that_fits"]) - load, allowed, case["side"])
    assert scales.exceeds(millionths(case["first_that_fails"]) - load, allowed, case["side"])


@cases("gold")
def test_the_limit_for_gold_is_the_published_one_to_the_place_printed(case: dict[str, Any]) -> None:
    found = scales.gold_limit(millionths(case["mass"]))
    assert found is not None
    tenth = millionths(case["printed_in_mg"]) // 1000 // 10  # a tenth of the unit it is printed in, in g
    assert (found + tenth // 2) // tenth * tenth == millionths(case["limit_mg"]) // 1000


def test_a_mean_exactly_at_its_limit_passes_and_the_least_below_it_fails() -> None:
    label = 10**10 + 1  # 2·scatter must reach (2·label)²: no binary fraction can tell these two apart
    assert prepackages.mean_holds(label, ONE, 0, 2 * label * label, 2) is True
    assert prepackages.mean_holds(label, ONE, 0, 2 * label * label - 1, 2) is False
