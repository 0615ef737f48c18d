"""What the petition tables are counted from. Who wrote a petition is not among it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

MONEY = (
    "state_money",
    "state_land",
    "organisations_money",
    "organisations_land",
    "individuals_money",
    "individuals_land",
)
PEOPLE = (
    "organisations",
    "individuals",
    "sanctioned_organisations",
    "sanctioned_people",
    "sanctioned_officials",
    "prosecuted_cases",
    "prosecuted_people",
    "prosecuted_officials",
)


@dataclass(frozen=True, slots=True)
class RemedyFact:
    """What was ordered (``done`` false) or carried out on one day; money in million VND, land in m²."""

    on: date
    done: bool
    amounts: dict[str, Decimal | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One case (vụ việc) that is not voided. ``paper`` is the same for all cases of one paper (đơn), and the id of
    the first of them."""

    id: UUID
    paper: UUID
    kind: str
    received_on: date
    status: str
    channel: str = "desk"
    petitioner: str | None = None
    topic: str | None = None
    level: str | None = None
    previously: str | None = None
    processable: bool | None = None
    competent: bool | None = None
    accepted_on: date | None = None
    settled_on: date | None = None
    ended_on: date | None = None
    due_on: date | None = None
    outcome: str | None = None
    replies: tuple[date, ...] = ()
    reminders: tuple[date, ...] = ()
    remedies: tuple[RemedyFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceptionFact:
    """One line of the citizen-reception book."""

    received_on: date
    kind: str
    summary: str
    status: str
    people: int | None = None
    settled_by: str | None = None
    accepted_on: date | None = None
    receiver: str | None = None
    closing_number: str | None = None
    settled_on: date | None = None
    decision_number: str | None = None
    outcome: str | None = None
    note: str | None = None
