"""A source with faults is refused before anything is sent, with file, line and reason, all faults at once."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.replay.source import SourceError, read

SAMPLE = Path(__file__).parent / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "source"))


def change(folder: Path, name: str, edit: Callable[[list[str]], None]) -> None:
    path = folder / f"{name}.csv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    edit(lines)
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def refusal(folder: Path) -> str:
    with pytest.raises(SourceError) as refused:
        read(folder)
    return str(refused.value)


def test_the_sample_is_read_whole(folder: Path) -> None:
    assert read(folder).inspections


def test_broken_rows_of_several_files_are_named_together(folder: Path) -> None:
    change(folder, "inspections", lambda lines: lines.__setitem__(3, lines[3] + ",thừa"))
    change(folder, "inspections", lambda lines: lines.__setitem__(5, lines[5].replace("-", "/", 1)))
    change(folder, "establishments", lambda lines: lines.__setitem__(2, "chỉ một ô"))
    said = refusal(folder)
    assert "inspections.csv.gz:4: số ô" in said
    assert "inspections.csv.gz:6: ngày" in said
    assert "establishments.csv.gz:3: số ô" in said


def test_a_quote_that_never_closes_is_refused(folder: Path) -> None:
    change(folder, "inspections", lambda lines: lines.__setitem__(4, lines[4].replace(",", ',"', 1)))
    assert "inspections.csv.gz" in refusal(folder)


def test_a_missing_column_and_a_missing_file_are_named(folder: Path) -> None:
    change(folder, "inspections", lambda lines: lines.__setitem__(0, lines[0].replace("inspectorid", "ai")))
    (folder / "establishments.csv.gz").unlink()
    said = refusal(folder)
    assert "missing column: inspectorid" in said
    assert "establishments.csv.gz: không tìm thấy" in said


def test_a_file_that_is_no_gzip_or_was_cut_is_refused(folder: Path) -> None:
    (folder / "violations.csv.gz").write_bytes(b"not gzip")
    cut = (folder / "inspections.csv.gz").read_bytes()[:-20]
    (folder / "inspections.csv.gz").write_bytes(cut)
    said = refusal(folder)
    assert "violations.csv.gz: không đọc được" in said
    assert "inspections.csv.gz: không đọc được" in said
