"""The checklist files: what held when, and what the loader refuses."""

from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from inspection.checklists.catalogue import violation_types
from inspection.checklists.expressions import holds
from inspection.checklists.reference import CHECKLIST_FILES, DATA, EditionEntry, editions, editions_from
from inspection.checklists.rules import Domain, edition_on, violation_codes
from inspection.datafiles import DataFileError, read
from inspection.journal.fields import Document

SIZES = {Domain.FOOD_SAFETY: 20, Domain.MEASUREMENT: 14, Domain.QUALITY: 14, Domain.LABELS: 17}
DAYS_OF_CHANGE = (date(2026, 1, 23), date(2026, 4, 15), date(2026, 7, 1))


def content(name: str = "labels.json") -> dict[str, Any]:
    loaded = read(DATA / name)
    assert isinstance(loaded, dict)
    return deepcopy(loaded)


def edition(domain: Domain, day: date) -> EditionEntry:
    found = edition_on(editions(), domain, day)
    assert found is not None
    return found


def basis(domain: Domain, day: date, item: str) -> tuple[str, str]:
    items = {each["id"]: each for each in edition(domain, day).items}
    return str(items[item]["legal_basis"]), str(items[item]["basis_verified"])


@pytest.mark.parametrize("domain", list(Domain))
def test_every_domain_has_its_items_on_a_day_of_2022_and_today(domain: Domain) -> None:
    by_group = 3 if domain is Domain.LABELS else 0
    for day, more in ((date(2022, 9, 1), 0), (date(2026, 11, 1), by_group)):
        assert len(edition(domain, day).items) == SIZES[domain] + more


@pytest.mark.parametrize("domain", list(Domain))
def test_editions_follow_each_other_without_gap_or_overlap(domain: Domain) -> None:
    mine = [each for each in editions() if each.domain is domain]
    assert [each.edition for each in mine] == list(range(1, len(mine) + 1))
    assert mine[-1].valid_to is None
    for before, after in pairwise(mine):
        assert before.valid_to == after.valid_from - timedelta(days=1)


@pytest.mark.parametrize("domain", list(Domain))
def test_item_ids_stay_from_one_edition_to_the_next(domain: Domain) -> None:
    ids = [[item["id"] for item in each.items] for each in editions() if each.domain is domain]
    for before, after in pairwise(ids):
        assert before == [item for item in after if item in before]


def test_labels_rest_on_the_old_decree_until_22_january_2026_and_on_the_new_one_from_the_day_after() -> None:
    last, first = date(2026, 1, 22), date(2026, 1, 23)
    for number in range(1, 13):
        item = f"NH-C{number:02d}"
        assert basis(Domain.LABELS, last, item)[0].startswith(
            "NĐ 43/2017/NĐ-CP (sửa đổi bởi NĐ 111/2021/NĐ-CP)"
        )
        assert "NĐ 37/2026" in basis(Domain.LABELS, first, item)[0]
        assert "NĐ 43/2017" not in basis(Domain.LABELS, first, item)[0]


def test_nothing_before_2026_cites_a_text_of_2026() -> None:
    for domain in Domain:
        for item in edition(domain, date(2026, 1, 22)).items:
            assert "2026" not in str(item["legal_basis"]), item["id"]


def test_verification_cycles_change_on_15_april_2026() -> None:
    assert "TT 04/2026" not in basis(Domain.MEASUREMENT, date(2026, 4, 14), "DL-C03")[0]
    assert "TT 04/2026" in basis(Domain.MEASUREMENT, date(2026, 4, 15), "DL-C03")[0]


def test_risk_levels_of_goods_begin_on_1_july_2026() -> None:
    assert basis(Domain.QUALITY, date(2026, 6, 30), "CL-C05")[0] == "NĐ 119/2017 Điều 19"
    assert "TT 36/2026" in basis(Domain.QUALITY, date(2026, 7, 1), "CL-C05")[0]


def test_articles_that_were_not_read_are_marked_so() -> None:
    assert basis(Domain.LABELS, date(2022, 9, 1), "NH-C02")[1] == "from memory, unverified"
    assert basis(Domain.LABELS, date(2022, 9, 1), "NH-C06")[1] == "document in source, article not read"
    assert basis(Domain.QUALITY, date(2022, 9, 1), "CL-C10")[1] == "not read"


@pytest.mark.parametrize("day", [day + timedelta(days=shift) for day in DAYS_OF_CHANGE for shift in (-1, 0)])
def test_every_act_an_item_may_raise_is_in_the_catalogue(day: date) -> None:
    known = {entry.code for entry in violation_types()}
    for domain in Domain:
        assert violation_codes(edition(domain, day).items) <= known


def test_an_edition_fits_into_a_record() -> None:
    for entry in editions():
        assert Document(required=True).deserialize(list(entry.items)) == list(entry.items)


def test_all_faults_come_at_once() -> None:
    broken = content()
    broken["editions"][0]["valid_to"] = "2026-02-28"
    broken["items"].append(deepcopy(broken["items"][0]))
    broken["items"][1]["basis"][0]["valid_from"] = "2022-01-01"
    with pytest.raises(DataFileError) as caught:
        editions_from(broken)
    faults = "\n".join(caught.value.faults)
    assert "two editions on one day" in faults
    assert "NH-C01: listed twice" in faults
    assert "NH-C02: no legal text on 2020-10-15" in faults
    assert "NH-C03: its legal text changes within edition 1" in faults


@pytest.mark.parametrize("name", CHECKLIST_FILES)
def test_an_unknown_mark_is_refused(name: str) -> None:
    broken = content(name)
    broken["items"][0]["basis"][0]["verified"] = "surely"
    with pytest.raises(DataFileError, match="verified"):
        editions_from(broken)


@pytest.mark.parametrize(
    ("group", "asked"),
    [
        ("n01", {"NH-C04", "NH-C05", "NH-C07"}),
        ("n02", {"NH-C04", "NH-C05", "NH-C06", "NH-C07"}),
        ("n03", {"NH-C04", "NH-C05", "NH-C06", "NH-C07", "NH-C08", "NH-C18"}),
        ("n07", {"NH-C04", "NH-C05", "NH-C07", "NH-C09"}),
        ("n09", {"NH-C04", "NH-C05", "NH-C06", "NH-C07", "NH-C19"}),
        ("n14", {"NH-C04", "NH-C10"}),
    ],
)
def test_a_label_is_asked_for_what_its_goods_group_must_show(group: str, asked: set[str]) -> None:
    items = next(each for each in editions() if (each.code, each.edition) == ("NH", 2)).items
    by_group = [
        item for item in items if item["group"] == "nội dung theo nhóm hàng" and item["id"] != "NH-N01"
    ]
    today = date(2026, 1, 23)
    seen = {
        str(item["id"])
        for item in by_group
        if not item.get("relevant") or holds(str(item["relevant"]), {"NH-N01": group}, "", today)
    }
    assert seen == asked
    assert all(holds(str(item.get("relevant") or "true()"), {}, "", today) for item in by_group)
