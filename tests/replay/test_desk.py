"""The complaint desk of a replay."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from bench.replay.desk import Desk, Petition, petitions
from tests.replay.scripted import Scripted

HEAD = "Record ID,Intake Date,Intake Channel,Business Category,Complaint Code,Business Name\n"
LINES = """2,2023-07-25,Online,Supermarket,Scale Inaccurate/Broken,Big Market
1,2023-07-24,311,Restaurant,Overcharge; -,Corner Grill
3,2023-07-26,Walk-In,Misc Non-Food Retail,Overcharge,Shirts
4,2023-07-27,Hardcopy,Grocery-Retail,-,
"""


def written(folder: Path) -> list[Petition]:
    (folder / "consumer_complaints.csv.gz").write_bytes(gzip.compress((HEAD + LINES).encode()))
    return petitions(folder)


def test_petitions_about_inspected_trades_come_by_day_in_the_products_words(tmp_path: Path) -> None:
    found = [petition.fields for petition in written(tmp_path)]

    assert [fields["note"] for fields in found] == ["1", "2", "4"]
    assert found[0] == {
        "petition_kind": "complaint",
        "channel": "phone",
        "received_on": "2023-07-24",
        "field": "other",
        "summary": "Restaurant: Overcharge",
        "subject_name": "Corner Grill",
        "note": "1",
    }
    assert (found[1]["petition_kind"], found[1]["field"]) == ("denunciation", "measurement")
    assert found[2]["summary"] == "Grocery-Retail: Unknown"


class Register:
    """A register that loses answers."""

    def __init__(self, lost: int, *, entered: bool) -> None:
        self.lines: list[dict[str, Any]] = []
        self.entered = entered
        self.line = Scripted(complaints=self.answer)
        self.line.broken = lost

    def answer(self, body: Any) -> Any:
        if body is None:
            after = int(self.line.sent[-1][0].rpartition("=")[2])
            return [line for line in self.lines if line["fields"]["register_number"] > after]
        line = {"fields": {**body["fields"], "register_number": len(self.lines) + 1}}
        if self.entered or not self.line.broken:
            self.lines.append(line)
        return line


def test_a_petition_whose_answer_was_lost_is_entered_once(tmp_path: Path) -> None:
    register = Register(1, entered=True)
    desk = Desk(register.line)
    desk.work(written(tmp_path))

    assert desk.faults(written(tmp_path)) == []
    assert (desk.entered, desk.asked, len(register.lines)) == (3, 1, 3)


def test_a_petition_that_never_arrived_is_entered_again(tmp_path: Path) -> None:
    register = Register(1, entered=False)
    desk = Desk(register.line)
    desk.work(written(tmp_path))

    assert desk.faults(written(tmp_path)) == []
    assert (desk.entered, desk.asked, len(register.lines)) == (3, 1, 3)


def test_a_missing_petition_is_found(tmp_path: Path) -> None:
    register = Register(0, entered=True)
    desk = Desk(register.line)
    desk.work(written(tmp_path))
    del register.lines[1]

    assert len(desk.faults(written(tmp_path))) == 2
