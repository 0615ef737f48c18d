"""The violation catalogue: known entries, marks kept, and what the loader refuses."""

from collections import Counter
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from inspection.checklists.catalogue import ViolationEntry, violation_types, violation_types_from
from inspection.checklists.kinds import ViolationTypeSchema
from inspection.checklists.reference import DATA
from inspection.checklists.rules import Domain
from inspection.datafiles import DataFileError, read


def content() -> dict[str, Any]:
    loaded = read(DATA / "violation-types.json")
    assert isinstance(loaded, dict)
    return deepcopy(loaded)


def act(code: str) -> ViolationEntry:
    return next(entry for entry in violation_types() if entry.code == code)


def test_the_catalogue_holds_109_acts_of_four_domains() -> None:
    assert Counter(entry.fields["domain"] for entry in violation_types()) == {
        Domain.FOOD_SAFETY: 70,
        Domain.QUALITY: 16,
        Domain.MEASUREMENT: 12,
        Domain.LABELS: 11,
    }


def test_protective_wear_in_catering_costs_one_to_three_million_for_an_individual() -> None:
    fields = act("ATTP-35").fields
    assert (fields["fine_for"], fields["fine_minimum"], fields["fine_maximum"]) == (
        "individual",
        1_000_000,
        3_000_000,
    )
    assert fields["verified"] == "full"
    assert str(fields["legal_basis"]).startswith("Điều 15 khoản 1 Nghị định 115/2018/NĐ-CP")


def test_an_amount_that_was_not_read_is_empty() -> None:
    fields = act("DL-03").fields
    assert (fields["fine_minimum"], fields["fine_maximum"], fields["verified"]) == (None, None, "none")


def test_a_fine_by_the_value_of_the_goods_is_no_amount_of_dong() -> None:
    fields = act("ATTP-01").fields
    assert (fields["fine_minimum"], fields["fine_maximum"]) == (None, None)
    assert isinstance(fields["tiers"], list)
    assert fields["tiers"][0]["multiple_of_goods_value"] == ["1", "2"]


def test_expired_goods_under_one_million_cost_300_to_500_thousand() -> None:
    tiers = act("CL-11").fields["tiers"]
    assert isinstance(tiers, list)
    first = tiers[0]
    assert (first["goods_value_vnd"], first["minimum"], first["maximum"]) == (
        [0, 1_000_000],
        300_000,
        500_000,
    )


def test_unverified_entries_keep_their_mark() -> None:
    marks = Counter(str(entry.fields["verified"]) for entry in violation_types())
    assert marks == {
        "full": 63,
        "first_tier_only": 9,
        "original_text": 8,
        "amount_only": 7,
        "article_only": 6,
        "quoted_amended": 6,
        "quoted_original": 5,
        "secondary_source": 3,
        "none": 2,
    }


@pytest.mark.parametrize(
    ("code", "first_day"),
    [
        ("ATTP-17", date(2018, 10, 20)),
        ("DL-04", date(2017, 12, 15)),
        ("NH-03", date(2022, 1, 1)),
        ("CL-11", date(2020, 10, 15)),
    ],
)
def test_an_act_holds_from_the_day_of_its_decree(code: str, first_day: date) -> None:
    assert act(code).valid_from == first_day


def test_every_entry_is_taken_by_the_record_schema() -> None:
    for entry in violation_types():
        given = {name: value for name, value in entry.record().items() if value is not None}
        assert ViolationTypeSchema().load(given).keys() == given.keys()


def test_all_faults_come_at_once() -> None:
    broken = content()
    rows = broken["violation_types"]
    rows[0]["verified"] = "surely"
    rows[4]["fine_minimum"], rows[4]["fine_maximum"] = 5, 4
    rows.append(deepcopy(rows[6]))
    with pytest.raises(DataFileError) as caught:
        violation_types_from(broken)
    assert len(caught.value.faults) == 3
