"""The manager reads the running period and follows a figure to its visits and on to the journal."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from inspection.campaigns.rules import target_id
from inspection.office.options import today
from inspection.places.reference import units
from tests.measurement.test_kinds import SCALE
from tests.office.browsing import Visitor
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LINK = re.compile(r'href="(/dashboard/[^"]+)"')


def links(page: str) -> list[str]:
    """The addresses behind the figures of a page."""
    return [address.replace("&amp;", "&") for address in LINK.findall(page)]


def dashboard_of(visitor: Visitor) -> str:
    visitor.get("/dashboard")
    return visitor.page


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent to any database meanwhile, each on one line."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_figure_leads_to_its_visits_and_they_to_the_journal(office: Office) -> None:
    visit = office.visit(visited_on=today().isoformat())
    breach = office.world.add(
        "violation", office.scope, visit=str(visit), code="ATTP-18", sanction="fine", amount=3_000_000
    )
    manager = office.visitor("manager")
    manager.get("/dashboard")
    assert "3.000.000" in manager.page
    assert "ATTP-18" in manager.page
    manager.get(next(one for one in links(manager.page) if one.startswith("/dashboard/fines_total")))
    assert "Tổng tiền phạt (đồng): 3.000.000" in manager.page
    for address in (f"/visits/{visit}", f"/violations/{breach}", f"/records/{breach}/history"):
        assert f'href="{address}"' in manager.page
        assert manager.get(address).status_code == 200
        manager.get("/dashboard/fines_total")


@on_sqlite
def test_every_figure_of_the_page_opens(office: Office) -> None:
    visit = office.visit(visited_on=today().isoformat())
    office.world.add("violation", office.scope, visit=str(visit), code="ATTP-18")
    manager = office.visitor("manager")
    manager.get("/dashboard?period=year&year=2026&map=violations")
    for address in sorted({one.partition("?")[0]: one for one in links(manager.page)}.values()):
        assert manager.get(address).status_code == 200, address


@on_sqlite
def test_samples_instruments_and_overdue_remedies_lead_to_their_visits_and_entries(office: Office) -> None:
    visit = office.visit(visited_on=today().isoformat())
    sample = office.world.add(
        "sample",
        office.scope,
        visit=str(visit),
        product="Giò lụa",
        sent_to="Viện Kiểm nghiệm",
        result="fail",
    )
    scale = office.world.add(
        "instrument_check",
        office.scope,
        visit=str(visit),
        **{**SCALE, "verified_on": "2019-01-15"},
    )
    before = office.visit(visited_on=(today() - timedelta(days=40)).isoformat())
    due = (today() - timedelta(days=9)).isoformat()
    late = office.world.add("violation", office.scope, visit=str(before), code="ATTP-18", due_on=due)
    ahead = (today() + timedelta(days=1)).isoformat()
    office.world.add("violation", office.scope, visit=str(before), code="NH-03", due_on=ahead)
    manager = office.visitor("manager")
    manager.get("/dashboard")
    assert "Quá hạn khắc phục: 1<" in manager.page, "what is due tomorrow is not overdue"
    assert f"/violations/{late}" in manager.page
    assert f"/records/{late}/history" in manager.page
    assert f'href="/visits/{before}"' in manager.page, "and to the visit it was found on"
    for figure, line, said, record in (
        ("samples_failed", "laboratory", "Mẫu không đạt: 1", sample),
        ("instruments_expired", SCALE["instrument"], "Hết hạn, không có kiểm định: 1", scale),
    ):
        found = [one for one in links(dashboard_of(manager)) if one.startswith(f"/dashboard/{figure}")]
        manager.get(next(one for one in found if f"line={line}" in one))
        assert said in manager.page
        assert f"/visits/{visit}" in manager.page
        assert f"/records/{record}/history" in manager.page
        assert manager.get(f"/records/{record}/history").status_code == 200
    assert manager.get("/dashboard/samples_pending?line=quick").status_code == 200
    assert "Mẫu chưa có kết quả: 0" in manager.page


def test_a_period_is_counted_again_only_when_something_was_entered_and_a_new_visit_shows_at_once(
    office: Office,
) -> None:
    manager = office.visitor("manager")
    with statements() as counted:
        manager.get("/dashboard")
    assert any("FROM violation" in one for one in counted)
    assert "Chưa có lượt kiểm tra nào trong kỳ này." in manager.page
    with statements() as again:
        manager.get("/dashboard")
        manager.get("/dashboard?map=violations")
    assert not any("FROM violation" in one for one in again)
    office.visit(visited_on=today().isoformat())
    manager.get("/dashboard")
    assert "Chưa có lượt kiểm tra nào trong kỳ này." not in manager.page


@on_sqlite
def test_the_map_is_drawn_where_every_commune_has_an_outline_and_tiles_stand_in_elsewhere(
    office: Office,
) -> None:
    for unit in units():
        if (unit.valid_from == date(2025, 7, 1) and unit.level != "province") or unit.code == "13453":
            office.world.add("unit", office.world.reference, unit.id, **{**unit.record(), "parent": None})
    manager = office.visitor("manager")
    manager.get("/dashboard")
    assert manager.page.count("<path d=") == 6
    assert 'aria-label="Xã Liêm Hà: 0 Lượt kiểm tra"' in manager.page
    assert "tile-map" not in manager.page
    manager.get("/dashboard?period=year&year=2022")
    assert "<path d=" not in manager.page
    assert "tile-map" in manager.page


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
    assert manager.get("/dashboard/visits?unit=nonsense&line=%00&page=-1").status_code == 200


@on_sqlite
@pytest.mark.parametrize("username", ["inspector", "auditor", "desk"])
def test_who_orders_no_summaries_sees_no_dashboard(office: Office, username: str) -> None:
    reader = office.visitor(username)
    assert "/dashboard" not in reader.page
    assert reader.get("/dashboard").status_code == 403
    assert reader.get("/dashboard/visits").status_code == 403


def campaign(office: Office, name: str, begins: date, ends: date, **fields: str) -> tuple[uuid.UUID, str]:
    """A campaign before Tết, and its scope."""
    made = uuid7()
    office.world.add(
        "campaign", f"campaign:{made}", made, jurisdiction=str(office.world.jurisdiction), name=name,
        starts_on=begins.isoformat(), ends_on=ends.isoformat(),
        **{"campaign_type": "periodic", "occasion": "tet", **fields},
    )  # fmt: skip
    return made, f"campaign:{made}"


def visited(
    office: Office, made: tuple[uuid.UUID, str], shop: uuid.UUID, day: date, lead: uuid.UUID
) -> uuid.UUID:
    return office.world.add(
        "visit", made[1], campaign=str(made[0]), establishment=str(shop), visited_on=day.isoformat(),
        lead=str(lead),
    )  # fmt: skip


@on_sqlite
def test_a_campaign_that_runs_is_shown_by_agency_beside_the_last_of_its_occasion(office: Office) -> None:
    world, day = office.world, today()
    police = world.add("agency", world.reference, code="police", name_vi="Công an huyện", name_en="Police")
    officer, guest = world.person("officer", "inspector", agency=police), world.person("guest", "inspector")
    shops = [world.establishment(f"Quán {number}") for number in range(3)]
    last_year = campaign(office, "Tết năm ngoái", day - timedelta(days=365), day - timedelta(days=355))
    for after in (0, 1, 8):
        visited(office, last_year, shops[0], day - timedelta(days=365 - after), officer)
    now = campaign(office, "Tết năm nay", day - timedelta(days=2), day + timedelta(days=4))
    for shop in shops:
        world.add("target", now[1], target_id(now[0], shop), campaign=str(now[0]), establishment=str(shop))
    first = visited(office, now, shops[0], day, officer)
    visited(office, now, shops[1], day, guest)
    world.add("violation", now[1], visit=str(first), code="ATTP-18")
    manager = office.visitor("manager")
    page = dashboard_of(manager)
    section = page[page.index('id="campaigns"') : page.index('id="map"') if 'id="map"' in page else None]
    assert f'href="/campaigns/{now[0]}"' in section
    assert f'href="/campaigns/{now[0]}/targets"' in section
    assert "còn 4 ngày" in section
    assert "2/3 cơ sở" in section
    assert f"/campaigns/{last_year[0]}" not in section
    for said, count, visits in (
        (f"period=campaign&id={now[0]}", 2, [first]),
        (f"period=campaign&id={now[0]}&agency={police}", 1, [first]),
        (f"period=campaign&id={now[0]}&agency=unknown", 1, []),
        (f"period=campaign&id={last_year[0]}&until={day - timedelta(days=363)}", 2, []),
        (f"period=campaign&id={last_year[0]}", 3, []),
    ):
        address = f"/dashboard/visits?{said}"
        assert address in links(section), address
        manager.get(address)
        assert f"<h1>Lượt kiểm tra: {count}</h1>" in manager.page, address
        assert all(f"/visits/{visit}" in manager.page for visit in visits)
    manager.get(f"/dashboard?period=campaign&id={now[0]}")
    assert "So với đợt cùng dịp lần trước" in manager.page
    assert f"/dashboard/visits?period=campaign&id={last_year[0]}" in links(manager.page)
    assert manager.get(f"/dashboard/visits?period=campaign&id={now[0]}&until=nonsense").status_code == 404


@on_sqlite
def test_a_day_without_campaigns_says_so(office: Office) -> None:
    assert "Hôm nay không có đợt kiểm tra nào đang diễn ra." in dashboard_of(office.visitor("manager"))
    begins = today()
    made, _ = campaign(office, "Đột xuất", begins, begins, campaign_type="unannounced")
    page = dashboard_of(office.visitor("manager"))
    assert f'href="/campaigns/{made}"' in page
    assert "hôm nay là ngày cuối" in page
    assert "Chưa có đợt cùng dịp lần trước để so." in page
