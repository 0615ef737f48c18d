"""What the office sees of a measurement: the verdict computed from the readings, and why it is indicative."""

from __future__ import annotations

from tests.measurement.test_kinds import PACKAGES, SCALE
from tests.office.conftest import Office


def test_the_office_reads_the_servers_verdict_and_that_the_phone_said_otherwise(office: Office) -> None:
    visit = office.visit()
    package = office.world.add("package_check", office.scope, visit=str(visit), **PACKAGES, verdict="pass")
    office.world.add("instrument_check", office.scope, visit=str(visit), **SCALE, verdict="fail")
    sample = office.world.add("sample", office.scope, visit=str(visit), product="Giò lụa")
    lead = office.visitor("lead")
    page = lead.get(f"/visits/{visit}").get_data(as_text=True)
    assert "Điện thoại kết luận khác: Đạt." in page
    assert "Chỉ có giá trị sàng lọc" in page
    assert "469,9" in page
    assert "Hết hạn" in page
    assert "lệch 101 g, cho phép 100 g" in page
    assert "Chưa có kết quả" in page
    history = lead.get(f"/records/{package}/history").get_data(as_text=True)
    assert "500; 503,5; 469,9" in history
    given = {"result": "fail", "result_on": "2024-09-25", "indicator": "Hàn the", "found_value": "12 mg/kg"}
    lead.get(f"/records/{sample}/edit")
    lead.submit(f"/records/{sample}/edit", {"product": "Giò lụa", **lead.hidden(), **given})
    assert "Hàn the: Kết quả thử 12 mg/kg" in lead.page
    office.visitor("manager").get(f"/visits/{visit}?language=en")


def test_readings_that_contradict_each_other_are_said_and_not_judged(office: Office) -> None:
    visit = office.visit(visited_on="2014-01-01")
    office.world.add("package_check", office.scope, visit=str(visit), **PACKAGES)
    office.world.add("instrument_check", office.scope, visit=str(visit), **SCALE)
    page = office.visitor("lead").get(f"/visits/{visit}").get_data(as_text=True)
    assert "Ngày kiểm tra trước khi TT 21/2014 có hiệu lực." in page
    assert "Ngày kiểm định sau ngày kiểm tra." in page
    assert "Số đo không dùng được" in page
