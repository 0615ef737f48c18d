"""The table of ASVS names every requirement once, and only tests and files that exist."""

from __future__ import annotations

import re

import pytest

from bin.install import ROOT

TEXT = (ROOT / "docs" / "asvs.md").read_text()
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| V\d", line)]
NAMED = re.compile(r"`((?:tests|inspection|config|sync|tasks|deploy)/[\w./-]+)(?:::(\w+))?`|`::(\w+)`")


def test_every_row_says_whether_it_holds_and_why() -> None:
    assert len(ROWS) > 130
    for row in ROWS:
        _, requirement, holds, words, _ = row.split("|")
        assert holds.strip() in {"Yes", "Part", "No", "–"}, requirement
        assert words.strip(), requirement


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].split()[0])
def test_what_a_row_names_exists(row: str) -> None:
    file = ""
    for path, test, more in NAMED.findall(row):
        file = path or file
        assert (ROOT / file).exists(), file
        name = test or more
        if name:
            assert f"def {name}(" in (ROOT / file).read_text(), f"{file}::{name}"


def test_every_chapter_is_there_in_order() -> None:
    chapters = [int(re.match(r"\| V(\d+)", row)[1]) for row in ROWS]  # type: ignore[index]  # each row matches
    assert chapters == sorted(chapters)
    assert set(chapters) == set(range(1, 18))
