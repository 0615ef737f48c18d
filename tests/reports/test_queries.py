"""From the projections to facts, on both databases."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select

from config.extensions import snapshot
from inspection.journal import store
from inspection.journal.models import Record
from inspection.people.models import Account
from inspection.reports import queries
from inspection.reports.figures import violation_summary
from inspection.reports.periods import Period, PeriodKind, legal
from inspection.reports.register import RegisterFigures, register
from inspection.reports.shapes import Figures
from tests.reports.conftest import QUARTER, District


def summary(district: District, period: Period = QUARTER) -> Figures:
    with district.app.app_context(), snapshot() as session:
        return violation_summary(queries.summary_facts(session, district.world.jurisdiction, period), period)


def book(district: District, period: Period = QUARTER) -> RegisterFigures:
    with district.app.app_context(), snapshot() as session:
        lines = queries.complaints(session, (district.world.jurisdiction,), period)
        return register(lines, period, queries.jurisdiction_of(session, district.world.jurisdiction))


def test_what_was_pushed_is_what_is_counted(busy: District) -> None:
    figures = summary(busy)
    totals = figures["totals"]
    assert (totals["visits"], totals["establishments"], totals["visits_with_violation"]) == (3, 2, 1)
    assert figures["penalties"]["fines_total"] == 3_000_000
    assert figures["jurisdiction"]["code"] == "351"
    assert [row["name"] for row in figures["by_campaign"]] == ["Tết Trung thu năm 2022"]


def test_voided_records_are_not_counted(busy: District) -> None:
    shop = busy.world.establishment("Quán Chín")
    visit = busy.visit(shop, "2022-07-01")
    busy.violation(visit)
    before = summary(busy)["totals"]["visits"]
    busy.world.edit(
        "visit", f"campaign:{busy.campaign}", visit, _base(busy, visit), voided={"reason": "nhập nhầm"}
    )
    totals = summary(busy)["totals"]
    assert (before, totals["visits"], totals["violations"]) == (4, 3, 2)


def test_another_jurisdictions_campaign_is_not_counted(busy: District) -> None:
    foreign = busy.new_campaign("Huyện khác", uuid.uuid4())
    busy.visit(busy.world.establishment("Ở huyện khác"), "2022-07-01", foreign)
    assert summary(busy)["totals"]["visits"] == 3


def test_a_campaigns_report_takes_that_campaigns_visits(busy: District) -> None:
    other = busy.new_campaign("Đột xuất")
    busy.visit(busy.world.establishment("Quán Mười"), "2022-07-01", other)
    with busy.app.app_context(), snapshot() as session:
        days = queries.campaign_days(session, busy.world.jurisdiction, other)
        assert days == ("Đột xuất", date(2022, 6, 15), date(2022, 9, 14))
        assert queries.campaign_days(session, uuid.uuid4(), other) is None
    period = Period(
        PeriodKind.CAMPAIGN, date(2022, 6, 15), date(2022, 9, 14), campaign=other, name="Đột xuất"
    )
    assert summary(busy, period)["totals"]["visits"] == 1


def test_the_quarter_before_says_in_the_comparison_what_its_own_summary_says(busy: District) -> None:
    """A place recorded twice is one there too, and what was voided or was no fine does not count."""
    before = legal(PeriodKind.QUARTER, 2022, 2)
    shop = busy.world.establishment("Hai lần")
    repeat = busy.world.establishment("Hai lần", merged_into=str(shop))
    for place in (shop, repeat):
        visit = busy.visit(place, "2022-04-02")
        busy.violation(visit, sanction="fine", amount=2_000_000)
        busy.violation(visit, sanction="warning")
    busy.visit(busy.world.establishment("Không có gì"), "2022-04-03")
    wrong = busy.violation(visit, sanction="fine", amount=9_000_000)
    busy.world.edit(
        "violation", f"campaign:{busy.campaign}", wrong, _base(busy, wrong), voided={"reason": "nhập nhầm"}
    )
    line = next(row for row in summary(busy)["comparison"] if row["key"] == "previous")
    own = summary(busy, before)
    assert (line["first"], line["last"]) == (before.first.isoformat(), before.last.isoformat())
    assert (line["establishments"], line["in_breach"], line["passed"]) == (2, 1, 1)
    assert (line["visits"], line["violations"], line["fines"], line["fines_total"]) == (3, 4, 2, 4_000_000)
    assert {**line, "key": "now"} == own["comparison"][0]


def test_an_open_conflict_is_named_with_its_establishment(busy: District) -> None:
    world = busy.world
    world.person("an", "inspector")
    world.person("binh", "inspector")
    campaign = world.campaign()
    shop = world.establishment("Nơi tranh cãi")
    visit = busy.visit(shop, "2022-07-01", campaign)
    violation = world.add("violation", f"campaign:{campaign}", visit=str(visit), code="ATTP-18")
    base, found = _base(busy, visit), _base(busy, violation)
    for username, note in (("an", "một"), ("binh", "hai")):
        phone = world.phone(username)
        person = _person(busy, username)
        world.add(
            "assignment", f"campaign:{campaign}", campaign=str(campaign), person=str(person), duty="member"
        )
        phone.push(
            phone.operation("visit", f"campaign:{campaign}", visit, base=base, note=note),
            phone.operation("violation", f"campaign:{campaign}", violation, base=found, severity=note),
        )
    conflicts = summary(busy)["open_conflicts"]
    assert (conflicts["count"], conflicts["visits"]) == (2, 1)
    assert [(one["field"], one["establishment"]) for one in conflicts["named"]] == [
        ("severity", "Nơi tranh cãi"),
        ("note", "Nơi tranh cãi"),
    ]


def test_the_agencies_of_the_team_take_part(busy: District) -> None:
    agency = busy.world.add(
        "agency", busy.world.reference, code="police", name_vi="Công an", name_en="Police"
    )
    person = busy.world.person("an", "inspector", agency=agency)
    busy.world.add(
        "assignment",
        f"campaign:{busy.campaign}",
        campaign=str(busy.campaign),
        person=str(person),
        agency=str(agency),
        duty="member",
    )
    assert [(row["name"], row["visits"]) for row in summary(busy)["by_agency"]] == [("Công an", 3)]


def test_checklists_tell_the_domains_of_a_visit(busy: District) -> None:
    checklist = busy.world.add(
        "checklist",
        busy.world.reference,
        code="ATTP",
        domain="food_safety",
        edition=1,
        title_vi="An toàn thực phẩm",
        title_en="Food safety",
        valid_from="2020-01-01",
        items=[],
    )
    busy.visit(busy.world.establishment("Quán Chín"), "2022-07-01", checklists=[str(checklist)])
    rows = {row["key"]: row["visits"] for row in summary(busy)["by_domain"]}
    assert rows["food_safety"] == 1


def test_the_register_is_read_without_any_identity(district: District) -> None:
    district.complaint("2022-07-01", petition_kind="denunciation", summary="Bán hàng hết hạn")
    district.complaint("2022-09-15")
    figures = book(district)
    assert figures["totals"]["received"] == 1
    assert figures["rows"][0]["petitioner"] == "Giữ bí mật"
    assert figures["rows"][0]["number"] == "01/2022"


def test_a_petition_handed_on_ends_on_the_day_that_was_entered(district: District) -> None:
    """The document is of October, after the quarter: within it the petition was still in hand."""
    petition = district.complaint("2022-07-01", petition_kind="recommendation")
    scope, closing = f"complaint:{petition}", {"receiver": "Sở Y tế", "closing_number": "1/PC"}
    moved = {"status": "transferred", "ended_on": "2022-10-03", **closing}
    district.world.edit("complaint", scope, petition, _base(district, petition), **moved)
    assert book(district)["totals"]["in_hand"] == 1
    settled = district.complaint("2022-07-01", petition_kind="recommendation")
    moved["ended_on"] = "2022-09-14"
    district.world.edit("complaint", f"complaint:{settled}", settled, _base(district, settled), **moved)
    assert (book(district)["totals"]["in_hand"], book(district)["totals"]["finished"]) == (1, 1)


def test_what_ended_before_the_period_is_not_read_at_all(busy: District) -> None:
    """Neither a petition closed in June nor a remedy seen done then costs a summary of later years anything."""
    world, closed = busy.world, {"status": "transferred", "receiver": "Sở Y tế", "closing_number": "1/PC"}
    for day in ("2022-06-14", "2022-06-15"):
        petition = busy.complaint("2022-05-01", petition_kind="recommendation")
        world.edit(
            "complaint", f"complaint:{petition}", petition, _base(busy, petition), ended_on=day, **closed
        )
    visit = busy.visit(world.establishment("Quán Chín"), "2022-05-01")
    for day in ("2022-09-14", "2022-09-15"):
        busy.violation(visit, due_on="2022-06-01", remedied_on=day)
    with busy.app.app_context(), snapshot() as session:
        facts = queries.summary_facts(session, world.jurisdiction, QUARTER)
    assert [str(one.ended_on) for one in facts.complaints] == ["2022-06-15"]
    assert [str(one.remedied_on) for one in facts.remedies] == ["2022-09-15"]


def _base(district: District, record: uuid.UUID) -> str:
    with district.app.app_context(), snapshot() as session:
        return store.generations(session).version(session.get_one(Record, record).seq)


def _person(district: District, username: str) -> uuid.UUID:
    with district.app.app_context(), snapshot() as session:
        return session.scalars(select(Account.id).where(Account.username == username)).one()
