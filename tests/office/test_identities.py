"""Opening a sealed identity: by its handler alone, for a reason, after the journal knows, leaving nothing behind."""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from config.extensions import Base, db
from inspection.complaints import keys, sealing
from inspection.complaints.models import Complaint, IdentityOpening
from inspection.journal import history, store
from inspection.journal.models import Entry
from tests.office.browsing import Visitor
from tests.office.conftest import Office
from tests.office.test_complaints import enter
from tests.world import codes

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CANARY = "Nguyễn Thị Hoàng Yến"
REASON = "Xác minh nội dung tố cáo tại nơi ở"


def sealed_case(office: Office, **fields: str) -> str:
    """A case with a sealed identity, in the handler's hands; the address of its page."""
    identity = json.dumps({"name": CANARY, "contact": "0900 000 111"}, ensure_ascii=False)
    box = sealing.seal(keys.current_public_key(folder(office)), identity)
    handler = {"handler": str(office.people["handler"])}
    _, path = enter(office, **{**handler, **fields}, sealed_key=box["key"], sealed_box=box["box"])
    return path


def folder(office: Office) -> Path:
    data_dir: Path = office.world.app.config["SETTINGS"].data_dir
    return data_dir


def openings(office: Office) -> list[str]:
    with office.world.app.app_context():
        return list(db.session.scalars(select(IdentityOpening.reason).order_by(IdentityOpening.version)))


def open_it(handler: Visitor, path: str, reason: str = REASON) -> int:
    return handler.submit(f"{path}/identity", {"reason": reason}).status_code


def test_the_handler_reads_it_and_the_journal_knows_who_and_why(office: Office) -> None:
    path = sealed_case(office)
    handler = office.visitor("handler")
    handler.get(path)
    assert f'href="{path}/identity"' in handler.page
    handler.get(f"{path}/identity")
    assert CANARY not in handler.page, "asking is not opening"
    assert openings(office) == []
    answer = handler.submit(f"{path}/identity", {"reason": REASON})
    assert CANARY in handler.page
    assert "0900 000 111" in handler.page
    assert answer.headers["Cache-Control"] == "no-store"
    with office.world.app.app_context():
        [opened] = db.session.scalars(select(IdentityOpening))
        entry = db.session.scalars(select(Entry).where(Entry.record == opened.id)).one()
        assert (entry.user, opened.reason) == (office.people["handler"], REASON)
        assert opened.scope == f"complaint:{path.rpartition('/')[2]}"
        assert history.verify(db.session()) == []
    auditor = office.visitor("auditor")
    auditor.get(path)
    assert REASON in auditor.page
    assert "Handler ghi lúc" in auditor.page
    assert CANARY not in auditor.page


def test_an_opened_identity_is_in_no_table_no_file_and_no_log(
    office: Office, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    path = sealed_case(office)
    handler = office.visitor("handler")
    assert open_it(handler, path) == 200
    for page in (path, f"{path}/identity", path.replace("complaints", "records") + "/history", "/complaints"):
        handler.get(page)
        assert CANARY not in handler.page
    with office.world.app.app_context():
        for table in Base.metadata.sorted_tables:
            assert all(CANARY not in str(row) for row in db.session.execute(select(table))), table.name
    files = [file for file in folder(office).rglob("*") if file.is_file()]
    assert files, "the keys at least"
    assert all(CANARY.encode() not in file.read_bytes() for file in files)
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err, *(str(one.__dict__) for one in caplog.records)):
        assert CANARY not in text


def test_without_a_reason_nothing_is_opened(office: Office) -> None:
    path = sealed_case(office)
    handler = office.visitor("handler")
    assert open_it(handler, path, "  ") == 422
    assert CANARY not in handler.page
    assert openings(office) == []


@on_sqlite
def test_every_look_is_an_opening_of_its_own(office: Office) -> None:
    path = sealed_case(office)
    handler = office.visitor("handler")
    for reason in ("Lần một", "Lần hai"):
        assert open_it(handler, path, reason) == 200
    assert openings(office) == ["Lần một", "Lần hai"]


@on_sqlite
def test_nobody_but_the_handler_of_the_case_opens_it(office: Office) -> None:
    office.world.person("other", "handler", "desk", "auditor", "inspector")
    path = sealed_case(office)
    for role in ("lead", "inspector", "desk", "manager", "auditor", "administrator"):
        visitor = office.visitor(role)
        assert open_it(visitor, path) == 403, role
        assert CANARY not in visitor.page
        assert visitor.get(path).status_code in {200, 403}
        assert f"{path}/identity" not in visitor.page
    everything = office.visitor("other")
    assert everything.get(path).status_code == 200
    assert open_it(everything, path) == 403, "a handler, but not of this case"
    assert openings(office) == []


@on_sqlite
def test_a_case_that_goes_to_another_handler_is_closed_to_the_first(office: Office) -> None:
    second = office.world.person("second", "handler")
    path = sealed_case(office)
    first = office.visitor("handler")
    assert open_it(first, path) == 200
    record = uuid.UUID(path.rpartition("/")[2])
    with office.world.app.app_context():
        seen = store.generations(db.session()).version(db.session.get_one(Complaint, record).version)
    office.world.edit("complaint", f"complaint:{record}", record, seen, handler=str(second))
    assert open_it(first, path) == 404, "not theirs any more, so it does not exist for them"
    assert CANARY not in first.page


@on_sqlite
def test_a_voided_case_and_one_without_an_identity_open_nothing(office: Office) -> None:
    handler = office.visitor("handler")
    _, plain = enter(office, handler=str(office.people["handler"]))
    assert open_it(handler, plain) == 404
    path = sealed_case(office)
    manager = office.visitor("manager")
    record = path.replace("complaints", "records")
    manager.get(f"{record}/history")
    manager.submit(f"{record}/void", {**manager.hidden(), "reason": "Vào sổ hai lần"})
    assert open_it(handler, path) == 403
    assert openings(office) == []


def test_a_lost_key_opens_nothing_and_the_attempt_is_known(office: Office) -> None:
    path = sealed_case(office)
    shutil.rmtree(folder(office) / keys.FOLDER)
    handler = office.visitor("handler")
    assert open_it(handler, path) == 200
    assert "Không mở được" in handler.page
    assert openings(office) == [REASON]


@on_sqlite
def test_an_opening_is_never_changed_and_never_voided(office: Office) -> None:
    path = sealed_case(office)
    open_it(office.visitor("handler"), path)
    with office.world.app.app_context():
        opened = db.session.scalars(select(IdentityOpening)).one()
        record, scope = opened.id, opened.scope
    phone = office.world.phone("handler")
    base = phone.record(record)["version"]
    changed = phone.operation("identity_opening", scope, record, base=base, reason="Khác")
    voided = phone.operation("identity_opening", scope, record, base=base, voided={"reason": "Nhầm"})
    assert codes(phone.push(changed, voided)) == ["validation", "forbidden"]
    manager = office.visitor("manager")
    manager.get(f"/records/{record}/history")
    assert REASON in manager.page
    assert manager.submit(f"/records/{record}/void", {"base": base, "reason": "Nhầm"}).status_code == 403
