"""The unit file: what it says of Thanh Liêm, and what the loader refuses."""

import unicodedata
from collections import Counter
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from inspection.datafiles import DataFileError, read
from inspection.places.reference import DATA, UnitEntry, units, units_from
from inspection.places.rules import Level, valid_on

BEFORE = date(2022, 9, 1)
AFTER = date(2026, 9, 1)
DISTRICT = next(unit for unit in units() if unit.code == "351")

FORMED_FROM = {
    "Xã Liêm Hà": {"Xã Liêm Phong", "Xã Liêm Cần", "Xã Thanh Hà"},
    "Xã Tân Thanh": {"Thị trấn Tân Thanh", "Xã Thanh Thủy", "Xã Thanh Phong"},
    "Xã Thanh Bình": {"Xã Liêm Sơn", "Xã Liêm Thuận", "Xã Liêm Túc"},
    "Xã Thanh Lâm": {"Xã Thanh Nghị", "Xã Thanh Tân", "Xã Thanh Hải"},
    "Xã Thanh Liêm": {"Xã Thanh Hương", "Xã Thanh Tâm", "Xã Thanh Nguyên"},
    "Phường Châu Sơn": {"Phường Châu Sơn", "Phường Thanh Tuyền", "Thị trấn Kiện Khê"},
}


def of_district(day: date) -> list[UnitEntry]:
    return [unit for unit in valid_on(units(), day) if unit.parent == DISTRICT.id]


def content() -> dict[str, Any]:
    loaded = read(DATA / "units.json")
    assert isinstance(loaded, dict)
    return deepcopy(loaded)


def test_the_district_of_2022_has_two_townships_and_fourteen_communes() -> None:
    assert Counter(unit.level for unit in of_district(BEFORE)) == {Level.TOWNSHIP: 2, Level.COMMUNE: 14}


def test_the_district_and_its_units_end_on_30_june_2025() -> None:
    assert DISTRICT.valid_to == date(2025, 6, 30)
    assert {unit.valid_to for unit in of_district(BEFORE)} == {date(2025, 6, 30)}
    assert of_district(date(2025, 7, 1)) == []


def test_each_of_the_sixteen_units_went_into_exactly_one_successor() -> None:
    heirs = Counter(
        predecessor
        for unit in valid_on(units(), AFTER)
        if unit.level is not Level.PROVINCE
        for predecessor in unit.predecessors
    )
    assert {unit.id: heirs[unit.id] for unit in of_district(BEFORE)} == {
        unit.id: 1 for unit in of_district(BEFORE)
    }


def test_the_successors_are_formed_as_the_resolution_says() -> None:
    names = {unit.id: unit.name for unit in units()}
    formed = {
        unit.name: {names[each] for each in unit.predecessors}
        for unit in valid_on(units(), AFTER)
        if unit.level is not Level.PROVINCE
    }
    assert formed == FORMED_FROM


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("13456", "Xã Liêm Cần", "Xã Liêm Hà"),
        ("13495", "Xã Thanh Nguyên", "Xã Thanh Liêm"),
        ("13483", "Xã Liêm Sơn", "Xã Thanh Bình"),
        ("13489", "Xã Thanh Nghị", "Xã Thanh Lâm"),
        ("13474", "Thị trấn Tân Thanh", "Xã Tân Thanh"),
    ],
)
def test_a_reused_code_means_another_unit_after_the_reform(code: str, before: str, after: str) -> None:
    assert [unit.name for unit in valid_on(units(), BEFORE) if unit.code == code] == [before]
    assert [unit.name for unit in valid_on(units(), AFTER) if unit.code == code] == [after]


def test_every_name_is_in_composed_unicode() -> None:
    assert all(unicodedata.is_normalized("NFC", unit.name) for unit in units())


def test_every_entry_says_how_far_it_was_checked() -> None:
    assert all(unit.source and unit.verified for unit in units())


def test_all_faults_of_form_come_at_once() -> None:
    broken = content()
    broken["units"][0]["level"] = "canton"
    del broken["units"][1]["name"]
    broken["units"][2]["colour"] = "red"
    with pytest.raises(DataFileError) as caught:
        units_from(broken)
    assert len(caught.value.faults) == 3


def test_all_faults_of_sense_come_at_once() -> None:
    broken = content()
    by_code = {unit["code"]: unit for unit in broken["units"] if unit["valid_to"]}
    by_code["13441"]["parent"] = ["999", "2021-01-01"]
    by_code["13450"]["valid_to"] = "2030-01-01"
    broken["units"].append({**by_code["13453"], "name": "Xã Trùng"})
    with pytest.raises(DataFileError) as caught:
        units_from(broken)
    faults = "\n".join(caught.value.faults)
    assert "parent 999 is not in the file" in faults
    assert "parent 351 is not valid all that time" in faults
    assert "predecessor 13450 had not ended" in faults
    assert "13453: used for two units on one day" in faults


def test_a_file_that_is_no_object_is_refused() -> None:
    with pytest.raises(DataFileError, match="not an object"):
        units_from([])
