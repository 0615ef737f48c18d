"""A name that nobody may find: planted where identities are typed and where they do not belong, and looked for in every
page, export, log line, file and table."""

from __future__ import annotations

import io
import json
import logging
import uuid
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from config.extensions import Base, db, snapshot, write
from config.storage import open_storage
from inspection.complaints import keys, sealing
from inspection.journal import export
from inspection.people.endpoints import ENDPOINTS
from inspection.people.permissions import Permission
from inspection.reports import compiling, operations
from inspection.reports.models import Format, ReportKind
from inspection.reports.periods import Period, PeriodKind
from tests.evidence.samples import pdf
from tests.office.conftest import ROLES, Office
from tests.office.test_attachments import attach, attached
from tests.office.test_identities import CANARY, REASON, folder, open_it, sealed_case

ARCHIVE = b"PK"
PIECES = (CANARY, CANARY.encode().hex(), "Hoàng Yến", "0900 000 111")
SCAN = pdf() + b"handwriting of " + CANARY.encode()


def assert_clean(text: str, where: str) -> None:
    for piece in PIECES:
        assert piece not in text, where


@pytest.fixture
def planted(office: Office) -> str:
    """A case with a sealed identity and a scan that its handler has opened, and a phone's operation that carries a name
    where none belongs; the address of the case."""
    path, handler = sealed_case(office), office.visitor("handler")
    assert open_it(handler, path) == 200
    attach(office.visitor("desk"), path, SCAN)
    [(scan, _, _)] = attached(office)
    assert handler.submit(f"{path}/attachments/{scan}", {"reason": REASON}).get_data() == SCAN
    phone = office.world.phone("inspector")
    record = uuid.uuid4()
    box = sealing.seal(keys.current_public_key(folder(office)), json.dumps({"name": CANARY}))
    stray = phone.operation("complaint", f"complaint:{record}", record, petitioner_name=CANARY, sealed=box)
    phone.push(stray)
    return path


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_page_and_no_answer_of_any_role_shows_it(
    office: Office, planted: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    record = planted.rpartition("/")[2]
    asked = 0
    for role in ROLES:
        visitor, phone = office.visitor(role), office.world.phone(role)
        for rule in office.world.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not isinstance(ENDPOINTS[rule.endpoint], Permission):
                continue
            built = rule.build(dict.fromkeys(rule.arguments, record if "uuid:" in rule.rule else "x"))
            assert built is not None
            if rule.rule.startswith("/api/"):
                answer = visitor.client.get(built[1], headers=phone.headers)
            else:
                answer = visitor.get(built[1])
            assert answer.status_code < 500, (role, built[1])
            content = answer.get_data()
            shown = _text_of(content) if content.startswith(ARCHIVE) else content.decode()
            assert_clean(shown, f"{role} {built[1]}")
            asked += 1
        assert_clean(json.dumps(phone.pull_all(), ensure_ascii=False), f"{role} pull")
    assert asked > 200
    client = office.world.app.test_client()
    assert_clean(client.get("/metrics").get_data(as_text=True), "metrics")
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert_clean(text, "log")
    assert REASON in office.visitor("auditor").get(planted).get_data(as_text=True)


def test_no_table_no_export_no_document_and_no_backup_holds_it(
    office: Office, planted: str, tmp_path: Path
) -> None:
    app = office.world.app
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert_clean(str(row), table.name)
        with snapshot() as session:
            assert_clean(b"".join(export.lines(session, values=True)).decode(), "journal export")
        period = Period(PeriodKind.RANGE, date(2026, 9, 1), date(2026, 9, 30))
        report = _compile(office, period)
        settings = app.config["SETTINGS"]
        for kept in operations.files_of(db.session(), report):
            with open_storage(settings.storage_url).open(kept.key) as stream:
                assert_clean(_text_of(stream.read()), kept.format)
    backup = app.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "backups")])
    assert backup.exit_code == 0, backup.output
    looked_at = 0
    for place in (folder(office), tmp_path / "backups"):
        for file in place.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert CANARY.encode() not in content, file.name
                assert SCAN[:24] not in content, file.name
                looked_at += len(content) == len(SCAN) + 28
    assert looked_at == 2, "the sealed scan, and its backup"


def _compile(office: Office, period: Period) -> uuid.UUID:
    with write() as session:
        report = operations.order(
            session,
            jurisdiction=office.world.jurisdiction,
            kind=ReportKind.COMPLAINT_REGISTER,
            period=period,
            formats=list(Format),
            ordered_by=None,
        ).id
    compiling.compile_report(report, open_storage(office.world.app.config["SETTINGS"].storage_url))
    return report


def _text_of(content: bytes) -> str:
    """Everything readable in a PDF, or in the archive that a Word or Excel file is."""
    if not content.startswith(ARCHIVE):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
