"""The manager reads the running period and follows a figure to its visits and on to the journal."""

from __future__ import annotations

import re

import pytest

from inspection.office.options import today
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LINK = re.compile(r'href="(/dashboard/[^"]+)"')


def links(page: str) -> list[str]:
    """The addresses behind the figures of a page."""
    return [address.replace("&amp;", "&") for address in LINK.findall(page)]


def test_a_figure_leads_to_its_visits_and_they_to_the_journal(office: Office) -> None:
    visit = office.visit(visited_on=today().isoformat())
    office.world.add(
        "violation", office.scope, visit=str(visit), code="ATTP-18", sanction="fine", amount=3_000_000
    )
    manager = office.visitor("manager")
    manager.get("/dashboard")
    assert "3.000.000" in manager.page
    assert "ATTP-18" in manager.page
    manager.get(next(one for one in links(manager.page) if one.startswith("/dashboard/fines_total")))
    assert "Tổng tiền phạt (đồng): 3.000.000" in manager.page
    assert f"/visits/{visit}" in manager.page
    assert manager.get(f"/records/{visit}/history").status_code == 200


@on_sqlite
def test_every_figure_of_the_page_opens(office: Office) -> None:
    visit = office.visit(visited_on=today().isoformat())
    office.world.add("violation", office.scope, visit=str(visit), code="ATTP-18")
    manager = office.visitor("manager")
    manager.get("/dashboard?period=year&year=2026&map=violations")
    for address in sorted({one.partition("?")[0]: one for one in links(manager.page)}.values()):
        assert manager.get(address).status_code == 200, address


@on_sqlite
def test_a_period_without_visits_says_so_and_still_shows_the_trend(office: Office) -> None:
    manager = office.visitor("manager")
    assert manager.get("/dashboard").status_code == 200
    assert "Chưa có lượt kiểm tra nào trong kỳ này." in manager.page
    assert manager.page.count('class="column dark"') == 12
    manager.get("/dashboard/fines")
    assert "Không có lượt kiểm tra nào ứng với số này trong kỳ." in manager.page


@on_sqlite
@pytest.mark.parametrize(
    "address",
    [
        "/dashboard/nonsense",
        "/dashboard?period=nonsense",
        "/dashboard?period=month&year=2026&number=13",
        "/dashboard?period=month&year=99999999999&number=1",
        "/dashboard?period=campaign",
        "/dashboard?period=range",
    ],
)
def test_an_address_that_names_no_figure_or_period_is_not_found(office: Office, address: str) -> None:
    assert office.visitor("manager").get(address).status_code == 404


@on_sqlite
def test_rubbish_in_the_address_is_an_empty_list_and_no_failure(office: Office) -> None:
    manager = office.visitor("manager")
    assert manager.get("/dashboard?map=nonsense").status_code == 200
    assert manager.get("/dashboard/visits?unit=nonsense&code=%00&page=-1").status_code == 200


@on_sqlite
@pytest.mark.parametrize("username", ["inspector", "auditor", "desk"])
def test_who_orders_no_summaries_sees_no_dashboard(office: Office, username: str) -> None:
    reader = office.visitor(username)
    assert "/dashboard" not in reader.page
    assert reader.get("/dashboard").status_code == 403
    assert reader.get("/dashboard/visits").status_code == 403
