"""The complaint desk: enters petitions one after another through the register's own API.

A petition is not an operation of a phone: the API gives each request a new record. So the desk does what a
clerk does when the connection breaks in the middle: it looks whether the petition is in the register before
entering it again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.replay.line import BrokenError, Line, RefusedError
from bench.replay.mapping import text
from bench.replay.source import Faults, rows

FILE = "consumer_complaints.csv.gz"
TRADES = ("Restaurant", "Supermarket", "Grocery", "Gas Station", "Fuel Oil", "Food", "Vend")
NOT_THOSE = ("Non-Food",)
"""The trades that an interagency team inspects; about the others this desk has nothing to enter."""

CHANNELS = {
    "311": "phone",
    "Phone": "phone",
    "Online": "online",
    "Email/Fax": "online",
    "Hardcopy": "post",
    "Walk-In": "desk",
    "Cloned": "forwarded",
    "External Affairs": "forwarded",
}
FIELDS = (
    ("measurement", ("Scale", "Device", "Weigh", "Measure", "Pump", "Octane")),
    ("labels", ("Label", "Advertising", "Price Not Posted", "Sign", "Misleading")),
    ("food_safety", ("Expir", "Food", "Sanit")),
    ("quality", ("Defective", "Damaged", "Quality")),
)
BREACHES = ("Unlicensed", "Prohibited", "Condemned", "Gouging", "Inaccurate")
GRIEVANCES = ("Overcharge", "Billing", "Refund", "Breach of Contract", "Contract")
PAGE = 500
COLUMNS = ("Record ID", "Intake Date", "Intake Channel", "Business Category", "Complaint Code")


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition; ``mark`` tells it apart in the register."""

    mark: str
    fields: Mapping[str, Any]


def petitions(folder: Path) -> list[Petition]:
    """The petitions of a folder about trades that are inspected, by day of intake. There is no personal
    identity in them.

    :raises SourceError: naming every row that cannot be read.
    """
    faults = Faults()
    found = [
        (row["Intake Date"], _petition(row))
        for _, row in rows(folder / FILE, faults, COLUMNS)
        if _inspected(row["Business Category"])
    ]
    faults.stop()
    return [petition for _, petition in sorted(found, key=lambda pair: (pair[0], pair[1].mark))]


def _inspected(trade: str) -> bool:
    return any(word in trade for word in TRADES) and not any(word in trade for word in NOT_THOSE)


def kind_of(code: str) -> str:
    """The kind that a desk gives to a complaint code."""
    if any(word in code for word in BREACHES):
        return "denunciation"
    return "complaint" if any(word in code for word in GRIEVANCES) else "recommendation"


def _petition(row: Mapping[str, str]) -> Petition:
    code, mark = row["Complaint Code"].strip(" ;-"), row["Record ID"]
    field = next((name for name, words in FIELDS if any(word in code for word in words)), "other")
    fields = {
        "petition_kind": kind_of(code),
        "channel": CHANNELS.get(row["Intake Channel"], "desk"),
        "received_on": row["Intake Date"],
        "field": field,
        "summary": f"{row['Business Category']}: {code or 'Unknown'}",
        "subject_name": text(row["Business Name"], 300),
        "note": mark,
    }
    return Petition(mark, {name: value for name, value in fields.items() if value is not None})


class Desk:
    """One officer at the register. ``entered`` counts what the register has, ``asked`` how often it had to be
    looked up."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._last: dict[int, int] = {}
        self.entered = 0
        self.asked = 0

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def work(self, waiting: Sequence[Petition]) -> None:
        """Enter all of them."""
        for petition in waiting:
            self._enter(petition)

    def _enter(self, petition: Petition) -> None:
        year = int(petition.fields["received_on"][:4])
        while True:
            try:
                status, body, wait = self._line.once("POST", "/api/complaints", {"fields": petition.fields})
            except BrokenError:
                status, body, wait = 0, None, 0
            if status == 429:  # no clerk types so fast, and the server says so
                time.sleep(wait)
                continue
            if status == 201:
                self._note(year, body)
                return
            if 0 < status < 500:
                raise RefusedError("/api/complaints", status, body)
            self.asked += 1
            for line in self._after(year, self._last.get(year, 0)):
                if line["fields"]["note"] == petition.mark:
                    self._note(year, line)
                    return

    def _note(self, year: int, line: Mapping[str, Any]) -> None:
        self._last[year] = line["fields"]["register_number"]
        self.entered += 1

    def _after(self, year: int, number: int) -> list[dict[str, Any]]:
        path = f"/api/complaints?year={year}&after={number}"
        lines: list[dict[str, Any]] = self._line.call("GET", path).body
        return lines

    def register(self, year: int) -> Iterator[dict[str, Any]]:
        """The lines of a year's register."""
        number = 0
        while lines := self._after(year, number):
            yield from lines
            number = lines[-1]["fields"]["register_number"]

    def faults(self, entered: Sequence[Petition]) -> list[str]:
        """Compare the register with what was entered: every petition once, numbers from 1 without a gap."""
        problems = []
        for year in sorted({petition.fields["received_on"][:4] for petition in entered}):
            lines = list(self.register(int(year)))
            marks = [petition.mark for petition in entered if petition.fields["received_on"].startswith(year)]
            if sorted(line["fields"]["note"] for line in lines) != sorted(marks):
                problems.append(f"register {year}: {len(lines)} lines for {len(marks)} petitions")
            if [line["fields"]["register_number"] for line in lines] != list(range(1, len(lines) + 1)):
                problems.append(f"register {year}: the numbers have gaps")
        return problems
