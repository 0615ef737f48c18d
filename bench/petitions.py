"""``python -m bench.petitions <folder>``: enter the folder's consumer complaints in a register of their own, handle
them by a simulated desk, print the petition tables of what came of it, and compare them with a count of the file that
shares no code with the product. Exits 1 on any difference.

The published results stand for what a desk decides: referred is transferred, no jurisdiction is guided, information
that was asked for and not given makes a paper that cannot be processed, the other results settle. There is no
personal identity in the file, and nothing of it is kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy.orm import Session

from bench.replay.desk import CHANNELS, FIELDS, FILE, kind_of
from bench.replay.mapping import text
from bench.replay.source import Faults, rows
from bin.terminal import say
from config.extensions import snapshot, write
from config.settings import from_environment
from inspection.complaints import operations
from inspection.complaints.models import Complaint
from inspection.complaints.rules import Status
from inspection.journal import store
from inspection.journal.operation import Author
from inspection.people.jurisdictions import system_author
from inspection.reports.facts import Jurisdiction
from inspection.reports.periods import Period, PeriodKind, legal
from inspection.reports.petitions import queries
from inspection.reports.petitions.tables import PetitionTables, petition_tables
from wsgi import create_app

COLUMNS = (
    "Record ID",
    "Intake Date",
    "Intake Channel",
    "Business Category",
    "Complaint Code",
    "Business Name",
    "Result Date",
    "Result",
    "Referred To",
)
IN_ONE_GO = 200
"""Petitions in one transaction."""

UNPROCESSABLE = (
    "Requested Information Not Provided",
    "Insufficient Info Received",
    "Duplicate Complaint - DUP",
)
RIGHT = (
    "Resolved and Consumer Satisfied - SPF",
    "Cash Amount - AMT",
    "Credit Card Refund and/or Contract Cancelled - CRC",
)
PARTLY = ("No Satisfactory Agreement - NSA", "No Consumer Response - NCR")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, as far as the desk reads it."""

    mark: str
    received: date
    decided: date | None
    result: str
    receiver: str
    fields: Mapping[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Enter, handle, count, compare, print; 0 when everything agrees."""
    parser = argparse.ArgumentParser(prog="python -m bench.petitions", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    wish = parser.parse_args(arguments)
    entered = list(read(wish.folder))[: wish.limit]
    with tempfile.TemporaryDirectory(prefix="petitions-") as name:
        app = create_app(from_environment({"DATA_DIR": name}))
        with app.app_context():
            upgrade()
            return play(entered)


def play(entered: Sequence[Row]) -> int:
    """Play the desk against the database of the current application."""
    here, began = uuid.uuid4(), time.monotonic()
    for first in range(0, len(entered), IN_ONE_GO):
        with write() as session:
            author = system_author(session, here)
            for row in entered[first : first + IN_ONE_GO]:
                handle(session, author, here, row)
    say(f"{len(entered)} đơn đã vào sổ và xử lý", f"{len(entered)} petitions entered and handled")
    days = [day for row in entered for day in (row.received, row.decided) if day is not None]
    whole = Period(PeriodKind.RANGE, min(days), max(days))
    with snapshot() as session:
        counted = petition_tables(
            queries.cases(session, here, whole.last), whole, Jurisdiction(here, "bench")
        )
        years = [tables_of(session, here, legal(PeriodKind.YEAR, year)) for year in (2022, 2023, 2024)]
        problems = faults(session, here, entered, counted) + chain(entered, years)
    _print(counted, years, time.monotonic() - began)
    for problem in problems:
        print(f"  ! {problem}")
    return 1 if problems else 0


def read(folder: Path) -> Iterator[Row]:
    """The lines of the file by day of intake.

    :raises SourceError: naming every line that cannot be read.
    """
    problems = Faults()
    found = [_row(row) for _, row in rows(folder / FILE, problems, COLUMNS)]
    problems.stop()
    yield from sorted(found, key=lambda row: (row.received, row.mark))


def handle(session: Session, author: Author, here: uuid.UUID, row: Row) -> None:
    """One petition from its receipt to where the file leaves it."""
    record, result = operations.receive(session, author, here, row.fields)
    if result.status not in operations.TAKEN:
        raise ValueError(f"{row.mark}: {result.error}")
    if row.decided is None:
        return
    found = session.get_one(Complaint, record)
    number = {"closing_number": f"{found.register_number}/PC", "ended_on": row.decided.isoformat()}
    if row.result in UNPROCESSABLE:
        _move(
            session,
            author,
            record,
            Status.FILED,
            {**number, "processable": False, "unprocessable_reason": "incomplete"},
        )
    elif row.result == "Referred":
        _move(
            session,
            author,
            record,
            Status.TRANSFERRED,
            {**number, "receiver": row.receiver, "competent": False},
        )
    elif row.result == "No Jurisdiction":
        _move(session, author, record, Status.GUIDED, {**number, "competent": False})
    else:
        _settle(session, author, record, found, row)


def _settle(session: Session, author: Author, record: uuid.UUID, found: Complaint, row: Row) -> None:
    decided = row.decided or row.received
    if found.petition_kind != "recommendation":
        accepted = min(row.received + timedelta(days=7), decided)
        notice = {"accepted_on": accepted.isoformat(), "acceptance_number": f"{found.register_number}/QĐ"}
        _move(session, author, record, Status.ACCEPTED, notice)
    outcome = "right" if row.result in RIGHT else "partly" if row.result in PARTLY else "wrong"
    decision = {
        "settled_on": decided.isoformat(),
        "decision_number": f"{found.register_number}/QĐ-GQ",
        "outcome": outcome,
    }
    _move(session, author, record, Status.SETTLED, decision)


def _move(
    session: Session, author: Author, record: uuid.UUID, target: Status, fields: Mapping[str, object]
) -> None:
    session.expire_all()
    base = store.generations(session).version(session.get_one(Complaint, record).version)
    result = operations.move(session, author, record, target, fields, base)
    if result.status not in operations.TAKEN:
        raise ValueError(f"{record}: {result.error}")


def tables_of(session: Session, here: uuid.UUID, period: Period) -> PetitionTables:
    """The tables of one period; their formulas are asserted while they are counted."""
    return petition_tables(queries.cases(session, here, period.last), period, Jurisdiction(here, "bench"))


def figure(tables: PetitionTables, form: str, number: int) -> int:
    """One column of one form."""
    lines = next(table["rows"] for table in tables["tables"] if table["key"] == form)
    return int(next(line["value"] for line in lines if line["key"] == str(number)))


def faults(session: Session, here: uuid.UUID, entered: Sequence[Row], counted: PetitionTables) -> list[str]:
    """Compare with a plain count of the file, and the register's numbers with 1, 2, 3 …"""
    results = Counter(row.result if row.decided else "" for row in entered)
    unprocessable = sum(results[one] for one in UNPROCESSABLE)
    expected = {
        1: len(entered),
        8: len(entered) - results[""],
        9: len(entered) - results[""] - unprocessable,
        23: results["No Jurisdiction"],
        24: results["Referred"],
    }
    problems = [
        f"01/XLĐ {number}: {figure(counted, '01/XLĐ', number)}, the file says {said}"
        for number, said in expected.items()
        if figure(counted, "01/XLĐ", number) != said
    ]
    numbers: dict[int, list[int]] = {}
    for row in session.query(Complaint).filter(Complaint.jurisdiction == here):
        numbers.setdefault(row.register_year or 0, []).append(row.register_number or 0)
    problems += [
        f"register {year}: numbers have gaps"
        for year, given in numbers.items()
        if sorted(given) != list(range(1, len(given) + 1))
    ]
    return problems


def chain(entered: Sequence[Row], years: Sequence[PetitionTables]) -> list[str]:
    """What the file leaves open at the end of one year is what the next one carries over."""
    problems = []
    for tables in years:
        first = date.fromisoformat(tables["period"]["first"])
        left = sum(row.received < first and (row.decided is None or row.decided >= first) for row in entered)
        carried = sum(figure(tables, "01/XLĐ", number) for number in (2, 3, 4))
        if carried != left:
            problems.append(f"{tables['period']['year']}: {carried} carried over, the file says {left}")
    return problems


def _print(counted: PetitionTables, years: Sequence[PetitionTables], seconds: float) -> None:
    heads = ["whole", *(str(tables["period"]["year"]) for tables in years)]
    print(f"{'01/XLĐ':<52}" + "".join(f"{head:>8}" for head in heads))
    for line in counted["tables"][0]["rows"]:
        values = [int(line["value"]), *(figure(tables, "01/XLĐ", int(line["key"])) for tables in years)]
        print(f"{line['key']:>3} {line['name_vi']:<48}" + "".join(f"{value:>8}" for value in values))
    for tables, head in zip([counted, *years], heads, strict=True):
        nine, *rest = (figure(tables, "01/XLĐ", number) for number in (9, 11, 12, 13, 14, 15, 16, 17, 18, 22))
        by_kind, by_state, by_power = rest[:3], rest[3:7], rest[7:]
        print(
            f"{head}: 9 = {nine} = 11+12+13 = {sum(by_kind)} = 14+15+16+17 = {sum(by_state)}"
            f" = 18+22 = {sum(by_power)}"
        )
    settled = ("01/KQGQ", (5, 20, 21, 22, 25, 26)), ("03/KQGQ", (6, 24, 26, 28, 30, 31))
    for form, numbers in settled:
        print(form, " ".join(f"({number}) {figure(counted, form, number)}" for number in numbers))
    say(f"{seconds:.0f} giây", f"{seconds:.0f} s")


def _row(row: Mapping[str, str]) -> Row:
    code, received = row["Complaint Code"].strip(" ;-"), date.fromisoformat(row["Intake Date"])
    decided = datetime.strptime(row["Result Date"], "%m/%d/%Y").date() if row["Result Date"] else None  # noqa: DTZ007 - a day
    fields = {
        "petition_kind": kind_of(code),
        "channel": CHANNELS.get(row["Intake Channel"], "desk"),
        "received_on": row["Intake Date"],
        "field": next((name for name, words in FIELDS if any(word in code for word in words)), "other"),
        "summary": f"{row['Business Category']}: {code or 'Unknown'}",
        "subject_name": text(row["Business Name"], 300),
        "petitioner_type": "one",
        "note": row["Record ID"],
    }
    return Row(
        mark=row["Record ID"],
        received=received,
        decided=max(decided, received) if decided else None,
        result=row["Result"],
        receiver=row["Referred To"] or "Other",
        fields={name: value for name, value in fields.items() if value is not None},
    )


if __name__ == "__main__":
    sys.exit(main())
