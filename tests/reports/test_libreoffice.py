"""The Word file is opened by LibreOffice, which nobody here wrote: its tables say what the figures say."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from inspection.documents import docx as word
from inspection.documents.model import cell_text
from inspection.reports.documents import compose
from inspection.reports.figures import violation_summary
from tests import services
from tests.reports.samples import CIRCUMSTANCES, COMPLAINTS, QUARTER
from tests.reports.test_lists import RICH


@pytest.mark.slow
def test_libreoffice_opens_the_word_file_and_writes_the_same_cells(tmp_path: Path) -> None:
    summary = compose.summary(violation_summary(replace(RICH, complaints=COMPLAINTS), QUARTER), CIRCUMSTANCES)
    made, again = tmp_path / "summary.docx", tmp_path / "again"
    made.write_bytes(word.render(summary))
    subprocess.run(
        [
            services.program("soffice"),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(again),
            str(made),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    opened = docx.Document(str(again / "summary.docx"))
    printed = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]
    for table in summary.tables():
        heading = [column.heading for column in table.columns]
        cells = [[cell_text(cell) for cell in row] for row in table.rows]
        cells = cells or [[table.empty] * len(heading)]
        assert [heading, *cells] in printed, table.title
