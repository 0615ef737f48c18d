"""What the page of a case shows beside its fields: clocks, steps, links, inspections, and cases that may be the
same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.calendar.queries import working_calendar
from inspection.complaints import queries
from inspection.complaints.cases import case_of
from inspection.complaints.clocks import Case, Clock, clocks, explain, penalty_bar
from inspection.complaints.course import StepTaken, next_steps
from inspection.complaints.inspections import Triggered, found_of, inspection_links, triggered_by
from inspection.complaints.models import Complaint, ComplaintLink, ComplaintRemedy, ComplaintStep
from inspection.complaints.queries import Alike
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import CASES, Channel, PetitionKind, Relation, StepKind
from inspection.people.models import Person
from inspection.people.permissions import Role
from inspection.visits.living_on import living_on

REMEDY_FIELDS = (
    "stage",
    "on",
    "state_money",
    "state_land",
    "organisations_money",
    "organisations_land",
    "individuals_money",
    "individuals_land",
    "organisations",
    "individuals",
    "sanctioned_organisations",
    "sanctioned_people",
    "sanctioned_officials",
    "prosecuted_cases",
    "prosecuted_people",
    "prosecuted_officials",
    "note",
)
"""What the forms 01–04/KQGQ count of a decision and of its enforcement."""
REMEDY_FIGURES = REMEDY_FIELDS[2:-1]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock with its rule in the reader's language."""

    clock: Clock
    rule: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link to another case: how, and which; ``back`` when the other case made it."""

    id: UUID
    relation: str
    other: Complaint
    back: bool


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """A link to an inspection, a visit or a violation; ``target`` is what the linked record lives on as."""

    link: ComplaintLink
    target: UUID

    @property
    def moved(self) -> bool:
        """Whether it was merged or moved since the link was made."""
        return self.target != self.link.target


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything beside the fields."""

    clocks: tuple[ClockLine, ...]
    steps: Sequence[ComplaintStep]
    following: tuple[StepKind, ...]
    links: tuple[LinkLine, ...]
    inspections: list[InspectionLine]
    triggered: list[Triggered]
    alike: list[Alike]
    handler_gone: bool
    remedies: Sequence[ComplaintRemedy]
    penalty_bar: date | None


def case_page(session: Session, row: Complaint, language: Language, today: date, *, desk: bool) -> CasePage:
    """What is beside the fields of ``row``. Cases that may be the same are for the desk only."""
    steps = queries.steps_of(session, row.id)
    case = case_of(row, steps)
    calendar = working_calendar(session, row.jurisdiction)
    taken = [StepTaken(StepKind(one.step), one.happened_on) for one in steps]
    return CasePage(
        clocks=tuple(
            ClockLine(
                one, explain(one).vi if language == "vi" else explain(one).en, overdue=one.overdue(today)
            )
            for one in clocks(case, time_limits(), calendar)
        ),
        steps=steps,
        following=() if row.voided else _following(case, taken, today),
        links=_links(session, row.id),
        inspections=_inspections(session, row.id),
        triggered=triggered_by(session, row.id),
        alike=queries.alike(session, row) if desk and not row.voided else [],
        handler_gone=handler_gone(session, row),
        remedies=queries.remedies_of(session, row.id),
        penalty_bar=penalty_bar(found_of(session, row.id), calendar)
        if case.kind is PetitionKind.DENUNCIATION
        else None,
    )


def _inspections(session: Session, complaint: UUID) -> list[InspectionLine]:
    links = inspection_links(session, complaint)
    now = living_on(session, {link.target for link in links})
    return [InspectionLine(link, now[link.target]) for link in links]


def _following(case: Case, taken: list[StepTaken], today: date) -> tuple[StepKind, ...]:
    """The steps that may be taken and that this case can need: nobody is answered who did not forward it."""
    needless = {
        kind
        for kind, channel in (
            (StepKind.REPLY_TO_FORWARDER, Channel.FORWARDED),
            (StepKind.REPLY_AFTER_RECEPTION, Channel.RECEPTION),
        )
        if case.channel is not channel
    }
    allowed = next_steps(case.kind, case.status, case.complexity, taken, today)
    return tuple(step for step in allowed if step not in needless)


def handler_gone(session: Session, row: Complaint) -> bool:
    """Whether the person who has the case does not work here any more, or is no handler any more."""
    if row.handler is None or row.status not in queries.OPEN:
        return False
    person = session.get(Person, row.handler)
    return person is None or person.voided or not person.active or Role.HANDLER not in person.roles


def _links(session: Session, complaint: UUID) -> tuple[LinkLine, ...]:
    links = [link for link in queries.links_of(session, complaint) if Relation(link.relation) in CASES]
    ids = {link.target for link in links} | {link.complaint for link in links}
    cases = {row.id: row for row in session.scalars(select(Complaint).where(Complaint.id.in_(ids)))}
    found = []
    for link in links:
        back = link.target == complaint
        other = cases.get(link.complaint if back else link.target)
        if other is not None:
            found.append(LinkLine(link.id, link.relation, other, back))
    return tuple(found)
