"""The auditor's desk: checking everything, comparing with what is kept outside, and being seen to look."""

from __future__ import annotations

import io
import json
import re

import pytest
from sqlalchemy import select, text, update

from config.extensions import db, write
from inspection.journal import verification
from inspection.journal.models import Entry, SealedHeads
from tasks import journal as jobs
from tests.office.browsing import Visitor
from tests.office.conftest import Office

ON_FILE = "UPDATE journal_entry SET hash = x'00' WHERE scope LIKE 'campaign:%'"
ON_SERVER = r"UPDATE journal_entry SET hash = '\x00'::bytea WHERE scope LIKE 'campaign:%'"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def checked(office: Office, auditor: Visitor) -> str:
    """Order a check, let the worker carry it out, and read its page."""
    path = auditor.submit("/journal/verify", {}).request.path
    with office.world.app.app_context():
        jobs.check(path.rpartition("/")[2])
    auditor.get(path)
    return auditor.page


def alter(office: Office, statement: str) -> None:
    with office.world.app.app_context(), write() as session:
        if session.connection().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER journal_entry_fixed"))
        else:
            session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
        session.execute(text(statement))


def test_an_auditor_checks_everything_and_sees_what_was_altered(office: Office) -> None:
    auditor = office.visitor("auditor")
    assert "Toàn bộ chuỗi nguyên vẹn" in checked(office, auditor)
    alter(
        office, "UPDATE journal_entry SET made_at = '2020-01-01T00:00:00+07:00' WHERE scope LIKE 'campaign:%'"
    )
    page = checked(office, auditor)
    assert "chỗ không khớp" in page
    assert office.scope in page
    assert "nguyên vẹn" in auditor.get("/journal").get_data(as_text=True)


@on_sqlite
def test_a_check_that_nobody_works_on_is_found_by_the_sweep_and_two_at_once_are_one(office: Office) -> None:
    auditor = office.visitor("auditor")
    first = auditor.submit("/journal/verify", {}).request.path
    assert auditor.submit("/journal/verify", {}).request.path == first
    progress = auditor.get(f"{first}/progress").get_json()
    assert (progress["finished"], progress["progress"]) == (False, 0)
    with office.world.app.app_context(), write() as session:
        session.execute(text("UPDATE journal_verification SET touched_at = '2020-01-01 00:00:00'"))
        assert [str(one) for one in verification.unheard(session)] == [first.rpartition("/")[2]]


def test_a_checkpoint_kept_outside_is_confirmed_and_contradicted_later(office: Office) -> None:
    office.visit(note="cân thiếu")
    auditor = office.visitor("auditor")
    with office.world.app.app_context():
        jobs.seal()
    auditor.get("/journal/checkpoints")
    [path] = re.findall(r'href="(/journal/checkpoints/[0-9a-f]{64}[.]json)"', auditor.page)
    kept = auditor.get(path).get_data()
    code = json.loads(kept)["root"][:16]
    auditor.submit("/journal/checkpoints", {"checkpoint": (io.BytesIO(kept), "kept.json")})
    assert f"mốc {code} còn nguyên" in auditor.page
    auditor.submit("/journal/checkpoints", {"code": f"{code[:8]} {code[8:].upper()}"})
    assert f"mốc {code} còn nguyên" in auditor.page
    coded = f" CHECKPOINT:{json.loads(kept)['root'].upper()}\n"
    auditor.submit("/journal/checkpoints", {"code": coded})
    assert f"mốc {code} còn nguyên" in auditor.page, "as a reader of the square code gives it"
    on_file = office.world.app.config["SETTINGS"].database_url.startswith("sqlite")
    alter(office, ON_FILE if on_file else ON_SERVER)
    auditor.submit("/journal/checkpoints", {"checkpoint": (io.BytesIO(kept), "kept.json")})
    assert f"không khớp mốc {code}" in auditor.page
    auditor.submit("/journal/checkpoints", {"code": coded})
    assert f"không khớp mốc {code}" in auditor.page


@on_sqlite
@pytest.mark.parametrize("altered", ["heads", "signature"])
def test_a_checkpoint_altered_in_the_database_contradicts_the_printed_code(
    office: Office, altered: str
) -> None:
    office.visit()
    auditor = office.visitor("auditor")
    with office.world.app.app_context():
        jobs.seal()
        root = db.session.scalars(select(SealedHeads.root)).one()
        with write() as session:
            wrong = [["a", 1, "00"]] if altered == "heads" else b"0"
            session.execute(update(SealedHeads).values({altered: wrong}))
    auditor.submit("/journal/checkpoints", {"code": f"CHECKPOINT:{root.upper()}"})
    assert f"không khớp mốc {root[:16]}" in auditor.page
    assert f"checkpoint {'altered' if altered == 'heads' else root[:16]}" in auditor.page


@on_sqlite
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"code": "0123456789abcdef"}, "không có mốc nào mang mã đó"),
        ({"code": "bảy"}, "Hãy chọn tệp mốc"),
        ({}, "Hãy chọn tệp mốc"),
        ({"checkpoint": (io.BytesIO(b"[1]"), "x.json")}, "không phải mốc niêm phong"),
        (
            {"checkpoint": (io.BytesIO(b'{"root": "00", "heads": [["a", 1, "b"]]}'), "x.json")},
            "không phải mốc",
        ),
        ({"checkpoint": (io.BytesIO(bytes(100)), "x.json")}, "không phải mốc niêm phong"),
    ],
)
def test_what_is_no_checkpoint_is_told_apart(office: Office, sent: dict[str, object], words: str) -> None:
    auditor = office.visitor("auditor")
    assert auditor.submit("/journal/checkpoints", dict(sent)).status_code == 422
    assert words in auditor.page


def test_what_an_auditor_opened_stands_in_the_journal_once_a_day(office: Office) -> None:
    desk = office.visitor("desk")
    entered = {
        "petition_kind": "recommendation", "channel": "desk", "received_on": "2026-09-20", "field": "measurement",
        "summary": "cân thiếu",
    }  # fmt: skip
    path = desk.submit("/complaints/new", entered).request.path
    assert readers(office) == []
    auditor = office.visitor("auditor")
    auditor.get(path)
    auditor.get(path)
    desk.get(path)
    assert readers(office) == [office.people["auditor"]]


def readers(office: Office) -> list[object]:
    """Who opened a file, as the journal tells."""
    with office.world.app.app_context():
        return list(db.session.scalars(select(Entry.user).where(Entry.kind == "reading")))
