"""Bad input: each kind of it gets its documented answer, and none of it a 500."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from tests.sync.conftest import Team
from tests.world import codes


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed_request"),
        (b"{", 400, "malformed_request"),
        (b"[]", 400, "malformed_request"),
        (b'{"operations": 5}', 400, "malformed_request"),
        (b'{"operations": [], "more": 1}', 400, "malformed_request"),
        (b'{"operations": [NaN]}', 400, "malformed_request"),
        (b"[" * 100_000, 400, "malformed_request"),
        (b"\xff\xfe\x00", 400, "malformed_request"),
        (b'{"operations": [' + b"1," * 500 + b"1]}", 413, "too_large"),
        (b'{"operations": ["' + b"x" * 1024 * 1024 + b'"]}', 413, "too_large"),
    ],
)
def test_a_broken_envelope_is_refused_whole(team: Team, body: bytes, status: int, code: str) -> None:
    answer = team.lead.post("/api/sync/push", body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_gzip_bomb_is_refused_before_it_swells(team: Team) -> None:
    bomb = gzip.compress(b" " * 200 * 1024 * 1024, compresslevel=9)
    assert len(bomb) < 1024 * 1024
    answer = team.lead.post("/api/sync/push", bomb, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_a_body_that_only_claims_to_be_gzip_is_refused(team: Team) -> None:
    for body in (b"{}", gzip.compress(b'{"operations": []}')[:-4], gzip.compress(b"{}") + b"tail"):
        answer = team.lead.post("/api/sync/push", body, **{"Content-Encoding": "gzip"})
        assert answer.status_code == 400


def test_other_media_types_and_encodings_are_refused(team: Team) -> None:
    assert team.lead.post("/api/sync/push", b"a=1", **{"Content-Type": "text/csv"}).status_code == 415
    assert team.lead.post("/api/sync/push", b"{}", **{"Content-Encoding": "br"}).status_code == 415


def test_without_a_valid_token_nothing_is_answered(team: Team) -> None:
    for token in ("", "nonsense", team.lead.token[:-2] + "xx"):
        answer = team.lead.post("/api/sync/push", {"operations": []}, Authorization=f"Bearer {token}")
        assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "không phải mã"},
        {"id": None},
        {"id": 5},
        {"n": 0},
        {"n": -1},
        {"n": True},
        {"n": 1.5},
        {"n": 2**60},
        {"kind": None},
        {"kind": "x" * 1000},
        {"record": "x"},
        {"scope": "campaign"},
        {"scope": "campaign:\x00"},
        {"base": None},
        {"base": "nonsense"},
        {"base": "3f2a." + "9" * 30},
        {"fields": None},
        {"fields": []},
        {"fields": {"note": "\ud800"}},
        {"fields": {"note": "\x00"}},
        {"fields": {"note": 10**400}},
        {"fields": {"note": {"a": [[[[]]]]}}},
        {"fields": {"\x00": 1}},
        {"fields": {"voided": {"reason": ""}}},
        {"fields": {"voided": 1}},
        {"made_at": "hôm qua"},
        {"made_at": "2026-09-20T08:11:02"},
        {"made_at": "0001-01-01T00:00:00+14:00"},
        {"made_at": "2026-02-30T08:11:02+07:00"},
        {"settles": "x"},
        {"settles": [1]},
        {"sealed": {"key": "k"}},
        {"surprise": 1},
    ],
    ids=lambda change: json.dumps(change)[:40],
)
def test_a_malformed_operation_is_refused_kept_and_harms_no_neighbour(
    team: Team, change: dict[str, Any]
) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    bad = {**team.lead.visit(team.campaign, team.shop), **change}
    results = team.lead.push(visit, bad)
    assert results[0]["status"] == "applied"
    assert results[1]["status"] == "rejected"
    assert codes(results)[1] in {"malformed", "validation", "unknown_field", "unknown_scope"}
    assert [r["status"] for r in team.lead.push(visit, bad)] == ["applied", "rejected"]


@pytest.mark.parametrize(
    "body",
    [
        {"cursors": []},
        {"cursors": {}, "limit": 0},
        {"limit": "x"},
        {"wait": -1},
        {"surprise": 1},
        [],
        5,
        None,
    ],
    ids=str,
)
def test_a_broken_pull_is_refused(team: Team, body: Any) -> None:
    answer = team.lead.post("/api/sync/pull", body)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_request")


def test_a_cursor_that_is_none_starts_its_scope_over(team: Team) -> None:
    answer = team.lead.pull({team.scope: "không phải"})
    assert answer["resync"] == [{"scope": team.scope, "restored_to": None}]
