"""What phones may write of a measurement, what is refused, and that it travels, on both databases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from config.extensions import db
from inspection.measurement.models import PackageCheck
from inspection.measurement.queries import (
    disagrees,
    instrument_judgement,
    instruments_of,
    package_judgement,
    packages_of,
)
from inspection.visits.models import Visit
from inspection.visits.queries import visit_record
from tests.sync.conftest import Team
from tests.world import codes, statuses

PACKAGES: dict[str, Any] = {
    "product": "Bánh nướng thập cẩm",
    "nominal": "500",
    "nominal_unit": "g",
    "reading_unit": "g",
    "lot_size": 3,
    "tares": None,
    "weights": ["500", "503.5", "469.9"],
}
SCALE: dict[str, Any] = {
    "instrument": "spring_scale",
    "subject": "Cân quầy 1",
    "evidence": "sticker",
    "verified_on": "2024-01-15",
    "stated_until": None,
    "capacity": "10",
    "division": "50",
    "accuracy_class": None,
    "side": "seller",
    "reading_unit": "kg",
    "references": ["7"],
    "indications": ["7.101"],
}
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def opened(team: Team, **fields: Any) -> dict[str, Any]:
    visit = team.binh.visit(team.campaign, team.shop, **fields)
    assert statuses(team.binh.push(visit)) == ["applied"]
    return visit


def test_readings_travel_and_the_server_judges_them_itself(team: Team) -> None:
    visit = opened(team)
    package = team.binh.operation(
        "package_check", team.scope, visit=visit["record"], **PACKAGES, verdict="pass"
    )
    scale = team.binh.operation(
        "instrument_check", team.scope, visit=visit["record"], **SCALE, verdict="fail"
    )
    sample = team.binh.operation(
        "sample", team.scope, visit=visit["record"], product="Giò lụa", result="pending", sent_to="Viện"
    )
    assert statuses(team.binh.push(package, scale, sample)) == ["applied"] * 3
    pulled = team.lead.pull_all()
    assert pulled[package["record"]]["fields"]["weights"] == ["500", "503.5", "469.9"]
    assert pulled[scale["record"]]["fields"]["indications"] == ["7.101"]
    assert pulled[sample["record"]]["fields"]["result"] == "pending"
    with team.world.app.app_context():
        session = db.session()
        found = session.get(Visit, UUID(visit["record"]))
        assert found is not None
        [check] = packages_of(session, found.id)
        judgement = package_judgement(check, found.visited_on)
        assert (judgement["verdict"], judgement["t2"], judgement["plan"]["full"]) == ("fail", 1, True)
        assert "competence" in judgement["indicative"]
        assert disagrees(check, judgement)
        [instrument] = instruments_of(session, found.id)
        judged = instrument_judgement(instrument, found.visited_on)
        assert judged["lines"] == [{"error": "101", "allowance": "100", "fits": False}]
        assert judged["verification"] == "expired"
        assert not disagrees(instrument, judged)
        record = visit_record(session, found.id)
        assert record is not None
        assert [each.product for each in record.samples] == ["Giò lụa"]
        assert len(record.packages) == len(record.instruments) == 1


@on_sqlite
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weights": ["NaN"]}, "weights"),
        ({"weights": ["-1"]}, "weights"),
        ({"weights": [1e99]}, "weights"),
        ({"weights": "500"}, "weights"),
        ({"weights": [None]}, "weights"),
        ({"weights": ["0.5", "500", "500"]}, "weights"),
        ({"weights": ["500"] * 501, "lot_size": 600}, "weights"),
        ({"weights": ["500"] * 4}, "lot_size"),
        ({"lot_size": 0}, "lot_size"),
        ({"lot_size": 100_001}, "lot_size"),
        ({"nominal": "0"}, "nominal"),
        ({"nominal_unit": "oz"}, "nominal_unit"),
        ({"reading_unit": "ml"}, "reading_unit"),
        ({"nominal_unit": "item", "reading_unit": "item", "weights": ["499.5"]}, "weights"),
        ({"product": "  "}, "product"),
    ],
)
def test_contents_that_cannot_be_are_refused_by_name(team: Team, wrong: dict[str, Any], field: str) -> None:
    visit = opened(team)
    change = team.binh.operation("package_check", team.scope, visit=visit["record"], **{**PACKAGES, **wrong})
    [result] = team.binh.push(change)
    assert (result["status"], result["error"]["code"]) == ("rejected", "validation")
    assert list(result["error"]["fields"]) == [field]


@on_sqlite
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"instrument": "ruler"}, "instrument"),
        ({"verified_on": "2999-01-01"}, "verified_on"),
        ({"stated_until": "2023-12-31"}, "stated_until"),
        ({"references": ["7", "8"]}, "indications"),
        ({"references": ["11"], "indications": ["11"]}, "indications"),
        ({"indications": ["7101"]}, "indications"),
        ({"reading_unit": "l"}, "indications"),
        ({"instrument": "taximeter"}, "indications"),
        ({"division": "0"}, "division"),
        ({"references": ["0"]}, "references"),
    ],
)
def test_instruments_that_cannot_be_are_refused_by_name(
    team: Team, wrong: dict[str, Any], field: str
) -> None:
    visit = opened(team)
    change = team.binh.operation("instrument_check", team.scope, visit=visit["record"], **{**SCALE, **wrong})
    [result] = team.binh.push(change)
    assert (result["status"], result["error"]["code"]) == ("rejected", "validation")
    assert list(result["error"]["fields"]) == [field]


@on_sqlite
def test_a_result_from_the_future_is_refused_and_nothing_behind_it_waits(team: Team) -> None:
    visit = opened(team)
    late = team.binh.operation(
        "sample", team.scope, visit=visit["record"], product="Giò", result_on="2999-01-01"
    )
    good = team.binh.operation("sample", team.scope, visit=visit["record"], product="Giò")
    assert codes(team.binh.push(late, good)) == ["validation", None]


@on_sqlite
def test_two_people_who_weighed_the_same_lot_are_shown_both(team: Team) -> None:
    visit = opened(team)
    first = team.binh.operation("package_check", team.scope, visit=visit["record"], **PACKAGES)
    assert statuses(team.binh.push(first)) == ["applied"]
    version = team.binh.record(first)["version"]
    group: dict[str, Any] = {name: value for name, value in PACKAGES.items() if name != "product"}
    group["verdict"] = "incomplete"
    for phone, weights in ((team.binh, ["500", "500", "500"]), (team.chi, ["490", "490", "490"])):
        edit = phone.operation(
            "package_check", team.scope, first["record"], base=version, **{**group, "weights": weights}
        )
        [result] = phone.push(edit)
    assert (result["status"], result["conflicts"][0]["field"]) == ("conflict", "contents")
    with team.world.app.app_context():
        [check] = db.session.query(PackageCheck).all()
        assert check.weights == ["500", "500", "500"]
        assert check.conflicts == 1
