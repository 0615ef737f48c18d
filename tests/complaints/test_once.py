"""A petition that is sent twice is entered once, be it an impatient finger or a line that broke after the answer."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config.extensions import db
from inspection.complaints.models import Complaint
from tests.office.browsing import Visitor
from tests.world import Phone, World

PETITION = {
    "petition_kind": "complaint",
    "channel": "desk",
    "received_on": "2026-09-21",
    "field": "measurement",
    "summary": "Cân thiếu",
    "petitioner_type": "one",
}


@pytest.fixture
def desk(app: Flask) -> Phone:
    world = World(app)
    world.person("desk", "desk")
    return world.phone("desk")


def send(desk: Phone, key: str | None, **fields: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return desk.post("/api/complaints", {"fields": {**PETITION, **fields}}, **headers)


def entered(desk: Phone) -> int:
    with desk.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Complaint)) or 0


def test_a_repeated_request_gives_the_one_petition(desk: Phone) -> None:
    key = str(uuid.uuid4())
    first, again = send(desk, key), send(desk, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert send(desk, None).json["id"] != first.json["id"]
    assert entered(desk) == 2


def test_two_requests_at_one_moment_give_the_one_petition(desk: Phone) -> None:
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: send(desk, key), range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert entered(desk) == 1


def test_a_key_that_stood_for_another_petition_is_refused(desk: Phone) -> None:
    key = str(uuid.uuid4())
    send(desk, key)
    answer = send(desk, key, summary="Việc khác")
    assert (answer.status_code, answer.json["code"]) == (409, "idempotency_key_reused")
    assert entered(desk) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_double_click_on_the_desks_form_enters_one_petition(desk: Phone) -> None:
    browser = Visitor(desk.app)
    browser.sign_in("desk")
    browser.get("/complaints/new")
    form = {**browser.hidden(), **PETITION}
    first = browser.submit("/complaints/new", form)
    second = browser.submit("/complaints/new", form)
    assert first.request.path == second.request.path
    other = browser.submit("/complaints/new", {**form, "summary": "Gọi lại trang, ghi đơn khác"})
    assert other.request.path != first.request.path
    assert entered(desk) == 2
