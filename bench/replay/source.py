"""The published CSV files, as inspections with their violations and establishments. Values are kept as
published."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


class SourceError(Exception):
    """A folder does not hold the files that a replay needs; the message names what is missing."""


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


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a gzipped CSV file in UTF-8, line breaks within a cell as they are.

    :raises SourceError: when there is no such file.
    """
    if not path.is_file():
        raise SourceError(str(path))
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read(folder: Path) -> Source:
    """Read ``establishments``, ``inspections`` and ``violations`` from a folder.

    :raises SourceError: when one of them is missing.
    """
    found: dict[str, list[Found]] = defaultdict(list)
    for row in rows(folder / "violations.csv.gz"):
        found[row["inspectionid"]].append(
            Found(
                row["violation_code"], row["violation_description"], row["violation_type"], row["corrected"]
            )
        )
    inspections = [
        Inspection(
            id=row["inspectionid"],
            establishment=row["establishmentid"],
            day=datetime.fromisoformat(row["inspection_date"]).date(),
            purpose=row["inspection_type"],
            inspector=row["inspectorid"],
            compliant=row["in_compliance"] == "Yes",
            found=tuple(found.get(row["inspectionid"], ())),
        )
        for row in rows(folder / "inspections.csv.gz")
    ]
    inspections.sort(key=lambda inspection: (inspection.day, int(inspection.id)))
    establishments = {row["establishmentid"]: row for row in rows(folder / "establishments.csv.gz")}
    return Source(tuple(inspections), establishments)
