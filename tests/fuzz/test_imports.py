"""What comes from outside is taken or refused with reasons, never half."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.fuzz import imports
from tests.fuzz.doors import send_packed, send_uploads, send_workbooks

EXAMPLES = 12
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("name", ["people", "establishments", "checklists"])
def test_a_workbook_is_read_or_everything_that_is_wrong_with_it_is_said(name: str) -> None:
    [(check, books)] = [(check, books) for found, check, books in imports.readers() if found == name]
    imports.run(check, books, EXAMPLES * 3, None)


@on_sqlite
def test_no_file_makes_a_page_fail_and_a_refused_one_leaves_nothing(app: Flask) -> None:
    send_workbooks(app, EXAMPLES, None)


@on_sqlite
def test_a_packed_body_is_read_whole_or_refused_whole(app: Flask) -> None:
    send_packed(app, EXAMPLES, None)


@on_sqlite
def test_an_upload_that_is_meddled_with_stores_what_was_announced_or_nothing(app: Flask) -> None:
    send_uploads(app, EXAMPLES, None)
