"""The page of an establishment tells its whole history, and what failed is never called passed."""

from __future__ import annotations

from typing import Any

import pytest

from config.extensions import db
from inspection.campaigns.models import Campaign
from inspection.office.reads.campaigns import counts_of
from tests.measurement.test_kinds import PACKAGES
from tests.office.conftest import Office

EXPIRED: dict[str, Any] = {
    "instrument": "spring_scale",
    "serial": "1234",
    "evidence": "sticker",
    "verified_on": "2020-01-01",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_establishment_without_history_says_so_in_every_part(office: Office) -> None:
    page = office.visitor("manager").get(f"/establishments/{office.shop}").get_data(as_text=True)
    for words in ("Chưa có lượt kiểm tra", "Chưa ghi nhận vi phạm", "Không có đơn nào", "Chưa kiểm tra phương tiện",
                  "Chưa lấy mẫu nào"):  # fmt: skip
        assert words in page


def test_the_history_of_an_establishment_is_told_whole(office: Office) -> None:
    world = office.world
    visit = office.visit(finished_at="2026-09-20T10:00:00+07:00")
    world.add("violation", office.scope, visit=str(visit), code="NH-03", due_on="2026-09-21")
    world.add("instrument_check", office.scope, visit=str(visit), **EXPIRED)
    world.add("sample", office.scope, visit=str(visit), product="Giò lụa")
    manager = office.visitor("manager")
    edit = f"/records/{office.shop}/edit"
    manager.get(edit)
    form = {"name": "Bánh đa Sở Kiện", "establishment_type": "catering", "risk": "high"}
    manager.submit(edit, {**manager.hidden(), **form})
    page = manager.get(f"/establishments/{office.shop}").get_data(as_text=True)
    for words in ("NH-03", "Quá hạn khắc phục", "1234", "Giò lụa", "chưa có kết quả", "Đo, mẫu không đạt"):
        assert words in page
    assert "<del>Sơ chế, chế biến, kinh doanh</del>" in page
    assert "<ins>Dịch vụ ăn uống</ins>" in page
    office.visitor("manager").get(f"/establishments/{office.shop}?language=en")


def test_a_visit_on_which_a_measurement_failed_has_not_passed(office: Office) -> None:
    world = office.world
    failed = office.visit(finished_at="2026-09-20T10:00:00+07:00")
    world.add("instrument_check", office.scope, visit=str(failed), **EXPIRED)
    screened_shop = world.establishment("Chả cá")
    screened = office.visit(establishment=str(screened_shop), finished_at="2026-09-20T11:00:00+07:00")
    world.add("package_check", office.scope, visit=str(screened), **PACKAGES)
    lead = office.visitor("lead")
    page = lead.get(f"/visits/{failed}").get_data(as_text=True)
    assert "Đo, mẫu không đạt" in page
    assert ">Đạt</span>" not in page.split("</h1>")[1].split("</div>")[0]
    page = lead.get(f"/visits/{screened}").get_data(as_text=True)
    assert "Sàng lọc không đạt" in page.split("</h1>")[1].split("</div>")[0]
    page = lead.get(f"/campaigns/{office.campaign}").get_data(as_text=True)
    assert "Đo, mẫu không đạt" in page
    assert "Sàng lọc không đạt" in page
    with world.app.app_context():
        session = db.session()
        counts = counts_of(session, [session.get_one(Campaign, office.campaign)])[office.campaign]
        assert (counts.visited, counts.breached, counts.passed) == (2, 1, 1)
