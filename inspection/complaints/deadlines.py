"""Statutory time limits of petitions as dated rules. Pure.

A limit is so many calendar days (ngày), working days (ngày làm việc) or years: the unit is part of the rule. Every
limit names the document and article it comes from and how well that article was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspection.calendar.rules import DayUnit
from inspection.complaints.rules import PetitionKind


class Step(StrEnum):
    """What has to be done within a limit."""

    FIRST_HANDLING = "first_handling"  # accept, refuse, guide, transfer or file
    SETTLEMENT = "settlement"
    SECOND_ACCEPTANCE = "second_acceptance"
    SECOND_SETTLEMENT = "second_settlement"
    LODGE_SECOND = "lodge_second"
    LODGE_FIRST = "lodge_first"
    SEND_DECISION = "send_decision"
    PASS_ON = "pass_on"  # noqa: S105  # a step, not a password
    REPLY_TO_FORWARDER = "reply_to_forwarder"
    NOTIFY_ACCEPTANCE = "notify_acceptance"
    PUBLISH_CONCLUSION = "publish_conclusion"
    REPLY_AFTER_RECEPTION = "reply_after_reception"
    REPORT_OVERDUE = "report_overdue"
    STORE_FILED = "store_filed"


class Variant(StrEnum):
    """The case that a limit is for. Extensions of a denunciation count from its acceptance, in full."""

    ORDINARY = "ordinary"
    COMPLEX = "complex"
    REMOTE = "remote"
    REMOTE_COMPLEX = "remote_complex"
    SEVERAL_PLACES = "several_places"
    EXTENDED_ONCE = "extended_once"
    EXTENDED_TWICE = "extended_twice"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit of one kind of petition, in force between two days (both inclusive, either may be open)."""

    petition_kind: PetitionKind
    step: Step
    variant: Variant
    days: int
    unit: DayUnit
    counted_from: Words
    document: str
    article: str
    verified: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the limit was in force on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def limit_for(
    limits: Iterable[Limit], kind: PetitionKind, step: Step, variant: Variant, day: date
) -> Limit | None:
    """The limit of ``step`` in force on ``day``; None where the law sets none."""
    for limit in limits:
        if (limit.petition_kind, limit.step, limit.variant) == (kind, step, variant) and limit.holds_on(day):
            return limit
    return None
