"""The history of one establishment, records that repeat it included: visits with their results, violations, petitions
without who is in them, instruments with the day to which they are verified, samples, and what was changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.checklists.models import Checklist
from inspection.checklists.queries import editions_on
from inspection.checklists.rules import meant_for
from inspection.complaints.models import Complaint
from inspection.journal.kinds import registry
from inspection.measurement import queries as measuring
from inspection.measurement.models import InstrumentCheck, Sample
from inspection.office.reads import measurements, records
from inspection.office.reads.establishments import VisitTo, visits_to
from inspection.office.reads.names import names_of
from inspection.office.reads.values import describe, mentioned
from inspection.people.grants import Grants
from inspection.people.permissions import Verb
from inspection.places.merging import all_of, merged
from inspection.places.models import Establishment
from inspection.visits.models import Visit
from inspection.visits.violations.queries import Case, cases_at

CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument as it was found last; ``until`` is the day to which it is verified, where that follows."""

    check: InstrumentCheck
    visit: Visit
    until: date | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal, field by field: the words, what stood there before, what stands there since."""

    at: datetime
    who: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class History:
    """Everything, each part the newest first; ``outcomes`` of visits as :func:`measurements.outcomes` gives them."""

    visits: list[VisitTo]
    outcomes: Mapping[uuid.UUID, str]
    violations: list[Case]
    petitions: list[Complaint]
    instruments: list[InstrumentLine]
    samples: list[tuple[Sample, Visit]]
    changes: list[Change]
    meant: list[Checklist]


def history_of(
    session: Session, row: Establishment, grants: Grants, today: date, language: Language
) -> History:
    """The history of ``row`` as far as somebody with these ``grants`` may see it. Petitions are named by number and
    kind to those who may read them; that there is a denunciation is nobody else's business."""
    scopes = grants.scopes
    visits = visits_to(session, row, scopes)
    days = {one.visit.id: one.visit for one in visits}
    same = all_of(merged(session, row.scope), {row.id})
    petitions = select(Complaint).where(Complaint.establishment.in_(same), ~Complaint.voided)
    samples = select(Sample).where(Sample.visit.in_(days), ~Sample.voided)
    return History(
        visits=visits,
        outcomes=measurements.outcomes(session, days.values()),
        violations=cases_at(session, days.values(), today),
        petitions=[
            one
            for one in session.scalars(petitions.order_by(Complaint.received_on.desc()))
            if grants.may(Verb.READ, "complaint", one.scope)
        ],
        instruments=_instruments(session, days),
        samples=sorted(
            ((one, days[one.visit]) for one in session.scalars(samples)),
            key=lambda pair: pair[1].visited_on,
            reverse=True,
        ),
        changes=_changes(session, row.id, language),
        meant=[
            edition
            for edition in editions_on(session, f"reference:{row.scope.partition(':')[2]}", today)
            if meant_for(edition.establishment_types, edition.risk_groups, row.establishment_type, row.risk)
        ],
    )


def _instruments(session: Session, visits: Mapping[uuid.UUID, Visit]) -> list[InstrumentLine]:
    """Each instrument once, by its kind and its number or name, as the newest visit found it; what is due first."""
    found: dict[tuple[str, str], InstrumentLine] = {}
    query = select(InstrumentCheck).where(InstrumentCheck.visit.in_(visits), ~InstrumentCheck.voided)
    for check in sorted(session.scalars(query), key=lambda one: visits[one.visit].visited_on, reverse=True):
        visit = visits[check.visit]
        judgement = measuring.instrument_judgement(check, visit.visited_on)
        until = judgement.get("valid_until")
        line = InstrumentLine(
            check, visit, date.fromisoformat(until) if until else None, judgement["verdict"]
        )
        found.setdefault((check.instrument, check.serial or check.subject or str(check.id)), line)
    return sorted(found.values(), key=lambda line: (line.until is None, line.until or date.max))


def _changes(session: Session, record: uuid.UUID, language: Language) -> list[Change]:
    kind = registry["establishment"]
    entries = records.history(session, record)
    values = [value for one in entries for value in one.values.values()]
    names = names_of(session, mentioned(values) | {one.entry.user for one in entries}, language)
    stood: dict[str, Any] = {}
    changes = []
    for one in entries:
        lines = []
        for key, value in one.values.items():
            if stood.get(key) != value:
                before = describe(kind, key, stood.get(key), names, language)
                after = describe(kind, key, value, names, language)
                lines += [
                    (new.label, old.text, new.text)
                    for old, new in zip(before, after, strict=True)
                    if old.text != new.text
                ]
            stood[key] = value
        changes.append(Change(one.received_at, names.get(str(one.entry.user), ""), lines))
    return [one for one in reversed(changes) if one.lines][:CHANGES_SHOWN]
