"""Two records of one place become one by a person's act, and two again by another."""

from __future__ import annotations

import re
from datetime import date

import pytest

from config.extensions import snapshot
from inspection.reports.periods import Period, PeriodKind
from inspection.reports.queries import summary_facts
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def visited(office: Office) -> int:
    """How many establishments the campaign's summary counts."""
    with office.world.app.app_context(), snapshot() as session:
        period = Period(PeriodKind.RANGE, date(2026, 9, 1), date(2026, 9, 30))
        facts = summary_facts(session, office.world.jurisdiction, period)
        return len({visit.establishment for visit in facts.visits})


def test_visits_follow_a_merge_and_go_back_when_it_is_undone(office: Office) -> None:
    twin = office.world.establishment("BANH DA SO KIEN", address="Tổ 3")
    office.world.edit("establishment", office.world.establishments, office.shop, "0", address="tổ 3")
    office.visit()
    office.visit(establishment=str(twin), visited_on="2026-09-21")
    manager = office.visitor("manager")
    manager.get("/establishments/alike")
    [compare] = re.findall(r'href="(/establishments/alike/[^"]+)"', manager.page)
    manager.get(compare)
    assert "tên và địa chỉ giống nhau" in manager.page
    assert visited(office) == 2
    merge = f"/establishments/{twin}/merge"
    manager.submit(merge, manager.form(merge))
    assert manager.page.count("/visits/") == 2
    assert "BANH DA SO KIEN" in manager.page
    assert visited(office) == 1
    assert "BANH DA SO KIEN" not in manager.get("/establishments").get_data(as_text=True)
    manager.get(f"/establishments/{twin}")
    separate = f"/establishments/{twin}/separate"
    manager.submit(separate, manager.form(separate))
    assert manager.page.count("/visits/") == 1
    assert visited(office) == 2


@on_sqlite
def test_two_that_somebody_told_apart_are_not_proposed_again_until_that_is_taken_back(office: Office) -> None:
    twin = office.world.establishment("Bánh đa Sở Kiện", unit=str(office.world.jurisdiction))
    office.world.edit(
        "establishment", office.world.establishments, office.shop, "0", unit=str(office.world.jurisdiction)
    )
    lead = office.visitor("lead")
    path = f"/establishments/alike/{office.shop}/{twin}"
    apart = f"/establishments/{office.shop}/distinct"
    lead.get(path)
    lead.submit(apart, lead.form(apart))
    assert "Không có cặp cơ sở nào nghi trùng." in lead.page
    lead.get(path)
    assert "hai cơ sở khác nhau" in lead.page
    lead.submit(apart, lead.form(apart))
    assert "So sánh" in lead.get("/establishments/alike").get_data(as_text=True)
    lead.submit(apart, lead.form(apart) if apart in lead.page else {"other": str(twin)})
    assert "Không có cặp cơ sở nào nghi trùng." in lead.page


@on_sqlite
def test_a_record_is_not_merged_into_one_that_counts_for_it(office: Office) -> None:
    twin = office.world.establishment("Bánh đa Sở Kiện")
    manager = office.visitor("manager")
    assert manager.submit(f"/establishments/{twin}/merge", {"other": str(office.shop)}).status_code == 200
    answer = manager.submit(f"/establishments/{office.shop}/merge", {"other": str(twin)})
    assert answer.status_code == 422
    assert manager.submit(f"/establishments/{twin}/merge", {"other": "nowhere"}).status_code == 404
