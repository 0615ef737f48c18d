"""Statutory time limits of petitions as dated rules, and the deadlines they give. Pure.

A limit is so many calendar days (ngày) or working days (ngày làm việc): the unit is part of the rule. Every
deadline names the document and article it comes from and how well that article was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspection.calendar.rules import DayUnit, WorkingCalendar
from inspection.complaints.rules import PetitionerType, PetitionKind


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
class Limit:
    """One time limit of one kind of petition, in force between two days (both inclusive, either may be open)."""

    petition_kind: PetitionKind
    step: Step
    variant: Variant
    days: int
    unit: DayUnit
    counted_from: str
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


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for a step. ``may_move``: a holiday within the period is not decided yet."""

    due_on: date
    limit: Limit
    counted_from: date
    may_move: bool


def deadline(
    limits: Iterable[Limit],
    calendar: WorkingCalendar,
    kind: PetitionKind,
    step: Step,
    start: date,
    variant: Variant = Variant.ORDINARY,
) -> Deadline | None:
    """The deadline of ``step`` counted from ``start``; None where the law sets no limit.

    :raises OutsideCalendarError: when the period leaves the years that the calendar covers.
    """
    for limit in limits:
        if (limit.petition_kind, limit.step, limit.variant) == (kind, step, variant) and limit.holds_on(
            start
        ):
            if limit.unit is DayUnit.WORKING:
                due_on = calendar.after_working_days(start, limit.days)
            else:
                due_on = calendar.after_calendar_days(start, limit.days)
            return Deadline(due_on, limit, start, calendar.may_move(start, due_on))
    return None


def running_deadline(
    limits: Iterable[Limit],
    calendar: WorkingCalendar,
    kind: PetitionKind,
    petitioner: PetitionerType | None,
    received_on: date,
    accepted_on: date | None,
    variant: Variant = Variant.ORDINARY,
) -> Deadline | None:
    """The clock that runs for an open case: first handling until it is accepted, settlement from then on.

    An anonymous denunciation has no settlement clock (Luật Tố cáo 2018 Điều 25); nor has a recommendation, for which no
    statutory time was found.
    """
    if accepted_on is None:
        first = Variant.SEVERAL_PLACES if variant is Variant.SEVERAL_PLACES else Variant.ORDINARY
        return deadline(limits, calendar, kind, Step.FIRST_HANDLING, received_on, first)
    if kind is PetitionKind.DENUNCIATION and petitioner is PetitionerType.ANONYMOUS:
        return None
    return deadline(limits, calendar, kind, Step.SETTLEMENT, accepted_on, variant)
