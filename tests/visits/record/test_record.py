"""A visit record from the draft to the amended copy: what is signed stays, what comes later shows."""

from __future__ import annotations

import io
import subprocess
import uuid
from pathlib import Path
from typing import Any

import docx
import pytest

from config.extensions import db
from inspection.checklists.reference import editions
from inspection.visits.record.content import code_of, digest, fingerprint
from inspection.visits.record.gathering import gathered
from inspection.visits.record.standing import standing_of
from tests.office.conftest import Office
from tests.reports.test_documents import text_of
from tests.visits.record.samples import Visited, visited

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def content_now(made: Visited) -> tuple[dict[str, Any], str]:
    with made.office.world.app.app_context():
        content = gathered(db.session(), made.id)
        assert content is not None
        return content, digest(content)


def pdf_text(made: Visited, folder: Path) -> str:
    answer = made.office.visitor("manager").get(f"/visits/{made.visit}/record.pdf")
    assert answer.status_code == 200
    return " ".join(text_of(answer.data, folder).split())


def word_text(made: Visited) -> str:
    answer = made.office.visitor("manager").get(f"/visits/{made.visit}/record.docx")
    word = docx.Document(io.BytesIO(answer.data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_a_record_nobody_signed_is_a_draft_with_everything_on_it(office: Office, tmp_path: Path) -> None:
    made = visited(office)
    assert "DỰTHẢO" in pdf_text(made, tmp_path).replace(" ", "")
    text = word_text(made)
    for words in (
        "BIÊN BẢN",
        "08 giờ 05 phút",
        "Chưa có giấy xác nhận tập huấn của 02 người chế biến",
        "Nghị định 115/2018/NĐ-CP",
        "Tiêu hủy",
        "Cơ sở sẽ bổ sung giấy xác nhận trong tuần.",
        "Ảnh chưa về",
        "Cân số 1",
    ):
        assert words in text, words


def test_a_signed_record_refuses_a_silent_change(office: Office, tmp_path: Path) -> None:
    made = visited(office)
    content, signed = content_now(made)
    assert [one["status"] for one in made.sign(content, signed)] == ["applied", "applied"]
    refusal = {"name": "Nguyễn Thị Quê", "strokes": None, "refused": True, "refusal_reason": "Không đồng ý"}
    made.sign(content, signed, "establishment", **refusal, witnesses=["Trần Văn Tổ, tổ trưởng dân phố"])
    printed, before = pdf_text(made, tmp_path), word_text(made)
    assert "DỰTHẢO" not in printed.replace(" ", "")
    assert signed in printed
    assert "Từ chối ký: Không đồng ý" in before
    assert "Người chứng kiến: Trần Văn Tổ, tổ trưởng dân phố" in before
    assert signed in before

    changed = made.phone.operation(
        "violation",
        office.scope,
        uuid.UUID(made.violation),
        base="0",
        description="03 người chưa được tập huấn",
    )
    assert made.phone.push(changed)[0]["status"] in {"applied", "merged"}

    after = word_text(made)
    assert "BỔSUNGSAUKHIKÝ" in pdf_text(made, tmp_path).replace(" ", "")
    assert "02 người trực tiếp chế biến chưa được tập huấn" in after
    assert "BỔ SUNG SAU KHI KÝ" in after
    assert "03 người chưa được tập huấn" in after
    assert signed in after
    with office.world.app.app_context():
        standing = standing_of(db.session(), made.id)
        assert standing is not None
        assert [one.number for one in standing.amendments] == [1]
        assert [(one.part, one.field) for one in standing.differences] == [("violation", "description")]
        assert standing.whole


@on_sqlite
def test_what_was_signed_cannot_be_written_over(office: Office) -> None:
    made = visited(office)
    content, signed = content_now(made)
    frozen, signature = made.sign(content, signed)
    records = made.phone.pull_all()
    keys = {
        change["kind"]: change
        for change in records.values()
        if change["kind"] in ("frozen_record", "signature")
    }
    forged = content | {"unit": "Xã khác"}
    results = made.phone.push(
        made.phone.operation("frozen_record", office.scope, keys["frozen_record"]["record"], content=forged),
        made.phone.operation("signature", office.scope, keys["signature"]["record"], digest="0" * 64),
        made.phone.operation(
            "frozen_record", office.scope, keys["frozen_record"]["record"], voided={"reason": "x"}
        ),
    )
    assert [one["status"] for one in results] == ["rejected"] * 3, results
    assert (frozen["status"], signature["status"]) == ("applied", "applied")


@on_sqlite
def test_the_same_record_gives_the_same_bytes_and_word_opens_it(office: Office) -> None:
    made = visited(office)
    content, signed = content_now(made)
    made.sign(content, signed)
    manager = office.visitor("manager")
    for kind in ("pdf", "docx"):
        first, second = (manager.get(f"/visits/{made.visit}/record.{kind}").data for _ in range(2))
        assert first == second
    word = docx.Document(io.BytesIO(manager.get(f"/visits/{made.visit}/record.docx").data))
    cells = " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert "Nguyễn Thị Quê" in cells
    assert len(word.inline_shapes) == 1
    assert manager.get(f"/visits/{made.visit}/record.exe").status_code == 404


@on_sqlite
def test_libreoffice_opens_the_word_file_with_the_drawn_signature(office: Office, tmp_path: Path) -> None:
    made = visited(office)
    content, signed = content_now(made)
    made.sign(content, signed)
    source = tmp_path / "record.docx"
    source.write_bytes(office.visitor("manager").get(f"/visits/{made.visit}/record.docx").data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)
    text = " ".join(text_of((tmp_path / "record.pdf").read_bytes(), tmp_path).split())
    assert "BIÊN BẢN" in text
    assert "Nguyễn Thị Quê" in text


@on_sqlite
def test_the_office_confirms_a_copy_by_its_code(office: Office) -> None:
    made = visited(office)
    content, signed = content_now(made)
    manager = office.visitor("manager")
    code = code_of(made.visit, signed)
    manager.get(f"/confirm?code={code}")
    assert "Chưa về đến máy chủ" in manager.page
    made.sign(content, signed)
    for typed in (code, fingerprint(signed), signed[:16], f"  {code.lower()} "):
        manager.get("/confirm?code=" + typed.replace(" ", "%20"))
        assert "Khớp với biên bản đã ký" in manager.page, typed
    manager.get(f"/confirm?code={code_of(made.visit, 'f' * 64)}")
    assert "được ký với nội dung khác" in manager.page
    manager.get("/confirm?code=xin+chào")
    assert "Không phải mã đối chiếu" in manager.page
    made.phone.push(made.phone.operation("visit", office.scope, made.id, note="Đã sửa"))
    manager.get(f"/confirm?code={code}")
    for words in ("Không còn như khi ký", "Quầy hàng sạch, thoáng.", "Đã sửa"):
        assert words in manager.page


@on_sqlite
def test_a_content_that_is_not_what_its_digest_says_is_called_damaged(office: Office) -> None:
    made = visited(office)
    content, signed = content_now(made)
    made.sign(content | {"unit": "Xã bịa đặt"}, signed)
    manager = office.visitor("manager")
    manager.get(f"/visits/{made.visit}")
    assert "không khớp mã đã ký" in manager.page
    manager.get(f"/confirm?code={signed}")
    assert "Không còn như khi ký" in manager.page


@on_sqlite
def test_a_signature_without_its_content_is_taken_and_said_to_be_so(office: Office) -> None:
    made = visited(office)
    _, signed = content_now(made)
    result = made.phone.push(
        made.phone.operation(
            "signature", office.scope, visit=made.visit, party="team", name="Lê Văn Lan", digest=signed
        )
    )
    assert result[0]["status"] == "applied"
    manager = office.visitor("manager")
    manager.get(f"/visits/{made.visit}")
    assert "Nội dung đã ký chưa về đến máy chủ" in manager.page
    manager.get(f"/confirm?code={signed}")
    assert "Khớp với biên bản đã ký" in manager.page


@on_sqlite
def test_nobody_reads_a_record_of_another_district(office: Office) -> None:
    made = visited(office)
    content, signed = content_now(made)
    made.sign(content, signed)
    inspector = office.visitor("auditor")
    assert inspector.get(f"/visits/{made.visit}/record.pdf").status_code == 403
    assert inspector.get(f"/confirm?code={signed}").status_code == 403


@on_sqlite
def test_answers_by_choice_and_by_date_are_on_the_record_in_words(office: Office) -> None:
    made = visited(office)
    labels = next(one for one in editions() if (one.code, one.edition) == ("NH", 2))
    office.world.add("checklist", office.world.reference, labels.id, **labels.record())
    asked: dict[str, Any] = {"visit": made.visit, "checklist": str(labels.id)}
    chosen = made.phone.operation("answer", office.scope, **asked, item="NH-N01", chosen=["n02"])
    dated = made.phone.operation("answer", office.scope, **asked, item="NH-C99", day="2026-09-01")
    assert [each["status"] for each in made.phone.push(chosen, dated)] == ["applied", "applied"]
    text = word_text(made)
    assert "2. Thực phẩm" in text
    assert "01/09/2026" in text
