"""A checklist goes out to Excel, is changed, comes back and reaches a phone, and no open visit loses its own."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from config.extensions import db
from inspection.checklists.catalogue import violation_types
from inspection.checklists.reference import editions
from inspection.checklists.rules import violation_codes
from inspection.office.options import today
from inspection.visits.models import Visit
from inspection.visits.queries import checklists_of
from tests.office.browsing import Visitor
from tests.world import World

LABELS = [each for each in editions() if each.code == "NH"]


class District:
    """A district with the checklist of labels, its administrator in a browser and an inspector with a phone."""

    def __init__(self, app: Flask) -> None:
        self.world = World(app)
        self.world.person("quan", "administrator")
        self.world.person("minh", "manager")
        inspector = self.world.person("thanh", "inspector")
        self.campaign = self.world.campaign(inspector)
        self.shop = self.world.establishment()
        self.phone = self.world.phone("thanh")
        self.first, self.second = (
            self.world.add("checklist", self.world.reference, None, **each.record()) for each in LABELS
        )
        for act in violation_types():
            if act.code in violation_codes(LABELS[-1].items):
                self.world.add("violation_type", self.world.reference, None, **act.record())
        self.office = Visitor(app)
        self.office.sign_in("quan")

    def visit(self, day: str, **fields: Any) -> dict[str, Any]:
        made = self.phone.visit(self.campaign, self.shop, visited_on=day, **fields)
        assert self.phone.push(made)[0]["status"] == "applied"
        return made

    def used_by(self, visit: dict[str, Any]) -> list[uuid.UUID]:
        with self.world.app.app_context():
            session = db.session()
            return [
                each.id for each in checklists_of(session, session.get_one(Visit, uuid.UUID(visit["record"])))
            ]

    def workbook(self) -> bytes:
        """The edition in force, taken out and changed: one question renamed in words, one added."""
        answer = self.office.get(f"/checklists/{self.second}/workbook.xlsx")
        book = load_workbook(io.BytesIO(answer.data))
        survey = book["survey"]
        survey["C3"] = "Tên hàng hóa ghi rõ ràng"
        at = survey.max_row + 1
        survey.cell(at, 1, "date")
        survey.cell(at, 2, "NH-C99")
        survey.cell(at, 3, "Ngày sản xuất ghi trên nhãn")
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def draft(self) -> str:
        """Send the changed workbook; the address of its preview."""
        sent = {"workbook": (io.BytesIO(self.workbook()), "nhãn.xlsx")}
        answer = self.office.submit(f"/checklists/{self.second}/drafts", sent)
        assert answer.status_code == 200, self.office.page
        return str(answer.request.path)


@pytest.fixture
def district(app: Flask) -> District:
    return District(app)


def test_visits_of_22_and_23_january_2026_cite_different_decrees(district: District) -> None:
    before, after = district.visit("2026-01-22"), district.visit("2026-01-23")
    assert district.used_by(before) == [district.first]
    assert district.used_by(after) == [district.second]
    for visit, decree in ((before, "NĐ 43/2017"), (after, "NĐ 37/2026")):
        pulled = district.phone.pull_all()
        used = pulled[str(district.used_by(visit)[0])]
        assert decree in used["fields"]["items"][0]["legal_basis"]


def test_a_changed_checklist_reaches_phones_and_an_open_visit_keeps_its_own(district: District) -> None:
    open_visit = district.visit(today().isoformat(), checklists=[str(district.second)])
    preview = district.draft()
    page = district.office.page
    assert "Tên hàng hóa ghi rõ ràng" in page
    assert "NH-C99" in page
    assert "Ngày sản xuất ghi trên nhãn" in page
    tomorrow = today() + timedelta(days=1)
    district.office.submit(f"{preview}/publish", {"valid_from": tomorrow.isoformat()})
    lists = {key: each for key, each in district.phone.pull_all().items() if each["kind"] == "checklist"}
    assert len(lists) == 3
    assert lists[str(district.second)]["fields"]["valid_to"] == today().isoformat()
    (third,) = (uuid.UUID(key) for key, each in lists.items() if each["fields"]["edition"] == 3)
    assert lists[str(third)]["fields"]["items"][-1]["id"] == "NH-C99"
    assert district.used_by(open_visit) == [district.second]
    assert district.used_by(district.visit(tomorrow.isoformat())) == [third]


def test_an_edition_is_withdrawn_before_its_day_and_the_one_before_goes_on(district: District) -> None:
    preview = district.draft()
    day = {"valid_from": (today() + timedelta(days=30)).isoformat()}
    district.office.submit(f"{preview}/publish", day)
    district.office.submit(f"{preview}/withdraw", {"reason": "Còn thiếu câu hỏi"})
    pulled = district.phone.pull_all()
    assert pulled[str(district.second)]["fields"]["valid_to"] is None
    assert [each["voided"] is not None for each in pulled.values() if each["fields"].get("edition") == 3] == [
        True
    ]
    again = district.draft()
    district.office.submit(f"{again}/publish", day)
    assert {each["fields"].get("edition") for each in district.phone.pull_all().values()} >= {3, 4}


def test_a_day_that_has_begun_an_overlap_and_a_second_publication_are_refused(district: District) -> None:
    first, second = district.draft(), district.draft()
    refused = district.office.submit(f"{first}/publish", {"valid_from": today().isoformat()})
    assert refused.status_code == 422
    day = {"valid_from": (today() + timedelta(days=9)).isoformat()}
    district.office.submit(f"{first}/publish", day)
    for later in (5, 9, 20):
        given = {"valid_from": (today() + timedelta(days=later)).isoformat()}
        assert district.office.submit(f"{second}/publish", given).status_code == 409
    assert len([one for one in district.phone.pull_all().values() if one["kind"] == "checklist"]) == 3


def test_a_new_checklist_comes_by_workbook_and_may_be_withdrawn(district: District) -> None:
    book = load_workbook(io.BytesIO(district.office.get(f"/checklists/{district.second}/workbook.xlsx").data))
    book["settings"]["C2"], book["settings"]["A2"] = "NH-TET", "Nhãn hàng Tết"
    book["settings"]["G2"] = "processing_trade"
    stream = io.BytesIO()
    book.save(stream)
    district.office.get("/checklists")
    sent = {"workbook": (io.BytesIO(stream.getvalue()), "tết.xlsx")}
    preview = district.office.submit("/checklists/drafts", sent).request.path
    assert "NH-TET" in district.office.page
    tomorrow = (today() + timedelta(days=1)).isoformat()
    district.office.submit(f"{preview}/publish", {"valid_from": tomorrow})
    visit = district.visit(tomorrow)
    assert len(district.used_by(visit)) == 2
    kitchen = district.world.establishment(establishment_type="catering")
    other = district.phone.visit(district.campaign, kitchen, visited_on=tomorrow)
    assert district.phone.push(other)[0]["status"] == "applied"
    assert len(district.used_by(other)) == 1
    (made,) = (each for each in district.phone.pull_all().values() if each["fields"].get("code") == "NH-TET")
    assert made["fields"]["edition"] == 1
    district.office.submit(f"{preview}/withdraw", {"reason": "Chưa thống nhất"})
    assert len(district.used_by(visit)) == 1
    stream.seek(0)
    again = district.office.submit(f"/checklists/{made['record']}/drafts", {"workbook": (stream, "tết.xlsx")})
    district.office.submit(f"{again.request.path}/publish", {"valid_from": tomorrow})
    assert len(district.used_by(visit)) == 2


def test_a_changed_catalogue_reaches_phones_and_a_violation_keeps_the_version_of_its_day(
    district: District,
) -> None:
    visit = district.visit(today().isoformat())
    acts = {
        each["fields"]["code"]: each
        for each in district.phone.pull_all().values()
        if each["kind"] == "violation_type"
    }
    code = next(code for code, each in sorted(acts.items()) if each["fields"]["fine_maximum"])
    found = district.phone.operation(
        "violation", visit["scope"], visit=visit["record"], code=code, violation_type=acts[code]["record"]
    )
    assert district.phone.push(found)[0]["status"] == "applied"
    district.office.get("/violation-types")
    book = load_workbook(io.BytesIO(district.office.get("/violation-types/workbook.xlsx").data))
    row = next(row for row in book["acts"].iter_rows(min_row=2) if row[0].value == code)
    row[7].value, row[8].value = 99_000_000, "none"
    stream = io.BytesIO()
    book.save(stream)
    sent = {"workbook": (io.BytesIO(stream.getvalue()), "danh mục.xlsx")}
    preview = district.office.submit("/violation-types/drafts", sent).request.path
    assert "99000000" in district.office.page
    tomorrow = (today() + timedelta(days=1)).isoformat()
    district.office.submit(f"{preview}/publish", {"valid_from": tomorrow})
    changed = [
        each
        for each in district.phone.pull_all().values()
        if each["kind"] == "violation_type" and each["fields"]["code"] == code
    ]
    assert {each["fields"]["valid_to"] for each in changed} == {today().isoformat(), None}
    manager = Visitor(district.world.app)
    manager.sign_in("minh")
    manager.get(f"/violations/{found['record']}")
    assert "99.000.000" not in manager.page
    district.office.submit(f"{preview}/withdraw", {"reason": "Nhầm mức phạt"})
    back = district.phone.pull_all()[acts[code]["record"]]
    assert back["fields"]["valid_to"] == acts[code]["fields"]["valid_to"]


def test_a_faulty_catalogue_is_refused_on_the_page_and_changes_nothing(district: District) -> None:
    district.office.get("/violation-types")
    sent = {"workbook": (io.BytesIO(district.workbook()), "nhãn.xlsx")}
    assert district.office.submit("/violation-types/drafts", sent).status_code == 422
    assert "acts" in district.office.page
    assert district.office.submit("/violation-types/drafts", {}).status_code == 422


def test_what_is_no_workbook_or_another_checklists_is_refused_and_changes_nothing(district: District) -> None:
    page = f"/checklists/{district.second}"
    answer = district.office.submit(f"{page}/drafts", {"workbook": (io.BytesIO(b"PK rubbish"), "x.xlsx")})
    assert answer.status_code == 422
    other = next(each for each in editions() if each.code == "DL")
    measuring = district.world.add("checklist", district.world.reference, None, **other.record())
    sent = {"workbook": (io.BytesIO(district.workbook()), "nhãn.xlsx")}
    address = f"/checklists/{measuring}"
    answer = district.office.submit(f"{address}/drafts", sent)
    assert answer.status_code == 422
    assert "form_id" in district.office.page


def test_reference_data_is_shown_with_its_mark_and_can_be_filtered(district: District) -> None:
    district.office.get("/reference-data?kind=labels&day=2026-01-22&state=unverified")
    assert "NĐ 43/2017" in district.office.page
    assert "NĐ 37/2026 Điều 42" not in district.office.page
    reader = Visitor(district.world.app)
    reader.sign_in("minh")
    for day, decree, document in (
        ("2026-01-22", "NĐ 43/2017", "TT 07/2019"),
        ("2026-04-15", "NĐ 37/2026", "TT 04/2026"),
    ):
        reader.get(f"/reference-data?day={day}")
        assert decree in reader.page
        assert document in reader.page
    assert "NĐ 43/2017" not in reader.page
    reader.get("/reference-data?day=2025-06-30&kind=power")
    assert "Chủ tịch UBND cấp xã" not in reader.page
    answer = district.office.get("/reference-data?kind=rubbish&day=31/02/2026&state=x&words=%00")
    assert answer.status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_question_of_before_there_were_kinds_of_answers_is_shown_as_the_text_it_asks_for(
    app: Flask,
) -> None:
    district = District(app)
    old = district.world.add(
        "checklist", district.world.reference, code="CU", edition=1, domain="labels", title_vi="Cũ",
        title_en="Old", valid_from="2020-01-01", source="…", establishment_types=["catering"],
        risk_groups=["high"], items=[{"id": "C-1", "text_vi": "Nhãn có đủ không?", "text_en": "Labelled?"}],
    )  # fmt: skip
    office = district.office
    office.get(f"/checklists/{old}")
    assert "chưa ghi kiểu trả lời" in office.page
    answer = office.client.get(f"/checklists/{old}/workbook.xlsx", **office.https)
    assert answer.status_code == 200
    survey = load_workbook(io.BytesIO(answer.data))["survey"]
    assert [row[0] for row in survey.iter_rows(min_row=2, values_only=True)][:1] == ["text"]
    office.client.post(
        f"/checklists/{old}/drafts",
        data={"csrf_token": office.token, "workbook": (io.BytesIO(answer.data), "cu.xlsx")},
        **office.https,
    )
    office.get(f"/checklists/{old}")
    draft = office.page.split('href="/reference-drafts/')[1].split('"')[0]
    assert office.get(f"/reference-drafts/{draft}").status_code == 200
    office.get(f"/records/{old}/history")
    assert "catering" not in office.page
    assert "Dịch vụ ăn uống" in office.page
    assert "Nguy cơ cao" in office.page or "Cao" in office.page
