"""A small district for tests: its people, a campaign, and phones that speak the protocol over HTTP."""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.extensions import now, write
from inspection.journal.edit import edit
from inspection.journal.operation import Author, Result, Status
from inspection.people import operations
from inspection.people.grants import system_grants
from inspection.people.models import Account

PASSWORD = "mật khẩu của bài kiểm tra"
CHEAP_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Checked in no time: what the tests are about is never the strength of a password."""
MADE_AT = "2026-09-20T08:11:02+07:00"
DAY = "2026-09-20"


def system_author(session: Session, jurisdiction: uuid.UUID) -> Author:
    """The server itself, which may do everything."""
    device = operations.system_device(session, now())
    return Author(device.id, operations.SYSTEM_PERSON, system_grants(operations.SYSTEM_PERSON, jurisdiction))


@dataclass
class World:
    """One jurisdiction, empty but for what the test adds. Every method is one transaction."""

    app: Flask
    jurisdiction: uuid.UUID = field(default_factory=uuid7)

    @property
    def reference(self) -> str:
        """The scope of the reference data."""
        return f"reference:{self.jurisdiction}"

    @property
    def establishments(self) -> str:
        """The scope of the establishments."""
        return f"establishments:{self.jurisdiction}"

    def add(self, kind: str, scope: str, record: uuid.UUID | None = None, **fields: Any) -> uuid.UUID:
        """Write one record as the server itself."""
        record = record or uuid7()
        with self.app.app_context(), write() as session:
            author = system_author(session, self.jurisdiction)
            result = edit(session, author, kind=kind, scope=scope, record=record, fields=fields)
            assert result.status is Status.APPLIED, result
        return record

    def edit(self, kind: str, scope: str, record: uuid.UUID, base: str, **fields: Any) -> Result:
        """Change one record as the server itself."""
        with self.app.app_context(), write() as session:
            author = system_author(session, self.jurisdiction)
            return edit(session, author, kind=kind, scope=scope, record=record, fields=fields, base=base)

    def person(self, username: str, *roles: str, agency: uuid.UUID | None = None) -> uuid.UUID:
        """Somebody with an account."""
        fields: dict[str, Any] = {"full_name": username.title(), "roles": list(roles), "active": True}
        if agency is not None:
            fields["agency"] = str(agency)
        person = self.add("person", self.reference, **fields)
        with self.app.app_context(), write() as session:
            at = now()
            session.add(
                Account(
                    id=person, username=username, password_hash=CHEAP_HASH, created_at=at, password_set_at=at
                )
            )
        return person

    def campaign(self, *members: uuid.UUID, leads: tuple[uuid.UUID, ...] = ()) -> uuid.UUID:
        """A campaign with its team."""
        campaign = uuid7()
        scope = f"campaign:{campaign}"
        self.add(
            "campaign",
            scope,
            campaign,
            jurisdiction=str(self.jurisdiction),
            name="Trung thu 2026",
            campaign_type="periodic",
            occasion="mid_autumn",
            starts_on="2026-09-01",
            ends_on="2026-09-30",
        )
        for person in leads + members:
            duty = "lead" if person in leads else "member"
            self.add("assignment", scope, campaign=str(campaign), person=str(person), duty=duty)
        return campaign

    def establishment(self, name: str = "Bánh đa Sở Kiện", **fields: Any) -> uuid.UUID:
        """A shop."""
        fields = {"establishment_type": "processing_trade", **fields}
        return self.add("establishment", self.establishments, name=name, **fields)

    def phone(self, username: str) -> Phone:
        """A phone that has just enrolled."""
        client = self.app.test_client()
        answer = client.post(
            "/api/auth/login",
            json={
                "username": username,
                "password": PASSWORD,
                "device": {"name": "điện thoại", "platform": "android"},
            },
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        given: dict[str, Any] = answer.get_json()
        return Phone(
            self.app, given["access_token"], given["refresh_token"], uuid.UUID(given["device"]["id"])
        )


@dataclass
class Phone:
    """A phone as the server sees it: it numbers operations and sends what the test says."""

    app: Flask
    token: str
    refresh_token: str
    device: uuid.UUID
    n: int = 0
    language: str = "vi"

    @property
    def headers(self) -> dict[str, str]:
        """The headers of every request."""
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language}

    def operation(
        self,
        kind: str,
        scope: str,
        record: uuid.UUID | None = None,
        *,
        base: str = "0",
        settles: tuple[str, ...] = (),
        **fields: Any,
    ) -> dict[str, Any]:
        """A new operation with the phone's next number."""
        self.n += 1
        made: dict[str, Any] = {
            "id": str(uuid7()),
            "n": self.n,
            "schema": 1,
            "kind": kind,
            "record": str(record or uuid7()),
            "scope": scope,
            "base": base,
            "fields": fields,
            "made_at": MADE_AT,
        }
        return made | ({"settles": list(settles)} if settles else {})

    def visit(self, campaign: uuid.UUID, establishment: uuid.UUID, **fields: Any) -> dict[str, Any]:
        """The operation that opens a visit."""
        needed = {"campaign": str(campaign), "establishment": str(establishment), "visited_on": DAY}
        return self.operation("visit", f"campaign:{campaign}", **{**needed, **fields})

    def answer(
        self, visit: Mapping[str, Any], item: str, record: uuid.UUID | None = None, **fields: Any
    ) -> dict[str, Any]:
        """The operation that answers an item of a visit; a result goes with its reason."""
        if "result" in fields:
            fields.setdefault("reason", None)
        record = record or uuid.uuid5(uuid.UUID(visit["record"]), f"{item}\n")
        return self.operation(
            "answer",
            visit["scope"],
            record,
            visit=visit["record"],
            checklist=str(CHECKLIST),
            item=item,
            **fields,
        )

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """POST JSON; the whole response."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        with self.app.test_client() as client:
            return client.post(
                path, data=content, headers={**self.headers, "Content-Type": "application/json", **headers}
            )

    def push(self, *operations: Any) -> list[dict[str, Any]]:
        """Push, packed as phones do, and give the results."""
        content = gzip.compress(json.dumps({"operations": list(operations)}).encode())
        answer = self.post("/api/sync/push", content, **{"Content-Encoding": "gzip"})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        results: list[dict[str, Any]] = answer.json["results"]
        return results

    def pull(self, cursors: Mapping[str, str] | None = None, **values: Any) -> dict[str, Any]:
        """One page of a pull."""
        answer = self.post("/api/sync/pull", {"cursors": dict(cursors or {}), **values})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        page: dict[str, Any] = answer.json
        return page

    def pull_all(
        self, cursors: Mapping[str, str] | None = None, limit: int = 1000
    ) -> dict[str, dict[str, Any]]:
        """Everything in the phone's scopes past ``cursors``, by record."""
        found: dict[str, dict[str, Any]] = {}
        at = dict(cursors or {})
        while True:
            page = self.pull(at, limit=limit)
            found |= {change["record"]: change for change in page["changes"]}
            at |= page["cursors"]
            if not page["more"]:
                return found

    def record(self, record: Any) -> dict[str, Any]:
        """One record as a fresh pull shows it."""
        return self.pull_all()[str(record["record"] if isinstance(record, Mapping) else record)]


CHECKLIST = uuid7()


def statuses(results: list[dict[str, Any]]) -> list[str]:
    """The statuses of a push."""
    return [result["status"] for result in results]


def codes(results: list[dict[str, Any]]) -> list[str | None]:
    """The error codes of a push."""
    return [result.get("error", {}).get("code") for result in results]
