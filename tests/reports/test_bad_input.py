"""What is asked for too early, or of which there is nothing, is said and not invented."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta

import docx
import pytest

from config.extensions import db
from inspection.reports import narrative, queries
from inspection.reports.figures import violation_summary
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import Format
from inspection.reports.periods import Period, PeriodKind, WrongPeriodError, begun, legal
from tests.office.browsing import Visitor
from tests.reports.conftest import District
from tests.reports.samples import FACTS, QUARTER

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def campaign(district: District, name: str, starts_on: str, ends_on: str, **fields: str) -> uuid.UUID:
    made = uuid.uuid4()
    return district.world.add(
        "campaign",
        f"campaign:{made}",
        made,
        jurisdiction=str(district.world.jurisdiction),
        name=name,
        campaign_type="periodic",
        starts_on=starts_on,
        ends_on=ends_on,
        **fields,
    )


def of(district: District, found: uuid.UUID) -> Period:
    with district.app.app_context():
        named = queries.campaign_days(db.session(), district.world.jurisdiction, found)
    assert named is not None
    return Period(PeriodKind.CAMPAIGN, named[1], named[2], campaign=found, name=named[0])


@pytest.mark.parametrize(("today", "refused"), [(date(2022, 6, 14), True), (date(2022, 6, 15), False)])
def test_a_period_may_be_reported_from_its_first_day_on(today: date, refused: bool) -> None:
    if refused:
        with pytest.raises(WrongPeriodError) as wrong:
            begun(QUARTER, today)
        assert "chưa bắt đầu (từ ngày 15/6/2022)" in wrong.value.vi
    else:
        assert begun(QUARTER, today) is QUARTER


@on_sqlite
def test_a_period_that_lies_ahead_is_refused_where_it_is_asked_for(district: District) -> None:
    district.world.person("manager", "manager")
    ahead = legal(PeriodKind.YEAR, datetime.now(VIETNAM).year + 2)
    asked = {"kind": "violation_summary", "period": "year", "year": str(ahead.year), "formats": "pdf"}
    manager = Visitor(district.app)
    manager.sign_in("manager")
    assert manager.submit("/reports/new", asked).status_code == 422
    assert "Kỳ này chưa bắt đầu" in manager.page
    next_tet = campaign(district, "Tết sang năm", *(f"{ahead.year}-01-{day}" for day in (10, 31)))
    asked |= {"period": "campaign", "campaign": str(next_tet)}
    assert manager.submit("/reports/new", asked).status_code == 422
    assert "Kỳ này chưa bắt đầu" in manager.page
    phone = district.world.phone("manager")
    answer = district.app.test_client().post(
        "/api/reports",
        json={"kind": "violation_summary", "period": {"kind": "year", "year": ahead.year}},
        headers={"Authorization": f"Bearer {phone.token}"},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "unknown_period")


@pytest.mark.parametrize(
    ("days", "said"), [(0, ["Kỳ báo cáo chưa kết thúc; số liệu tính đến ngày 14/9/2022."]), (1, [])]
)
def test_a_period_that_is_not_over_says_so(days: int, said: list[str]) -> None:
    figures = violation_summary(FACTS, QUARTER)
    assert narrative.unfinished(figures, QUARTER.last + timedelta(days=days)) == said


@on_sqlite
def test_a_campaign_without_visits_is_a_report_that_says_so(district: District) -> None:
    empty = campaign(district, "Kiểm tra Tết 2022", "2022-01-10", "2022-02-15")
    report = district.order(period=of(district, empty), formats=[Format.DOCX])
    district.compile(report)
    kept = district.report(report)
    assert kept.status == "done"
    assert kept.figures is not None
    assert (kept.figures["totals"]["visits"], kept.figures["campaign_results"]) == (0, [])
    text = "\n".join(
        one.text for one in docx.Document(io.BytesIO(district.content(report, "docx"))).paragraphs
    )
    assert "Trong đợt kiểm tra, đoàn kiểm tra liên ngành" in text
    assert "không tiến hành lượt kiểm tra nào" in text


@on_sqlite
def test_this_tet_is_set_beside_last_tet_and_no_other_campaign(district: District) -> None:
    shop = district.world.establishment("Bún Bảy")
    tet = {"occasion": "tet"}
    before_last = campaign(district, "Tết 2020", "2020-01-05", "2020-02-05", **tet)
    last = campaign(district, "Tết 2021", "2021-01-20", "2021-02-20", **tet)
    autumn = campaign(district, "Trung thu 2021", "2021-09-01", "2021-09-21", occasion="mid_autumn")
    this = campaign(district, "Tết 2022", "2022-01-10", "2022-02-10", **tet)
    for made, day in (
        (before_last, "2020-01-06"),
        (last, "2021-01-21"),
        (autumn, "2021-09-02"),
        (this, "2022-01-11"),
    ):
        district.visit(shop, day, made)
    district.visit(shop, "2021-01-22", last)
    report = district.order(period=of(district, this), formats=[Format.XLSX])
    district.compile(report)
    figures = district.report(report).figures
    assert figures is not None
    assert [(row["key"], row["name_vi"], row["visits"]) for row in figures["comparison"]] == [
        ("now", "đợt “Tết 2022”", 1),
        ("last_campaign", "đợt “Tết 2021”", 2),
    ]
    other = district.order(period=of(district, before_last), formats=[Format.XLSX])
    district.compile(other)
    first = district.report(other).figures
    assert first is not None
    assert first["comparison"] == [], "the first of its occasion has nothing before it"
