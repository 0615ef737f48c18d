"""The demonstration district on paper."""

from collections import Counter
from datetime import date

import pytest

from inspection.checklists.reference import editions
from inspection.demo.district import JURISDICTION, PEOPLE, TEAM
from inspection.demo.inspections import PAST, RUNNING, Finding, middle_fine
from inspection.demo.records import campaigns, district_units, editions_for, establishments, unit_on
from inspection.people.permissions import Role

ACCOUNTS = {
    "admin",
    "manager",
    "auditor",
    "desk",
    "handler",
    "lead",
    "inspector_police",
    "inspector_market",
    "inspector_economy",
    "inspector_health",
    "inspector_medical",
}


def test_sixty_establishments_stand_in_all_sixteen_communes() -> None:
    places = establishments()
    assert len(places) == 60
    assert {place.unit.id for place in places} == {unit.id for unit in district_units()}
    assert min(Counter(place.unit.id for place in places).values()) >= 3
    assert len({place.name for place in places}) == 60


def test_everybody_has_a_role_that_exists() -> None:
    assert {person.key for person in PEOPLE} == ACCOUNTS
    assert all(Role(role) for person in PEOPLE for role in person.roles)
    assert TEAM[0].key == "lead"
    assert len({person.agency for person in TEAM}) == 5


@pytest.mark.parametrize(
    "today", [date(2022, 9, 1), date(2026, 1, 1), date(2026, 11, 23), date(2027, 12, 31)]
)
def test_a_campaign_runs_today_whatever_the_day_is(today: date) -> None:
    past, running = campaigns(today)
    assert running.starts_on <= today <= running.ends_on
    assert past.ends_on < date(2022, 9, 10)


def test_a_campaign_is_named_after_the_tet_that_comes() -> None:
    assert "Tết Nguyên đán 2027" in campaigns(date(2026, 11, 23))[1].name
    assert "Tết Nguyên đán 2027" in campaigns(date(2027, 1, 5))[1].name


def test_units_and_editions_are_those_of_the_day() -> None:
    place = next(each for each in establishments() if each.unit.name == "Xã Liêm Cần")
    assert unit_on(place.unit, date(2022, 8, 23)).name == "Xã Liêm Cần"
    assert unit_on(place.unit, date(2026, 11, 23)).name == "Xã Liêm Hà"
    assert [each.edition for each in editions_for(date(2022, 8, 23))] == [1, 1, 1, 1]
    assert [each.edition for each in editions_for(date(2026, 11, 23))] == [2, 2, 3, 2]


def test_every_finding_fails_an_item_that_may_raise_its_act() -> None:
    items = {item["id"]: item for edition in editions() for item in edition.items}
    for plan in (*PAST, *RUNNING):
        for finding in plan.findings:
            raised = items[finding.item]["violation_codes"]
            assert isinstance(raised, list)
            assert finding.code in raised


@pytest.mark.parametrize(
    ("code", "goods_value", "amount"),
    [
        ("ATTP-18", None, 4_000_000),  # 3 to 5 million, stated for individuals
        ("DL-01", None, 375_000),  # 0.5 to 1 million for organisations, half for a household
        ("CL-11", 480_000, 400_000),  # goods under one million: 300 to 500 thousand
    ],
)
def test_a_fine_is_the_middle_of_the_range_for_a_household(
    code: str, goods_value: int | None, amount: int
) -> None:
    finding = Finding("item", code, "", "fine", goods_value=goods_value)
    assert middle_fine(finding, date(2022, 8, 23)) == amount


def test_the_district_of_the_demonstration_is_thanh_liem() -> None:
    assert {unit.parent for unit in district_units()} == {JURISDICTION}
