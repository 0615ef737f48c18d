"""``flask reports …``."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import update

from config.extensions import write
from inspection.reports.models import Report
from tests.reports.conftest import District

PERIOD = json.dumps({"kind": "quarter", "year": 2022, "number": 3})


def run(district: District, *words: str) -> tuple[int, str]:
    result = district.app.test_cli_runner().invoke(args=["reports", *words])
    return result.exit_code, result.output


def test_a_report_can_be_compiled_at_once_and_made_again_to_the_byte(busy: District) -> None:
    code, output = run(
        busy, "compile", "violation_summary", PERIOD, "--jurisdiction", str(busy.world.jurisdiction)
    )
    assert code == 0, output
    report, status = output.split()[:2]
    assert status == "done"
    busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    code, output = run(busy, "reproduce", report)
    assert (code, output.count(": same")) == (0, 4), output


def test_a_document_that_differs_from_what_was_issued_is_found(busy: District) -> None:
    report = busy.order()
    busy.compile(report)
    with busy.app.app_context(), write() as session:
        session.execute(update(Report).values(revision=7))
    code, output = run(busy, "reproduce", str(report))
    assert (code, output.count("DIFFERS")) == (1, 3), output
    with busy.app.app_context(), write() as session:
        session.execute(update(Report).values(renderer="layout 0"))
    code, output = run(busy, "reproduce", str(report))
    assert (code, output.count("other versions")) == (0, 3), output


def test_an_order_can_be_called_back_until_it_is_done(busy: District) -> None:
    report = busy.order()
    assert run(busy, "cancel", str(report))[0] == 0
    assert run(busy, "cancel", str(report))[0] == 1
    assert busy.report(report).status == "cancelled"


def test_a_period_that_is_none_is_refused(busy: District) -> None:
    code, output = run(busy, "compile", "violation_summary", "{}", "--jurisdiction", str(uuid.uuid4()))
    assert code == 1
    assert "kind" in output
