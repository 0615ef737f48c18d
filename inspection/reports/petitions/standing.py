"""How every case and every paper stood on the last day of a period. Pure.

The forms count papers (đơn) and cases (vụ việc) and never add one to the other. A paper is counted under the kind of
its first case; its state is that of its least advanced case; it is within competence when one of its cases is. A case
whose paper has been handled counts even if it waits itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from inspection.reports.petitions.facts import CaseFact

OPEN = frozenset({"received", "accepted"})
OUTSIDE = frozenset({"guided", "transferred"})


class Window(Protocol):
    """The days that are counted, both inclusive."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


class State(IntEnum):
    """How far a case is, the least advanced first."""

    NOT_SETTLED = 0
    BEING_SETTLED = 1
    SETTLED_AGAIN = 2
    SETTLED = 3
    COURT = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as it stood on the last day."""

    case: CaseFact
    carried_over: bool
    finished_on: date | None
    handled: bool
    within: bool
    state: State

    @property
    def way_out(self) -> str:
        """How a case outside competence was passed on: guided, transferred, or transferred and urged since. One that
        was not accepted for want of competence was told so, which guides its writer."""
        return "guided" if self.case.status != "transferred" else "transferred"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its cases; the first decides under which kind the paper is counted."""

    cases: tuple[Standing, ...]

    @property
    def lead(self) -> Standing:
        """Its first case."""
        return self.cases[0]

    @property
    def kind(self) -> str:
        """The kind it is counted under."""
        return self.lead.case.kind

    @property
    def carried_over(self) -> bool:
        """Whether it came before the period."""
        return self.lead.carried_over

    @property
    def handled(self) -> bool:
        """Whether one of its cases was decided upon: accepted, refused, passed on, filed, answered."""
        return any(each.handled for each in self.cases)

    @property
    def counts(self) -> bool:
        """Whether it is handled and can be processed (đủ điều kiện xử lý)."""
        return self.handled and self.lead.case.processable is not False

    @property
    def within(self) -> bool:
        """Whether one of its cases is within competence."""
        return any(each.within for each in self.cases)

    @property
    def state(self) -> State:
        """Its least advanced case."""
        return min(each.state for each in self.cases)

    @property
    def signed(self) -> str:
        """Signed by several, by one, or otherwise (anonymous, not stated)."""
        petitioner = self.lead.case.petitioner
        return petitioner if petitioner in ("several", "one") else "other"


def papers(cases: Iterable[CaseFact], window: Window) -> list[Paper]:
    """The papers that belong to a period: received in it, or carried over into it with a case still open."""
    together: dict[object, list[Standing]] = {}
    for case in sorted(cases, key=lambda one: (one.id != one.paper, one.received_on, str(one.id))):
        if case.received_on <= window.last:
            together.setdefault(case.paper, []).append(_standing(case, window))
    found = [Paper(tuple(standings)) for standings in together.values()]
    return [paper for paper in found if _belongs(paper, window)]


def passed_on(papers_: Sequence[Paper], window: Window) -> int:
    """Papers passed on that were answered within the period."""
    return sum(
        any(window.first <= day <= window.last for each in paper.cases for day in each.case.replies)
        for paper in papers_
    )


def _belongs(paper: Paper, window: Window) -> bool:
    return not paper.carried_over or any(
        each.finished_on is None or each.finished_on >= window.first for each in paper.cases
    )


def _standing(case: CaseFact, window: Window) -> Standing:
    ended = case.settled_on or case.ended_on if case.status not in OPEN else None
    finished = ended if ended is not None and ended <= window.last else None
    accepted = case.accepted_on is not None and case.accepted_on <= window.last
    outside = case.competent is False or (
        finished is not None and case.status in OUTSIDE and not case.competent
    )
    return Standing(
        case=case,
        carried_over=case.received_on < window.first,
        finished_on=finished,
        handled=accepted or finished is not None,
        within=not outside,
        state=_state(case, finished=finished is not None, accepted=accepted),
    )


def _state(case: CaseFact, *, finished: bool, accepted: bool) -> State:
    again = case.level == "second" or case.previously in ("once", "several", "concluded")
    if finished and case.status == "settled":
        return State.SETTLED_AGAIN if again else State.SETTLED
    if case.previously == "court":
        return State.COURT
    if accepted and not finished:
        return State.BEING_SETTLED
    return State.NOT_SETTLED
