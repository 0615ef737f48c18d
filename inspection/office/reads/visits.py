"""One visit with everything recorded on it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.checklists.asking import examine
from inspection.checklists.models import Checklist, ViolationType
from inspection.evidence.models import Evidence
from inspection.evidence.queries import of_visit
from inspection.journal.models import ConflictRow
from inspection.office.reads import measurements, records
from inspection.office.reads.measurements import MeasurementView
from inspection.office.reads.records import RecordView
from inspection.places.models import Establishment
from inspection.visits.models import Answer, Measure, Signature, Violation, Visit
from inspection.visits.queries import checklists_of
from inspection.visits.violations.queries import type_of, types_of


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer with the question it answers (an item of a checklist edition, empty when no edition known
    here asks it)."""

    answer: Answer
    item: dict[str, Any]
    record: RecordView | None
    problems: tuple[str, ...] = ()

    def chosen(self, english: bool) -> str:
        """The labels of the options that were chosen."""
        options = {each["name"]: each for each in self.item.get("answer", {}).get("options", ())}
        labels = [options.get(name, {"label_vi": name}) for name in self.answer.chosen or ()]
        return ", ".join((english and each.get("label_en")) or each["label_vi"] for each in labels)


@dataclass(frozen=True, slots=True)
class ViolationLine:
    """A violation with the catalogue's name for it."""

    violation: Violation
    type: ViolationType | None
    record: RecordView | None


@dataclass(slots=True)
class VisitView:
    """Everything a visit's page shows. ``answers`` are grouped by checklist title and then by the checklist's
    own groups."""

    visit: Visit
    record: RecordView
    campaign: Campaign | None
    establishment: Establishment | None
    answers: dict[str, dict[str, list[AnswerLine]]] = field(default_factory=dict)
    violations: list[ViolationLine] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    measured: MeasurementView = field(default_factory=MeasurementView)
    conflicts: list[ConflictRow] = field(default_factory=list)
    records: dict[uuid.UUID, RecordView] = field(default_factory=dict)
    misdated: list[Checklist] = field(default_factory=list)
    """Editions the visit was made with that were not in force on its day."""


def visit_view(session: Session, visit: Visit, *, english: bool) -> VisitView:
    """Load a visit's page in a fixed number of queries."""
    answers = list(session.scalars(select(Answer).where(Answer.visit == visit.id, ~Answer.voided)))
    violations = list(
        session.scalars(select(Violation).where(Violation.visit == visit.id, ~Violation.voided))
    )
    measures = list(session.scalars(select(Measure).where(Measure.visit == visit.id, ~Measure.voided)))
    signatures = list(
        session.scalars(select(Signature).where(Signature.visit == visit.id, ~Signature.voided))
    )
    evidence = of_visit(session, visit.id)
    measured = measurements.of_visit(session, visit)
    written = (answers, violations, measures, signatures, evidence, measured.rows)
    ids = [visit.id, *(row.id for rows in written for row in rows)]
    known = records.load_many(session, ids)
    types = types_of(session, violations)
    return VisitView(
        visit=visit,
        record=known[visit.id],
        campaign=session.get(Campaign, visit.campaign),
        establishment=session.get(Establishment, visit.establishment),
        answers=_grouped(session, visit, answers, known, english=english),
        violations=[
            ViolationLine(one, type_of(one, one.found_on or visit.visited_on, types), known.get(one.id))
            for one in violations
        ],
        measures=measures,
        signatures=signatures,
        evidence=evidence,
        measured=measured,
        conflicts=records.open_conflicts(session, ids),
        records=known,
        misdated=[
            each
            for each in checklists_of(session, visit)
            if each.valid_to and each.valid_to < visit.visited_on
        ],
    )


def _grouped(
    session: Session,
    visit: Visit,
    answers: list[Answer],
    known: dict[uuid.UUID, RecordView],
    *,
    english: bool,
) -> dict[str, dict[str, list[AnswerLine]]]:
    """Answers in the order in which the checklists ask, those of items nobody knows at the end."""
    editions = _editions(session, visit, answers)
    pictured = frozenset(one.subject for one in of_visit(session, visit.id) if one.subject)
    waiting: dict[str, list[Answer]] = {}
    for answer in answers:
        waiting.setdefault(answer.item, []).append(answer)
    grouped: dict[str, dict[str, list[AnswerLine]]] = {}
    for edition in editions:
        standing = examine(edition.items, answers, visit.visited_on, pictured)
        title = edition.title_en if english else edition.title_vi
        for item in edition.items:
            for answer in sorted(waiting.pop(str(item["id"]), []), key=lambda one: one.subject or ""):
                lines = grouped.setdefault(title, {}).setdefault(str(item.get("group") or ""), [])
                lines.append(AnswerLine(answer, item, known.get(answer.id), standing.problems(answer)))
    for rest in waiting.values():
        lines = grouped.setdefault("", {}).setdefault("", [])
        lines += [AnswerLine(answer, {}, known.get(answer.id)) for answer in rest]
    return grouped


def _editions(session: Session, visit: Visit, answers: list[Answer]) -> list[Checklist]:
    """The editions the visit is made with, and those that its answers name besides."""
    answered = {one.checklist for one in answers if one.checklist}
    editions = list(
        session.scalars(select(Checklist).where(Checklist.id.in_(answered)).order_by(Checklist.domain))
    )
    made_with = checklists_of(session, visit)
    return [*made_with, *(each for each in editions if each not in made_with)]
