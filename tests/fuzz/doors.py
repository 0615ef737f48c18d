"""The addresses that take a file or a stream, with what :mod:`tests.fuzz.imports` makes."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Set
from pathlib import Path
from typing import Any

from flask import Flask
from hypothesis import strategies as st

from config.settings import Settings
from inspection.people.permissions import Role
from tests.evidence.sending import Sender, announce
from tests.fuzz import imports
from tests.office.browsing import Visitor
from tests.world import World

CONTENT = b"\xff\xd8\xff\xe0" + bytes(range(60)) + b"\xff\xd9"
"""A photo that is the same in every run."""


def send_workbooks(app: Flask, examples: int, number: int | None) -> None:
    """Every form of the office that takes a file: no answer is a failure, and a refused file changes nothing."""
    world = World(app)
    world.person("fuzz-office", *(role.value for role in Role))
    item = {"id": "A-1", "text_vi": "Câu", "text_en": "Question", "answer": {"kind": "pass_fail_na"}}
    checklist = world.add(
        "checklist", world.reference, code="A", edition=1, domain="food_safety", title_vi="A", title_en="A",
        valid_from="2020-01-01", source="…", items=[item],
    )  # fmt: skip
    visitor = Visitor(app)
    visitor.sign_in("fuzz-office")
    token = visitor.token
    files = st.one_of(
        st.tuples(st.sampled_from(("/people/import", "/people/import/confirm")), imports.people_books),
        st.tuples(st.just("/establishments/imports"), imports.place_books),
        st.tuples(st.just(f"/checklists/{checklist}/drafts"), imports.checklist_books),
    )

    def post(path: str, answers: Set[int], data: Any, **values: str) -> int:
        answer = visitor.client.post(path, data=data, **values, **visitor.https)
        assert answer.status_code in answers, (path, answer.status)
        return answer.status_code

    def check(sent: tuple[str, bytes]) -> None:
        path, content = sent
        before = imports.entries_of(app)
        if path.endswith("confirm"):
            form: dict[str, Any] = {"workbook": base64.b64encode(content).decode()}
        else:
            form = {"workbook": (io.BytesIO(content), "tệp.xlsx")}
        status = post(path, {200, 302} | imports.REFUSED, {"csrf_token": token, **form})
        if status != 200 or not path.endswith("confirm"):
            assert imports.entries_of(app) == before, "a look at a file writes nothing"

    def check_form(body: bytes) -> None:
        part = f'--limit\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        for path in ("/people/import", "/people/import/confirm", "/establishments/imports"):
            kind = "multipart/form-data; boundary=limit"
            post(path, {200, 302} | imports.REFUSED, part.encode() + body, content_type=kind)

    def check_text(text: str) -> None:
        post("/people/import/confirm", imports.REFUSED, {"csrf_token": token, "workbook": text})

    def check_checkpoint(content: bytes) -> None:
        file = {"checkpoint": (io.BytesIO(content), "checkpoint.json")}
        post("/journal/checkpoints", {200} | imports.REFUSED, {"csrf_token": token, **file})

    imports.run(check, files, examples, number)
    imports.run(check_form, imports.multipart_bodies, examples, number)
    imports.run(check_text, st.text(max_size=30), examples, number)
    imports.run(check_checkpoint, imports.checkpoints, examples, number)


def send_packed(app: Flask, examples: int, number: int | None) -> None:
    """A packed body is read whole or refused whole."""
    world = World(app)
    world.campaign(world.person("fuzz-packed", "inspector"))
    phone = world.phone("fuzz-packed")

    def check(body: bytes) -> None:
        before = imports.entries_of(app)
        for path in ("/api/sync/push", "/api/sync/pull"):
            answer = phone.post(path, body, **{"Content-Encoding": "gzip"})
            assert answer.status_code in {200, 400, 413, 415}, answer.status
            if answer.status_code != 200:
                assert answer.json["code"] in {"malformed_request", "too_large", "unsupported_media_type"}
        assert imports.entries_of(app) == before, "nothing that these bodies say is an operation"

    imports.run(check, imports.packed_bodies, examples, number)


def send_uploads(app: Flask, examples: int, number: int | None) -> None:
    """Whatever was done to an upload, what is stored is what was announced; and it can always be sent again."""
    world = World(app)
    campaign = world.campaign(world.person("fuzz-upload", "inspector"))
    phone = world.phone("fuzz-upload")
    visit = phone.visit(campaign, world.establishment())
    phone.push(visit)
    settings: Settings = app.config["SETTINGS"]
    folder = settings.data_dir / "storage"
    at = 0

    def check(steps: list[tuple[str, dict[str, str], bytes]]) -> None:
        nonlocal at
        at += 1
        content = CONTENT + at.to_bytes(4)
        sender = Sender(phone, announce(phone, visit, content))
        for method, headers, body in steps:
            path = "/api/uploads" if method == "POST" else sender.path
            kind = {"Content-Type": "application/offset+octet-stream"} if method == "PATCH" else {}
            answer = sender.send(method, path, body, **{**kind, **headers})
            assert answer.status_code in {200, 201, 204} | imports.REFUSED, (method, headers, answer.status)
        _send_rest(sender, content)
        assert sender.stored()
        for stored in (path for path in folder.rglob("*") if path.is_file()):
            _holds_what_it_is_named(stored)

    imports.run(check, imports.tus_steps, examples, number)


def _send_rest(sender: Sender, content: bytes) -> None:
    """Send it as a phone does that goes on where the server is; again from the start when the whole was found wrong."""
    for _ in range(3):
        head = sender.send("HEAD")
        if head.status_code != 200:
            if sender.stored():
                return
            sender.create(len(content))
            head = sender.send("HEAD")
        if head.status_code == 200:
            offset = int(head.headers["Upload-Offset"])
            sender.patch(offset, content[offset:])
        if sender.stored():
            return


def _holds_what_it_is_named(path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest in str(path).replace("/", ""), f"{path.name} holds other bytes"
