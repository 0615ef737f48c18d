"""What the office's page does with a report, a program does over HTTP: issue, revise, call back, try again, send."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from config.extensions import write
from inspection.reports import operations
from tests.reports.conftest import REGISTER, District
from tests.reports.test_delivering import recipient
from tests.reports.test_issuing import draft, today, words
from tests.world import Phone

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def manager(busy: District) -> Phone:
    busy.world.person("manager", "manager")
    return busy.world.phone("manager")


def ask(caller: Phone, report: uuid.UUID | str, verb: str, key: str | None = None, **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return caller.post(f"/api/reports/{report}/{verb}", body, **headers)


def numbered(number: object = 7, **more: Any) -> dict[str, Any]:
    return {"document_number": number, "document_date": today().isoformat(), **more}


def test_a_draft_is_issued_with_its_number_and_day_and_once(busy: District, manager: Phone) -> None:
    first, key = draft(busy), str(uuid.uuid4())
    answer = ask(manager, first, "issue", key, **numbered())
    assert (answer.status_code, answer.json["status"]) == (202, "queued")
    issued = uuid.UUID(answer.json["id"])
    assert answer.headers["Location"].endswith(f"/api/reports/{issued}")
    assert (answer.json["issue_of"], answer.json["document_number"]) == (str(first), 7)
    assert ask(manager, first, "issue", key, **numbered()).json["id"] == str(issued)
    other = ask(manager, first, "issue", key, **numbered(8))
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")
    again = ask(manager, first, "issue", **numbered())
    assert (again.status_code, again.json["code"]) == (409, "report_issued")
    busy.compile(issued)
    assert "Số: 07/BC-UBND" in words(busy.content(issued, "docx"))
    with busy.app.test_client() as client:
        told: Any = client.get(f"/api/reports/{issued}", headers=manager.headers).json
        assert told["document_date"] == today().isoformat()
        for made, address in told["files"].items():
            with client.get(address, headers=manager.headers) as file:
                assert file.status_code == 200, made


def test_two_requests_at_one_moment_issue_once(busy: District, manager: Phone) -> None:
    first, key = draft(busy), str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(manager, first, "issue", key, **numbered()), range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json["id"] for answer in answers}) == 1


@on_sqlite
def test_what_the_page_refuses_is_refused_here_in_the_same_words(busy: District, manager: Phone) -> None:
    first = draft(busy)
    for body, code in (
        (numbered(None), "wrong_document_number"),
        (numbered(0), "wrong_document_number"),
        (numbered(100_000), "wrong_document_number"),
        (numbered(1, document_date="2022-01-01"), "wrong_document_date"),
        (numbered("7"), "unprocessable"),
        (numbered(7, document_date="hôm nay"), "unprocessable"),
        (numbered(7, signer="ai đó"), "unprocessable"),
    ):
        answer = ask(manager, first, "issue", **body)
        assert (answer.status_code, answer.json["code"]) == (422, code), body
    assert ask(manager, uuid.uuid4(), "issue", **numbered()).json["code"] == "not_found"
    queued = busy.order(formats=[])
    assert ask(manager, queued, "issue", **numbered()).json["code"] == "report_not_ready"
    ask(manager, first, "issue", **numbered())
    second = draft(busy, kind=REGISTER)
    assert ask(manager, second, "issue", **numbered(7)).json["code"] == "wrong_document_number"
    assert ask(manager, second, "issue", **numbered(None)).status_code == 202


@on_sqlite
def test_who_may_not_order_a_report_may_not_issue_it(busy: District) -> None:
    first = draft(busy)
    for role, status in (("auditor", 403), ("inspector", 403), ("administrator", 403)):
        busy.world.person(f"some-{role}", role)
        phone = busy.world.phone(f"some-{role}")
        for verb, body in (
            ("issue", numbered()),
            ("revise", {"reason": "Sửa"}),
            ("retry", {}),
            ("cancel", {}),
            ("send", {}),
        ):
            assert ask(phone, first, verb, **body).status_code == status, (role, verb)


@on_sqlite
def test_a_report_is_revised_with_its_reason_and_once(busy: District, manager: Phone) -> None:
    first = draft(busy)
    assert ask(manager, first, "revise", reason=" \n ").status_code == 422
    assert ask(manager, first, "revise", reason="a" * 501).status_code == 422
    answer = ask(manager, first, "revise", "key", reason="Bổ sung  lượt gửi muộn")
    assert (answer.status_code, answer.json["reason"]) == (202, "Bổ sung lượt gửi muộn")
    busy.compile(uuid.UUID(answer.json["id"]))
    same = ask(manager, first, "revise", "key", reason="Bổ sung lượt gửi muộn")
    assert same.json["id"] == answer.json["id"], "also when it is done"
    assert ask(manager, first, "revise", "key", reason="Khác").json["code"] == "idempotency_key_reused"
    open_one = busy.order(formats=[])
    assert ask(manager, open_one, "revise", reason="Sửa").json["code"] == "report_not_ready"


@on_sqlite
def test_an_order_is_entered_once_under_its_key(busy: District, manager: Phone) -> None:
    body = {"kind": "violation_summary", "period": {"kind": "year", "year": 2022}, "formats": ["xlsx"]}
    first = manager.post("/api/reports", body, **{"Idempotency-Key": "year"})
    busy.compile(uuid.UUID(first.json["id"]))
    again = manager.post("/api/reports", body, **{"Idempotency-Key": "year"})
    assert (again.json["id"], again.json["status"]) == (first.json["id"], "done")
    assert manager.post("/api/reports", body).json["id"] != first.json["id"]
    other = manager.post("/api/reports", {**body, "public": True}, **{"Idempotency-Key": "year"})
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")
    register = {**body, "kind": "complaint_register", "public": True}
    assert manager.post("/api/reports", register).status_code == 422


@on_sqlite
def test_an_open_order_is_called_back_and_a_finished_one_is_not(busy: District, manager: Phone) -> None:
    made = busy.order(formats=[])
    for _ in range(2):
        answer = ask(manager, made, "cancel")
        assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    done = draft(busy, formats=[])
    answer = ask(manager, done, "cancel")
    assert (answer.status_code, answer.json["code"]) == (409, "report_finished")


@on_sqlite
def test_what_failed_is_tried_again_an_issue_under_its_number(busy: District, manager: Phone) -> None:
    first = draft(busy, formats=[])
    issued = busy.issue(first, 9)
    assert ask(manager, issued, "retry").json["code"] == "report_not_failed"
    failed = [busy.order(formats=[]), issued]
    with busy.app.app_context(), write() as session:
        for report in failed:
            hold = operations.claim(session, report)
            assert hold is not None
            operations.fail(session, hold, "signing_failed")
    answers = [ask(manager, report, "retry") for report in failed]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert [answer.json["document_number"] for answer in answers] == [None, 9]
    assert answers[1].json["issue_of"] == str(first)
    assert busy.compile(uuid.UUID(answers[1].json["id"]))


@on_sqlite
def test_a_finished_report_is_sent_to_who_has_not_got_it(busy: District, manager: Phone) -> None:
    recipient(busy, "yte@example.vn")
    queued = busy.order(formats=[])
    assert ask(manager, queued, "send").json["code"] == "report_not_ready"
    busy.compile(queued)
    assert [ask(manager, queued, "send").json for _ in range(2)] == [{"queued": 1}, {"queued": 0}]
