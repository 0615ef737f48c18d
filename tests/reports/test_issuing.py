"""A draft is issued: number and day first, then the signature over both; what was issued stays and is revised in the
open."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta

import docx
import pytest
from openpyxl import load_workbook

from config.errors import Refusal
from config.extensions import db
from inspection.documents.numbers import long_date
from inspection.reports import operations
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import Format
from inspection.reports.periods import PeriodKind, legal
from tests.office.browsing import Visitor
from tests.reports.conftest import REGISTER, District
from tests.reports.test_commands import run
from tests.reports.test_delivering import letters, recipient

YEAR = legal(PeriodKind.YEAR, 2022)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def today() -> date:
    return datetime.now(VIETNAM).date()


def draft(district: District, **ordered: object) -> uuid.UUID:
    made = district.order(**ordered)  # type: ignore[arg-type]  # the fields of an order
    district.compile(made)
    return made


def words(content: bytes) -> str:
    """The head and the text of a Word file."""
    word = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables[:1] for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in word.paragraphs)])


def test_an_issued_report_carries_its_number_and_day_and_its_draft_stays(busy: District) -> None:
    first = draft(busy)
    kept = busy.files(first)
    issued = busy.issue(first, 5)
    busy.compile(issued)
    assert "Số:\u2003\u2003/BC-UBND" in words(busy.content(first, "docx"))
    said = words(busy.content(issued, "docx"))
    assert "Số: 05/BC-UBND" in said
    assert f"Thanh Liêm, {long_date(today())}" in said
    assert f"(Kèm theo Báo cáo số 05/BC-UBND {long_date(today())} của UBND huyện Thanh Liêm)" in said
    cover = load_workbook(io.BytesIO(busy.content(issued, "xlsx")))["Báo cáo"]
    assert cover["A2"].value == f"BÁO CÁO số 05/BC-UBND {long_date(today())}"
    assert busy.files(first) == kept
    now, before = busy.report(issued), busy.report(first)
    assert (now.figures, now.checkpoint, now.revision) == (before.figures, before.checkpoint, before.revision)
    assert (now.superseded, before.superseded) == (False, True)


@on_sqlite
def test_an_issued_report_is_made_again_to_the_byte_and_a_draft_is_never_signed(busy: District) -> None:
    first = draft(busy, formats=[Format.DOCX])
    issued = busy.issue(first)
    busy.compile(issued)
    assert sorted(busy.files(issued)) == ["docx", "pdf"], "there is always something to sign"
    code, output = run(busy, "reproduce", str(issued))
    assert code == 0, output
    assert "docx: same" in output
    assert "pdf: same" in output
    with busy.app.app_context():
        assert operations.signature_of(db.session(), first) is None


@on_sqlite
def test_issuing_mails_what_may_be_passed_on_and_a_draft_says_that_it_may_not(busy: District) -> None:
    recipient(busy, "tinh@example.vn")
    first = draft(busy)
    issued = busy.issue(first, 112)
    busy.compile(issued)
    (letter,) = letters(busy)
    assert f"Tài liệu kèm theo là báo cáo số 112/BC-UBND {long_date(today())}, dùng được ngay" in letter.text
    assert sorted(one["name"] for one in letter.attachments) == [
        f"bao-cao-kiem-tra_2022-09-14_ban-1_so-112.{ending}" for ending in ("docx", "pdf", "xlsx")
    ]


@on_sqlite
def test_a_number_is_given_once_a_year_and_a_draft_is_issued_once(busy: District) -> None:
    first, register = draft(busy), draft(busy, kind=REGISTER)
    busy.issue(first, 15)
    for report, number, day, code in (
        (first, 16, today(), "report_issued"),
        (register, 15, today(), "wrong_document_number"),
        (register, None, today() + timedelta(days=1), "wrong_document_date"),
        (register, None, today() - timedelta(days=1), "wrong_document_date"),
    ):
        with pytest.raises(Refusal) as refused:
            busy.issue(report, number, day)
        assert refused.value.code == code
    busy.issue(register, None)
    year = draft(busy, period=YEAR)
    for number, code in (
        (15, "document_number_taken"),
        (None, "wrong_document_number"),
        (0, "wrong_document_number"),
        (100_000, "wrong_document_number"),
    ):
        with pytest.raises(Refusal) as refused:
            busy.issue(year, number)
        assert refused.value.code == code
    busy.issue(year, 16)


@on_sqlite
def test_a_revision_names_the_document_that_it_replaces_and_replaces_it_when_it_is_issued(
    busy: District,
) -> None:
    first = draft(busy, formats=[Format.DOCX])
    issued = busy.issue(first, 15)
    busy.compile(issued)
    busy.visit(busy.world.establishment("Bánh cuốn Chín"), "2022-07-07")
    again = draft(busy, formats=[Format.DOCX])
    replaced = f"Báo cáo số 15/BC-UBND {long_date(today())}"
    assert (busy.report(again).revision, busy.report(again).replaces) == (2, replaced)
    assert f"thay thế {replaced}." in words(busy.content(again, "docx"))
    assert not busy.report(issued).superseded, "a draft takes the place of nothing that was issued"
    second = draft(busy, formats=[Format.DOCX])
    assert (busy.report(second).revision, busy.report(again).superseded) == (2, True)
    revised = busy.issue(second, 16)
    busy.compile(revised)
    assert busy.report(issued).superseded


@on_sqlite
def test_the_office_issues_a_draft_and_what_was_typed_wrongly_is_shown_again(busy: District) -> None:
    first = draft(busy, formats=[Format.PDF])
    busy.world.person("manager", "manager")
    manager = Visitor(busy.app)
    manager.sign_in("manager")
    path = f"/reports/{first}"
    manager.get(path)
    assert "Dự thảo" in manager.page
    for number, day, said in (
        ("mười lăm", today().isoformat(), "từ 1 đến 99999"),
        ("", today().isoformat(), "từ 1 đến 99999"),
        ("15", "hôm qua", "Ngày văn bản không được"),
        ("15", "2022-09-14", "Ngày văn bản không được"),
    ):
        answer = manager.submit(f"{path}/issue", {"document_number": number, "document_date": day})
        assert answer.status_code in (409, 422)
        assert said in manager.page
        assert f'value="{number}"' in manager.page
    answer = manager.submit(f"{path}/issue", {"document_number": "15", "document_date": today().isoformat()})
    issued = answer.request.path.rpartition("/")[2]
    busy.compile(uuid.UUID(issued))
    manager.get(path)
    assert f"/reports/{issued}" in manager.page
    assert "Đã phát hành" in manager.page
    manager.get(f"/reports/{issued}")
    assert "Số 15, ngày" in manager.page
