"""The simulated desk of the petitions, on a small file: the tables say what the file says."""

import csv
import gzip
from pathlib import Path

import pytest
from flask import Flask

from bench import petitions
from bench.replay.desk import FILE

RESULTS = [
    ("Referred", "07/24/2023", "Unlicensed"),
    ("No Jurisdiction", "07/24/2023", "Unlicensed"),
    ("Requested Information Not Provided", "09/25/2023", "Overcharge"),
    ("Resolved and Consumer Satisfied - SPF", "09/25/2023", "Overcharge"),
    ("No Consumer Response - NCR", "07/25/2023", "Unlicensed"),
    ("Information Provided", "01/20/2024", "Unknown"),
    ("Information Provided", "", "Unknown"),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_small_file_is_entered_handled_and_counted_without_a_difference(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gzip.open(tmp_path / FILE, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, petitions.COLUMNS)
        writer.writeheader()
        for number, (result, day, code) in enumerate(RESULTS):
            row = dict.fromkeys(petitions.COLUMNS, "x")
            row |= {"Record ID": f"{number}", "Intake Date": "2023-07-20", "Complaint Code": code}
            writer.writerow({**row, "Result": result, "Result Date": day})
    with app.app_context():
        assert petitions.play(list(petitions.read(tmp_path))) == 0
    printed = capsys.readouterr().out
    assert "whole: 9 = 5 = 11+12+13 = 5 = 14+15+16+17 = 5 = 18+22 = 5" in printed
    assert "!" not in printed
