"""The violation summary of the hand-made quarter (see samples.py), counted on paper."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspection.reports.checks import DisagreementError, check_summary
from inspection.reports.facts import EstablishmentFact, Facts, ViolationFact, VisitFact
from inspection.reports.figures import violation_summary
from inspection.reports.periods import Period, PeriodKind, legal
from inspection.reports.shapes import Figures, canonical
from tests.reports.samples import (
    CAMPAIGN,
    CHAIRMAN,
    COMPLAINTS,
    DISTRICT,
    FACTS,
    QUARTER,
    found,
    identifier,
    visit,
)


@pytest.fixture
def figures() -> Figures:
    return violation_summary(replace(FACTS, complaints=COMPLAINTS), QUARTER)


def test_one_establishment_checked_twice_counts_once_and_its_visits_twice(figures: Figures) -> None:
    assert figures["totals"] == {
        "establishments_registered": 7,
        "establishments": 6,
        "establishments_with_violation": 4,
        "visits": 8,
        "visits_with_violation": 5,
        "visits_without_violation": 3,
        "violations": 7,
        "campaigns": 2,
    }


def test_every_inspected_establishment_stands_under_the_gravest_thing_that_happened_to_it(
    figures: Figures,
) -> None:
    assert figures["outcomes"] == {
        "passed": 2,  # two, six
        "reminded": 1,  # four
        "undecided": 1,  # five
        "measures_only": 0,
        "warned": 1,  # three, though it also has a reminder and an undecided act
        "fined": 1,  # one, though one of its visits found nothing
    }


def test_the_first_and_the_last_day_belong_and_the_day_after_does_not(figures: Figures) -> None:
    rows = figures["by_month"]
    assert [(row["key"], row["first"], row["last"]) for row in rows] == [
        ("2022-07", "2022-06-15", "2022-07-14"),
        ("2022-08", "2022-07-15", "2022-08-14"),
        ("2022-09", "2022-08-15", "2022-09-14"),
    ]
    assert [row["visits"] for row in rows] == [5, 1, 2]
    assert [row["establishments"] for row in rows] == [5, 1, 2]
    assert [row["visits_with_violation"] for row in rows] == [2, 1, 2]
    assert [row["visits_without_violation"] for row in rows] == [3, 0, 0]
    assert [row["violations"] for row in rows] == [2, 1, 4]


def test_each_month_has_its_violations_by_severity_and_its_commonest_codes(figures: Figures) -> None:
    september = figures["by_month"][2]
    assert {row["key"]: row["count"] for row in september["by_severity"]} == {"nhẹ": 3, "unknown": 1}
    assert [(row["key"], row["count"]) for row in september["commonest_codes"]] == [
        ("ATTP-18", 2),
        ("ATTP-39", 1),
        ("NH-03", 1),
    ]


def test_violations_are_counted_by_code_severity_and_domain(figures: Figures) -> None:
    assert [(row["key"], row["count"], row["establishments"]) for row in figures["by_code"]] == [
        ("ATTP-18", 3, 3),
        ("ATTP-01", 1, 1),
        ("ATTP-39", 1, 1),
        ("DL-01", 1, 1),
        ("NH-03", 1, 1),
    ]
    assert {row["key"]: row["count"] for row in figures["by_severity"]} == {"nhẹ": 4, "nặng": 2, "unknown": 1}
    assert {row["key"]: row["violations"] for row in figures["by_domain"]} == {
        "food_safety": 5,
        "measurement": 1,
        "quality": 0,
        "labels": 1,
    }


def test_only_the_ten_commonest_codes_are_called_so(figures: Figures) -> None:
    many = replace(
        FACTS,
        violations=tuple(found(number, "1a", f"X-{number:02d}") for number in range(12)) + FACTS.violations,
    )
    summary = violation_summary(many, QUARTER)
    assert len(summary["by_code"]) == 17
    assert [row["key"] for row in summary["commonest_codes"]] == [
        "ATTP-18", "ATTP-01", "ATTP-39", "DL-01", "NH-03", "X-00", "X-01", "X-02", "X-03", "X-04",
    ]  # fmt: skip


def test_the_place_of_a_visit_is_its_own_and_of_an_establishment_that_of_its_latest_visit(
    figures: Figures,
) -> None:
    rows = {
        row["name_vi"]: (row["establishments"], row["visits"], row["violations"])
        for row in figures["by_unit"]
    }
    assert rows == {"Thị trấn Kiện Khê": (3, 4, 6), "Xã Thanh Hà": (2, 3, 1), "Chưa rõ địa bàn": (1, 1, 0)}


def test_an_establishment_that_moved_between_two_visits_counts_once(figures: Figures) -> None:
    moved = tuple(
        replace(one, unit=identifier("commune B")) if one.id == identifier("visit 1b") else one
        for one in FACTS.visits
    )
    rows = {
        row["name_vi"]: row for row in violation_summary(replace(FACTS, visits=moved), QUARTER)["by_unit"]
    }
    assert (rows["Xã Thanh Hà"]["establishments"], rows["Xã Thanh Hà"]["visits"]) == (1, 2)
    assert (rows["Thị trấn Kiện Khê"]["establishments"], rows["Thị trấn Kiện Khê"]["visits"]) == (4, 5)


def test_agencies_share_the_visits_of_the_campaigns_they_join(figures: Figures) -> None:
    assert [(row["name"], row["campaigns"], row["visits"]) for row in figures["by_agency"]] == [
        ("Công an huyện", 1, 7),
        ("Quản lý thị trường", 1, 7),
    ]


def test_penalties_are_summed_by_who_decided_them(figures: Figures) -> None:
    penalties = figures["penalties"]
    assert (penalties["reminders"], penalties["warnings"], penalties["fines"], penalties["undecided"]) == (
        3,
        1,
        1,
        2,
    )
    assert penalties["fines_total"] == 5_000_000
    assert penalties["by_authority"] == [
        {"authority": CHAIRMAN, "warnings": 1, "fines": 1, "fines_total": 5_000_000}
    ]


def test_a_fine_whose_amount_is_not_known_is_counted_apart() -> None:
    facts = replace(FACTS, violations=(*FACTS.violations, found(10, "1a", "NH-03", sanction="fine")))
    penalties = violation_summary(facts, QUARTER)["penalties"]
    assert (penalties["fines"], penalties["fines_total"], penalties["fines_without_amount"]) == (
        2,
        5_000_000,
        1,
    )


def test_a_measure_has_two_counts(figures: Figures) -> None:
    rows = {row["key"]: (row["establishments"], row["products"]) for row in figures["measures"]}
    assert rows["destruction"] == (1, 3)
    assert rows["closure"] == (0, 0)


def test_bang_1_has_the_rates_of_those_checked(figures: Figures) -> None:
    rows = [
        (row["key"], row["registered"], row["inspected"], row["passed"], row["share_passed"])
        for row in figures["tables"]["results"]
    ]
    assert rows == [
        ("production", 1, 1, 0, "0.0"),
        ("processing_trade", 2, 2, 1, "50.0"),
        ("catering", 3, 2, 0, "0.0"),
        ("street_food", 1, 1, 1, "100.0"),
        ("other", 0, 0, 0, None),
        ("total", 7, 6, 2, "33.3"),
    ]


def test_bang_2_parts_those_in_breach_into_handled_reminded_and_undecided(figures: Figures) -> None:
    rows = {row["name_vi"]: row for row in figures["tables"]["handling"]}
    counts = {name: row["establishments"] for name, row in rows.items()}
    assert counts["Số cơ sở có vi phạm"] == 4
    assert counts["Số cơ sở vi phạm bị xử lý"] == 2
    assert counts["Số cơ sở vi phạm không bị xử lý, chỉ nhắc nhở"] == 1
    assert counts["Số cơ sở vi phạm chưa có quyết định xử lý"] == 1
    assert (counts["- Cảnh cáo"], counts["- Phạt tiền"]) == (1, 1)
    assert rows["- Tổng số tiền phạt (đồng)"]["amount"] == 5_000_000
    assert (rows["- Tiêu hủy"]["establishments"], rows["- Tiêu hủy"]["products"]) == (1, 3)


def test_bang_3_may_exceed_the_establishments_in_breach(figures: Figures) -> None:
    counts = {row["key"]: row["establishments"] for row in figures["tables"]["contents"]}
    assert counts == {
        "hygiene": 3,
        "equipment": 0,
        "people": 1,
        "declaration": 0,
        "labels": 1,
        "advertising": 0,
        "quality": 0,
        "origin": 1,
        "measurement": 1,
        "other": 0,
    }
    assert sum(counts.values()) > figures["totals"]["establishments_with_violation"]


def test_the_published_figures_of_a_district_come_out_as_printed() -> None:
    """Lương Tài 2018: of 92 establishments checked 75 passed, printed 81,5; 17 in breach, all handled."""
    kinds = ["production"] * 2 + ["processing_trade"] * 90
    establishments = tuple(
        EstablishmentFact(identifier(f"lt {n}"), f"{n}", kind) for n, kind in enumerate(kinds)
    )
    visits = tuple(
        VisitFact(identifier(f"lt visit {n}"), one.id, CAMPAIGN.id, date(2018, 9, 20))
        for n, one in enumerate(establishments)
    )
    breaching = [visits[1], *visits[76:]]
    violations = tuple(
        ViolationFact(identifier(f"lt violation {n}"), one.id, "ATTP-18", sanction="warning")
        for n, one in enumerate(breaching)
    )
    facts = Facts(DISTRICT, visits, violations, (), establishments)
    rows = violation_summary(facts, Period(PeriodKind.RANGE, date(2018, 9, 1), date(2018, 9, 30)))["tables"][
        "results"
    ]
    assert [(row["inspected"], row["passed"]) for row in rows if row["inspected"]] == [
        (2, 1),
        (90, 74),
        (92, 75),
    ]
    assert rows[-1]["share_passed"] == "81.5"


def test_pass_reminded_and_fined_part_the_premises_as_in_a_published_report() -> None:
    """Nông Sơn: 529 = 293 + 223 + 13."""
    sanctions = [None] * 293 + ["reminder"] * 223 + ["fine"] * 13
    visits = tuple(
        VisitFact(identifier(f"ns visit {n}"), identifier(f"ns {n}"), CAMPAIGN.id, date(2022, 7, 1))
        for n in range(len(sanctions))
    )
    violations = tuple(
        ViolationFact(identifier(f"ns violation {n}"), visits[n].id, "ATTP-18", sanction=sanction)
        for n, sanction in enumerate(sanctions)
        if sanction
    )
    outcomes = violation_summary(Facts(DISTRICT, visits, violations, (), ()), QUARTER)["outcomes"]
    assert (outcomes["passed"], outcomes["reminded"], outcomes["fined"]) == (293, 223, 13)


def test_open_conflicts_of_the_period_are_counted_apart_and_named(figures: Figures) -> None:
    assert figures["open_conflicts"] == {
        "count": 1,
        "visits": 1,
        "named": [
            {
                "kind": "violation",
                "record": str(identifier("violation 4")),
                "field": "severity",
                "establishment": "Cơ sở three",
                "visited_on": "2022-09-02",
            }
        ],
    }


def test_a_campaigns_summary_takes_its_visits_whatever_their_day() -> None:
    days = Period(
        PeriodKind.CAMPAIGN, date(2022, 6, 10), date(2022, 6, 30), campaign=CAMPAIGN.id, name=CAMPAIGN.name
    )
    summary = violation_summary(FACTS, days)
    assert summary["totals"]["visits"] == 8  # every visit but the one of the other campaign
    assert [row["key"] for row in summary["by_month"]] == ["2022-06", "2022-07", "2022-08", "2022-09"]


def test_a_visit_to_an_establishment_that_was_voided_since_still_counts() -> None:
    facts = replace(FACTS, establishments=())
    totals = violation_summary(facts, QUARTER)["totals"]
    assert (totals["establishments"], totals["visits"], totals["establishments_registered"]) == (6, 8, 6)


def test_an_empty_period_adds_up_to_nothing() -> None:
    summary = violation_summary(FACTS, legal(PeriodKind.YEAR, 2019))
    assert summary["totals"]["visits"] == 0
    assert summary["totals"]["establishments_registered"] == 7
    assert all(row["share_passed"] is None for row in summary["tables"]["results"])


def test_petitions_of_the_period_stand_beside_the_inspections(figures: Figures) -> None:
    assert {row["key"]: row["total"] for row in figures["petitions"]["by_kind"]} == {
        "complaint": 2,
        "denunciation": 2,
        "recommendation": 0,
    }


def test_the_order_in_which_facts_are_read_changes_no_byte(figures: Figures) -> None:
    turned = replace(
        FACTS,
        complaints=COMPLAINTS[::-1],
        visits=FACTS.visits[::-1],
        violations=FACTS.violations[::-1],
        establishments=FACTS.establishments[::-1],
        conflicts=FACTS.conflicts[::-1],
    )
    assert canonical(violation_summary(turned, QUARTER)) == canonical(figures)


def test_every_figure_says_in_both_languages_what_it_counts(figures: Figures) -> None:
    explained = {key.partition(".")[0] for key in figures["definitions"]}
    counted = set(figures) - {"schema", "jurisdiction", "definitions", "by_establishment_type", "by_campaign"}
    assert counted - {"commonest_codes"} <= explained
    assert all(words["vi"] and words["en"] and words["name_vi"] for words in figures["definitions"].values())


@pytest.mark.parametrize(
    "falsify",
    [
        lambda figures: figures["totals"].__setitem__("visits", 9),
        lambda figures: figures["outcomes"].__setitem__("passed", 3),
        lambda figures: figures["by_month"][0].__setitem__("violations", 0),
        lambda figures: figures["by_unit"].pop(),
        lambda figures: figures["by_code"].pop(),
        lambda figures: figures["penalties"].__setitem__("fines_total", 1),
        lambda figures: figures["tables"]["results"][-1].__setitem__("passed", 1),
        lambda figures: figures["tables"]["handling"][-1].__setitem__("establishments", 2),
        lambda figures: figures["tables"]["results"][0].__setitem__("registered", 0),
    ],
)
def test_a_summary_that_does_not_add_up_is_not_issued(figures: Figures, falsify: object) -> None:
    assert callable(falsify)
    falsify(figures)
    with pytest.raises(DisagreementError):
        check_summary(figures)


SANCTIONS = st.sampled_from([None, "reminder", "warning", "fine"])
SEVERITIES = st.sampled_from([None, "Core", "Priority"])
CODES = st.sampled_from(["ATTP-01", "NH-03", "DL-01", "unheard of"])


@settings(deadline=None)  # a busy machine is no fault of the figures
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three", "four", "nobody knows"]),
            st.dates(date(2022, 6, 1), date(2022, 9, 30)),
            st.lists(st.tuples(CODES, SEVERITIES, SANCTIONS), max_size=4),
        ),
        max_size=25,
    )
)
def test_whatever_was_found_the_summary_adds_up_and_agrees_with_a_plain_count(
    made: list[tuple[str, date, list[tuple[str, str | None, str | None]]]],
) -> None:
    numbers = itertools.count(100)
    visits = tuple(visit(f"random {n}", place, day) for n, (place, day, _) in enumerate(made))
    violations = tuple(
        found(next(numbers), f"random {n}", code, severity, sanction, 1_000 if sanction == "fine" else None)
        for n, (_, _, acts) in enumerate(made)
        for code, severity, sanction in acts
    )
    totals = violation_summary(replace(FACTS, visits=visits, violations=violations), QUARTER)["totals"]
    inside = [one for one in made if date(2022, 6, 15) <= one[1] <= date(2022, 9, 14)]
    assert totals["visits"] == len(inside)
    assert totals["establishments"] == len({place for place, _, _ in inside})
    assert totals["visits_with_violation"] == sum(1 for _, _, acts in inside if acts)
    assert totals["violations"] == sum(len(acts) for _, _, acts in inside)
