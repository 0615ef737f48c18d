"""From the page of a summary one gets to the visits behind each of its figures, and from there to the journal."""

from __future__ import annotations

import re

import pytest

from inspection.reports.models import Format
from tests.office.browsing import Visitor
from tests.reports.conftest import District
from tests.reports.test_changing import looked_at

FIGURE = re.compile(r'href="(/dashboard/[^"]+report=[^"]+)"')
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def manager_of(district: District) -> Visitor:
    district.world.person("drill", "manager")
    visitor = Visitor(district.app)
    visitor.sign_in("drill")
    return visitor


@on_sqlite
def test_every_figure_of_a_summarys_page_leads_to_its_visits_and_they_to_the_journal(busy: District) -> None:
    made = busy.order(formats=[Format.XLSX])
    busy.compile(made)
    manager = manager_of(busy)
    manager.get(f"/reports/{made}")
    totals = (busy.report(made).figures or {})["totals"]
    figures = {
        found.partition("?")[0].rpartition("/")[2]: found.replace("&amp;", "&")
        for found in FIGURE.findall(manager.page)
    }
    assert set(figures) == set(totals) - {"establishments_registered"}
    assert 'href="/establishments"' in manager.page, "most of them were never visited"
    assert 'href="/dashboard?period=quarter&amp;year=2022&amp;number=3"' in manager.page
    for figure, address in figures.items():
        manager.get(address)
        assert f"cũng ghi {totals[figure]}." in manager.page, figure
        assert f'href="/reports/{made}"' in manager.page, "and back to the report"
        for entry in re.findall(r'href="(/records/[^"]+/history)"', manager.page):
            assert manager.get(entry).status_code == 200
    late = busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    manager.get(figures["visits"])
    assert f"ghi {totals['visits']}; nay là {totals['visits'] + 1}" in manager.page
    due = looked_at(busy, made).due or []
    assert ["Tổng số: số lượt", 3, 4, ["Đến sau, 01/7/2022"], [str(late)]] in due
    manager.get(f"/reports/{made}")
    assert f'href="/visits/{late}"' in manager.page, "what moved a figure is opened from it"


@on_sqlite
def test_a_figure_of_a_campaign_or_of_a_range_leads_to_its_visits_too(busy: District) -> None:
    manager = manager_of(busy)
    for period, count in ((f"campaign&id={busy.campaign}", 4), ("range&from=2022-08-01&to=2022-09-14", 2)):
        manager.get(f"/dashboard/visits?period={period}")
        assert f"<h1>Lượt kiểm tra: {count}</h1>" in manager.page
        assert manager.get(f"/dashboard?period={period}").status_code == 200
    assert manager.get("/dashboard/visits?report=nonsense").status_code == 404
