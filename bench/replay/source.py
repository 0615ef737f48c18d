"""The published CSV files, as inspections with their violations and establishments. Values are kept as
published."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

MOST_FAULTS = 20
"""Faults that are told at once; the rest is counted."""


class SourceError(Exception):
    """A folder does not hold what a replay needs; the message names every file that is missing and every row that
    cannot be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the violations; rows that repeat each other are separate violations."""

    code: str
    description: str
    severity: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection by one inspector on one day."""

    id: str
    establishment: str
    day: date
    purpose: str
    inspector: str
    compliant: bool
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The inspections in order of day and number, and the rows of all establishments by their number."""

    inspections: tuple[Inspection, ...]
    establishments: dict[str, dict[str, str]]


@dataclass
class Faults:
    """What is wrong with the files, collected so that it is told all at once."""

    told: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int, problem: str) -> None:
        """Note what is wrong at a line of a file."""
        self.told.append(f"{path.name}:{line}: {problem}")

    def stop(self) -> None:
        """End here if there was a fault.

        :raises SourceError: with the first faults.
        """
        if self.told:
            more = len(self.told) - MOST_FAULTS
            shown = self.told[:MOST_FAULTS] + ([f"… (+{more})"] if more > 0 else [])
            raise SourceError("\n  ".join(["", *shown]))


def rows(path: Path, faults: Faults, needed: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a gzipped CSV file in UTF-8 with their line numbers, line breaks within a cell as they are. A row
    with another number of cells than the heading, and a heading without a ``needed`` column, are faults."""
    if not path.is_file():
        faults.told.append(f"{path}: không tìm thấy / not found")
        return
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for name in set(needed) - set(reader.fieldnames or ()):
                faults.add(path, 1, f"thiếu cột / missing column: {name}")
                return
            for row in reader:
                if None in row or None in row.values():
                    faults.add(
                        path, reader.line_num, "số ô khác dòng tiêu đề / cells differ from the heading"
                    )
                else:
                    yield reader.line_num, row
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
        faults.told.append(f"{path.name}: không đọc được / unreadable: {problem}")


def read(folder: Path) -> Source:
    """Read ``establishments``, ``inspections`` and ``violations`` from a folder.

    :raises SourceError: naming every file that is missing and every row that cannot be read.
    """
    faults = Faults()
    found: dict[str, list[Found]] = defaultdict(list)
    columns = ("violation_code", "violation_description", "violation_type", "corrected")
    for _, row in rows(folder / "violations.csv.gz", faults, ("inspectionid", *columns)):
        code, description, severity, corrected = (row[name] for name in columns)
        found[row["inspectionid"]].append(Found(code, description, severity, corrected))
    inspections = list(_inspections(folder / "inspections.csv.gz", found, faults))
    inspections.sort(key=lambda inspection: (inspection.day, int(inspection.id)))
    named = rows(folder / "establishments.csv.gz", faults, ("establishmentid",))
    establishments = {row["establishmentid"]: row for _, row in named}
    faults.stop()
    return Source(tuple(inspections), establishments)


def _inspections(path: Path, found: Mapping[str, list[Found]], faults: Faults) -> Iterator[Inspection]:
    columns = ("establishmentid", "inspection_type", "inspectorid", "in_compliance")
    for line, row in rows(path, faults, ("inspectionid", "inspection_date", *columns)):
        try:
            day = datetime.fromisoformat(row["inspection_date"]).date()
            int(row["inspectionid"])
        except ValueError:
            faults.add(path, line, "ngày hoặc số không đọc được / unreadable date or number")
            continue
        establishment, purpose, inspector, compliant = (row[name] for name in columns)
        seen = tuple(found.get(row["inspectionid"], ()))
        yield Inspection(
            row["inspectionid"], establishment, day, purpose, inspector, compliant == "Yes", seen
        )
