"""Rubbish in the header lines of an upload is refused by name, and never a failure of the server."""

from __future__ import annotations

import base64
import uuid
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from config.errors import Refusal
from sync.uploads import headers
from tests.evidence import samples
from tests.evidence.sending import Sender, announce, checksum, metadata
from tests.sync.conftest import Team
from tests.world import statuses

LINE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)
NUMBERS = st.one_of(
    LINE, st.integers(-5, 10**20).map(str), st.sampled_from(["", "0", "1", "١", "1e3", "+1", "0x1"])
)
CHECKSUMS = st.one_of(
    LINE,
    st.binary(max_size=40).map(lambda raw: "sha256 " + base64.b64encode(raw).decode()),
    st.sampled_from(["sha256", "md5 AAAA", "sha256  ", "SHA256 " + "A" * 44, checksum(b"x", "sha1")]),
)


def test_an_evidence_id_is_found_among_other_metadata() -> None:
    evidence = uuid.uuid4()
    assert headers.read_evidence(metadata(evidence)) == evidence
    assert headers.read_evidence("empty, " + headers.write_evidence(evidence) + ",name dGVz") == evidence


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "evidence",
        "evidence !!!",
        "filename dGVzdA==",
        "evidence " + base64.b64encode(b"no id").decode(),
        "evidence " + base64.b64encode("ảnh".encode()).decode(),
        headers.write_evidence(uuid.uuid4()) + "," + headers.write_evidence(uuid.uuid4()),
    ],
)
def test_metadata_without_one_evidence_id_is_refused(text: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        headers.read_evidence(text)
    assert refused.value.errors == {"Upload-Metadata": []}


@given(LINE)
def test_whatever_stands_in_a_header_is_read_or_refused(text: str) -> None:
    for read in (headers.read_evidence, headers.read_checksum, lambda text: headers.read_number("x", text)):
        with suppress(Refusal):
            read(text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_headers_make_the_server_fail(team: Team) -> None:
    visit: dict[str, Any] = team.binh.visit(team.campaign, team.shop)
    assert statuses(team.binh.push(visit)) == ["applied"]
    content = samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))

    @examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        method=st.sampled_from(["POST", "HEAD", "PATCH", "DELETE"]),
        number=NUMBERS,
        check=CHECKSUMS,
        line=LINE,
        body=st.binary(max_size=20),
    )
    def send(method: str, number: str, check: str, line: str, body: bytes) -> None:
        named = {
            "Upload-Offset": number,
            "Upload-Length": number,
            "Upload-Checksum": check,
            "Upload-Metadata": line,
            "X-HTTP-Method-Override": line,
            "Content-Type": "application/offset+octet-stream",
        }
        path = "/api/uploads" if method == "POST" else f"/api/uploads/{uuid.uuid4()}"
        assert 400 <= sender.send(method, path, body, **named).status_code < 500
        if method == "PATCH":
            assert sender.send(method, None, body, **named).status_code in {204, 400, 409, 413, 460}

    send()
    content_left = sender.offset()
    assert content_left <= len(content)
