"""A phone that makes evidence and sends its bytes, one tus request at a time."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from config.extensions import db
from inspection.journal import history
from tests.world import Phone

VERSION = {"Tus-Resumable": "1.0.0"}
CHUNK = {**VERSION, "Content-Type": "application/offset+octet-stream"}


def metadata(evidence: object) -> str:
    """``Upload-Metadata`` of an evidence id, with a file name that nobody should look at."""
    pairs = {"evidence": str(evidence), "filename": "../../ảnh.jpg"}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def checksum(content: bytes, algorithm: str = "sha256") -> str:
    """``Upload-Checksum`` of a chunk."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def announce(phone: Phone, visit: Mapping[str, Any], content: bytes, **fields: Any) -> uuid.UUID:
    """Push the record of an evidence whose bytes are ``content``; its id."""
    wanted: dict[str, Any] = {
        "visit": visit["record"],
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "image/jpeg",
        "taken_at": "2026-09-20T09:00:00+07:00",
        **fields,
    }
    made = phone.operation("evidence", visit["scope"], **wanted)
    [result] = phone.push(made)
    assert result["status"] == "applied", result
    return uuid.UUID(made["record"])


def code_of(answer: TestResponse) -> str:
    """The code of a refusal."""
    body: dict[str, Any] = answer.get_json()
    return str(body["code"])


@dataclass
class Sender:
    """The upload of one evidence from one phone."""

    phone: Phone
    evidence: uuid.UUID

    @property
    def path(self) -> str:
        return f"/api/uploads/{self.evidence}"

    def send(self, method: str, path: str | None = None, body: bytes = b"", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self.phone.app.test_client() as client:
            answer = client.open(
                path or self.path,
                method=method,
                data=body,
                headers={**self.phone.headers, **VERSION, **named},
            )
        assert answer.status_code != 500, answer.get_data(as_text=True)
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        return answer

    def create(self, length: int) -> TestResponse:
        return self.send(
            "POST", "/api/uploads", Upload_Length=str(length), Upload_Metadata=metadata(self.evidence)
        )

    def offset(self) -> int:
        answer = self.send("HEAD")
        assert answer.status_code == 200, answer.status
        assert answer.headers["Cache-Control"] == "no-store"
        return int(answer.headers["Upload-Offset"])

    def patch(self, offset: int, content: bytes, **headers: str) -> TestResponse:
        named = {"Content-Type": CHUNK["Content-Type"], "Upload-Offset": str(offset), **headers}
        return self.send("PATCH", body=content, **named)

    def whole(self, content: bytes) -> TestResponse:
        assert self.create(len(content)).status_code == 201
        return self.patch(0, content)

    def entries(self) -> list[tuple[dict[str, str], int | None]]:
        """What the journal decided about the record, entry by entry: outcomes and number of the amendment."""
        with self.phone.app.app_context():
            found = history.of_record(db.session(), self.evidence)
            return [(entry.outcomes, entry.amendment) for entry in found]

    def stored(self) -> bool:
        return bool(self.phone.record(self.evidence)["fields"].get("stored"))

    def content(self, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self.phone.app.test_client() as client:
            path = f"/api/evidence/{self.evidence}/content"
            return client.get(path, headers={**self.phone.headers, **named}, buffered=True)
