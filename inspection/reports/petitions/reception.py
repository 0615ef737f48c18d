"""The citizen-reception book (sổ tiếp công dân, Mẫu số 03, TT 04/2021/TT-TTCP): twelve columns. Pure.

Names, addresses and identity papers (columns 3 and 4) are sealed and never printed: the columns say where they are
kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from inspection.documents.numbers import short_date
from inspection.reports.facts import Jurisdiction, JurisdictionDocument
from inspection.reports.periods import Period, PeriodDocument
from inspection.reports.petitions.facts import ReceptionFact

SCHEMA = 1
SHORT = {"complaint": "KN", "denunciation": "TC", "recommendation": "KN-PA"}
SEALED = "Lưu riêng, niêm phong"
CONFIDENTIAL = "Giữ bí mật (Điều 9, 56 Luật Tố cáo)"
OUTCOMES = {"right": "đúng", "wrong": "sai", "partly": "đúng một phần"}


class ReceptionRow(TypedDict):
    """One line, by the names of the form's columns; ``number`` is the running number."""

    number: int
    received_on: str
    person: str
    paper: str
    summary: str
    kind: str
    settled_by: str
    accepted: str
    guided: str
    transferred: str
    result: str
    note: str


class ReceptionBook(TypedDict):
    """The book of a period."""

    schema: int
    period: PeriodDocument
    jurisdiction: JurisdictionDocument
    rows: list[ReceptionRow]


def reception_book(
    facts: Sequence[ReceptionFact], period: Period, jurisdiction: Jurisdiction
) -> ReceptionBook:
    """The receptions of ``period`` in their order."""
    own = [fact for fact in facts if fact.received_on in period]
    return ReceptionBook(
        schema=SCHEMA,
        period=period.document(),
        jurisdiction=jurisdiction.document(),
        rows=[_row(at, fact) for at, fact in enumerate(own, 1)],
    )


def _row(number: int, fact: ReceptionFact) -> ReceptionRow:
    secret = CONFIDENTIAL if fact.kind == "denunciation" else SEALED
    document = f"số {fact.closing_number}" if fact.closing_number else ""
    receiver = "; ".join(part for part in (fact.receiver, document) if part)
    return ReceptionRow(
        number=number,
        received_on=short_date(fact.received_on),
        person=secret,
        paper=secret,
        summary=fact.summary,
        kind=f"{SHORT[fact.kind]} / {fact.people or 1}",
        settled_by=fact.settled_by or "",
        accepted="x" if fact.accepted_on else "",
        guided=receiver if fact.status == "guided" else "",
        transferred=receiver if fact.status == "transferred" else "",
        result=_result(fact),
        note=fact.note or "",
    )


def _result(fact: ReceptionFact) -> str:
    if fact.settled_on is None:
        return "Đang giải quyết" if fact.status == "accepted" else ""
    parts = [f"Đã giải quyết ngày {short_date(fact.settled_on)}"]
    parts += [f"số {fact.decision_number}"] if fact.decision_number else []
    parts += [OUTCOMES[fact.outcome]] if fact.outcome else []
    return ", ".join(parts)
