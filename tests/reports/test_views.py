"""Reports over HTTP: who may order, what an answer says, what is refused and in which words."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from config.extensions import write
from inspection.reports import operations
from inspection.reports.models import Format, ReportKind
from tests.reports.conftest import District
from tests.world import World

PERIOD = {"kind": "quarter", "year": 2022, "number": 3}


class Caller:
    """Somebody signed in."""

    def __init__(self, world: World, username: str, *roles: str) -> None:
        world.person(username, *roles)
        self.phone = world.phone(username)
        self.client = world.app.test_client()

    def post(self, language: str = "vi", **body: Any) -> Any:
        return self.client.post(
            "/api/reports", json=body, headers={**self.phone.headers, "Accept-Language": language}
        )

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.phone.headers)


@pytest.fixture
def manager(busy: District) -> Caller:
    return Caller(busy.world, "manager", "manager")


@pytest.fixture
def auditor(busy: District) -> Caller:
    return Caller(busy.world, "auditor", "auditor")


def test_an_order_is_queued_then_told_then_fetched(busy: District, manager: Caller) -> None:
    ordered = manager.post(kind="violation_summary", period=PERIOD, formats=["pdf", "docx"])
    assert ordered.status_code == 202
    body = ordered.json
    assert (body["status"], body["progress"]) == ("queued", 0)
    assert ordered.headers["Location"].endswith(f"/api/reports/{body['id']}")

    busy.compile(uuid.UUID(body["id"]))
    told = manager.get(f"/api/reports/{body['id']}").json
    assert (told["status"], told["progress"], told["revision"]) == ("done", 1, 1)
    assert len(told["checkpoint"]) == 64
    assert told["figures"]["totals"]["visits"] == 3
    assert set(told["files"]) == {"docx", "pdf"}

    with manager.get(told["files"]["pdf"]) as document:
        assert document.status_code == 200
        assert document.mimetype == "application/pdf"
        assert document.data.startswith(b"%PDF")
        assert "bao-cao-kiem-tra_2022-09-14_ban-1.pdf" in document.headers["Content-Disposition"]


def test_all_three_formats_are_made_unless_others_are_asked_for(manager: Caller, busy: District) -> None:
    body = manager.post(kind="violation_summary", period=PERIOD).json
    busy.compile(uuid.UUID(body["id"]))
    assert set(manager.get(f"/api/reports/{body['id']}").json["files"]) == {one.value for one in Format}


def test_ordering_twice_while_the_first_is_open_gives_the_first(manager: Caller) -> None:
    orders = [manager.post(kind="violation_summary", period=PERIOD).json["id"] for _ in range(2)]
    assert orders[0] == orders[1]


def test_a_document_is_not_there_before_the_report_is_done(manager: Caller) -> None:
    body = manager.post(kind="violation_summary", period=PERIOD).json
    early = manager.get(f"/api/reports/{body['id']}/files/pdf")
    assert (early.status_code, early.json["code"]) == (409, "report_not_ready")


def test_a_format_that_was_not_made_is_not_found(manager: Caller, busy: District) -> None:
    body = manager.post(kind="violation_summary", period=PERIOD, formats=["pdf"]).json
    busy.compile(uuid.UUID(body["id"]))
    assert manager.get(f"/api/reports/{body['id']}/files/docx").status_code == 404
    assert manager.get(f"/api/reports/{body['id']}/files/exe").status_code == 404


def test_an_auditor_orders_and_reads_registers_and_nothing_else(manager: Caller, auditor: Caller) -> None:
    register = auditor.post(kind="complaint_register", period=PERIOD)
    assert register.status_code == 202
    assert auditor.get(f"/api/reports/{register.json['id']}").status_code == 200
    assert auditor.post(kind="violation_summary", period=PERIOD).status_code == 403
    summary = manager.post(kind="violation_summary", period=PERIOD).json["id"]
    assert auditor.get(f"/api/reports/{summary}").status_code == 403


@pytest.mark.parametrize("role", ["inspector", "lead", "desk", "handler", "administrator"])
def test_nobody_else_orders_or_reads_reports(busy: District, role: str) -> None:
    caller = Caller(busy.world, "somebody", role)
    assert caller.post(kind="violation_summary", period=PERIOD).status_code == 403
    assert caller.get(f"/api/reports/{busy.order()}").status_code == 403


def test_without_a_token_there_is_nothing_to_see(busy: District) -> None:
    client = busy.app.test_client()
    assert (
        client.post("/api/reports", json={"kind": "violation_summary", "period": PERIOD}).status_code == 401
    )
    assert client.get(f"/api/reports/{uuid.uuid4()}").status_code == 401


def test_another_jurisdictions_report_does_not_exist_for_the_caller(busy: District, manager: Caller) -> None:
    elsewhere = World(busy.app)
    elsewhere.add(
        "unit", elsewhere.reference, code="352", name="Nơi khác", level="district", valid_from="2004-01-01"
    )
    stranger = Caller(elsewhere, "stranger", "manager")
    report = manager.post(kind="violation_summary", period=PERIOD).json["id"]
    assert stranger.get(f"/api/reports/{report}").status_code == 404
    asked = stranger.post(
        kind="violation_summary", period=PERIOD, scope={"jurisdiction": str(busy.world.jurisdiction)}
    )
    assert asked.status_code == 403


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"period": PERIOD}, "unprocessable", "kind"),
        ({"kind": "weather", "period": PERIOD}, "unprocessable", "kind"),
        ({"kind": "violation_summary"}, "unprocessable", "period"),
        ({"kind": "violation_summary", "period": PERIOD, "formats": []}, "unprocessable", "formats"),
        ({"kind": "violation_summary", "period": PERIOD, "formats": ["exe"]}, "unprocessable", "formats"),
        ({"kind": "violation_summary", "period": PERIOD, "colour": 1}, "unprocessable", "colour"),
        (
            {"kind": "violation_summary", "period": {"kind": "month", "year": 2022}},
            "unknown_period",
            "period",
        ),
        (
            {"kind": "violation_summary", "period": {"kind": "campaign", "id": str(uuid.uuid4())}},
            "unknown_period",
            "period",
        ),
    ],
)
def test_what_is_wrong_with_an_order_is_said_by_field(
    manager: Caller, body: dict[str, Any], code: str, field: str
) -> None:
    refused = manager.post(**body)
    assert (refused.status_code, refused.json["code"]) == (422, code)
    assert field in refused.json["errors"]


def test_a_refused_period_is_explained_in_the_readers_language(manager: Caller) -> None:
    wish = {"kind": "month", "year": 2022, "number": 13}
    words = {
        language: manager.post(language, kind="violation_summary", period=wish).json["errors"]["period"][
            "number"
        ]
        for language in ("vi", "en")
    }
    assert words == {"vi": ["Phải là số nguyên từ 1 đến 12."], "en": ["Must be a whole number from 1 to 12."]}


def test_a_campaign_is_reported_by_its_id(busy: District, manager: Caller) -> None:
    body = manager.post(kind="violation_summary", period={"kind": "campaign", "id": str(busy.campaign)}).json
    assert body["period"]["title_vi"].startswith("Đợt “Tết Trung thu năm 2022”")
    busy.compile(uuid.UUID(body["id"]))
    assert manager.get(f"/api/reports/{body['id']}").json["figures"]["totals"]["visits"] == 4


def test_a_report_that_was_given_up_says_why_in_words(busy: District, manager: Caller) -> None:
    report = busy.order(kind=ReportKind.VIOLATION_SUMMARY)
    with busy.app.app_context(), write() as session:
        hold = operations.claim(session, report)
        assert hold is not None
        operations.fail(session, hold, "figures_do_not_add_up")
    told = manager.get(f"/api/reports/{report}").json
    assert told["status"] == "failed"
    assert told["error"]["code"] == "figures_do_not_add_up"
    assert told["error"]["message"]
