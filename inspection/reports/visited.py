"""From the projections to facts: the visits of a period and what was recorded on them.

Every query begins at the campaigns of the jurisdictions asked for and goes on by index to the visits of their days, so
that its cost follows the period and the jurisdictions, not what else the database holds.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from inspection.campaigns.models import Campaign
from inspection.journal.models import ConflictRow
from inspection.journal.store import chunks
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample
from inspection.measurement.queries import instrument_judgement, package_judgement
from inspection.places.merging import Links
from inspection.reports.facts import (
    ConflictFact,
    InstrumentFact,
    MeasureFact,
    PackageFact,
    RemedyFact,
    SampleFact,
    SeenFact,
    ViolationFact,
    VisitFact,
)
from inspection.reports.lists import LOOK_BACK
from inspection.reports.periods import Period
from inspection.visits.models import Answer, Measure, Violation, Visit

Jurisdictions = Sequence[uuid.UUID]
Column = InstrumentedAttribute[uuid.UUID]
Chosen = Sequence[ColumnElement[bool]]
"""Conditions that choose visits; they join the campaigns."""

PARTS_OF_A_VISIT = {
    "violation": (Violation.id, Violation.visit),
    "measure": (Measure.id, Measure.visit),
    "answer": (Answer.id, Answer.visit),
}


def chosen(jurisdictions: Jurisdictions, period: Period) -> Chosen:
    """Which visits: of the jurisdictions' campaigns, not voided, in the period."""
    return [*_visits_of(jurisdictions), ~Visit.voided, _in_period(period)]


def _visits_of(jurisdictions: Jurisdictions) -> Chosen:
    return [Visit.campaign == Campaign.id, Campaign.jurisdiction.in_(jurisdictions), ~Campaign.voided]


def _in_period(period: Period) -> ColumnElement[bool]:
    if period.campaign is not None:
        return Visit.campaign == period.campaign
    return Visit.visited_on.between(period.first, period.last)


def visits(
    session: Session, which: Chosen, domains: Mapping[str, str], places: Links
) -> tuple[VisitFact, ...]:
    """``domains`` are those of the checklists; without any, the checklists are not read. A visit to a record that
    repeats another establishment is a visit to that one."""
    used = Visit.checklists if domains else null()
    rows = session.execute(
        select(Visit.id, Visit.establishment, Visit.campaign, Visit.visited_on, Visit.unit, used).where(
            *which
        )
    )
    return tuple(
        VisitFact(
            id_,
            places.get(establishment, establishment),
            campaign,
            visited_on,
            unit,
            frozenset(domains[one] for one in checklists or () if one in domains),
        )
        for id_, establishment, campaign, visited_on, unit, checklists in rows
    )


def violations(session: Session, which: Chosen) -> tuple[ViolationFact, ...]:
    """What was found on the visits."""
    rows = session.execute(
        select(
            Violation.id,
            Violation.visit,
            Violation.code,
            Violation.violation_type,
            Violation.severity,
            Violation.sanction,
            Violation.authority,
            Violation.amount,
        ).where(Violation.visit == Visit.id, ~Violation.voided, *which)
    )
    return tuple(ViolationFact(*row) for row in rows)


def measures(session: Session, which: Chosen) -> tuple[MeasureFact, ...]:
    """What was imposed on the visits."""
    rows = session.execute(
        select(
            Measure.visit,
            Measure.measure_type,
            Measure.product_count,
            Measure.quantity,
            Measure.quantity_unit,
        ).where(Measure.visit == Visit.id, ~Measure.voided, *which)
    )
    return tuple(MeasureFact(*row) for row in rows)


def samples(session: Session, which: Chosen) -> tuple[SampleFact, ...]:
    """What was taken to be tested, or tested on the spot."""
    rows = session.execute(
        select(
            Sample.id, Sample.visit, Sample.result, Sample.sent_to, Sample.sent_on, Sample.tested_for
        ).where(Sample.visit == Visit.id, ~Sample.voided, *which)
    )
    return tuple(
        SampleFact(id_, visit, result or "pending", sent=bool(sent_to or sent_on), tested_for=tested_for)
        for id_, visit, result, sent_to, sent_on, tested_for in rows
    )


def instruments(session: Session, which: Chosen) -> tuple[InstrumentFact, ...]:
    """The measuring instruments checked on the visits, each judged."""
    rows = session.execute(
        select(InstrumentCheck, Visit.visited_on).where(
            InstrumentCheck.visit == Visit.id, ~InstrumentCheck.voided, *which
        )
    )
    found = []
    for check, visited_on in rows:
        judgement = instrument_judgement(check, visited_on)
        found.append(
            InstrumentFact(
                check.id,
                check.visit,
                check.instrument,
                judgement["verdict"],
                judgement.get("verification") or "",
                any(line["fits"] is False for line in judgement.get("lines", ())),
            )
        )
    return tuple(found)


def packages(session: Session, which: Chosen) -> tuple[PackageFact, ...]:
    """The lots of prepackages checked on the visits, each judged."""
    rows = session.execute(
        select(PackageCheck, Visit.visited_on).where(
            PackageCheck.visit == Visit.id, ~PackageCheck.voided, *which
        )
    )
    return tuple(
        PackageFact(check.id, check.visit, package_judgement(check, visited_on)["verdict"])
        for check, visited_on in rows
    )


def breaches(
    session: Session, jurisdictions: Jurisdictions, period: Period, places: Links
) -> tuple[tuple[uuid.UUID, date], ...]:
    """The days on which establishments were found in breach, from a year before the period to its end."""
    rows = session.execute(
        select(Visit.establishment, Visit.visited_on)
        .distinct()
        .where(
            Violation.visit == Visit.id,
            ~Violation.voided,
            *_visits_of(jurisdictions),
            ~Visit.voided,
            Visit.visited_on.between(period.first - LOOK_BACK, period.last),
        )
    )
    return tuple((places.get(establishment, establishment), visited_on) for establishment, visited_on in rows)


def seen(session: Session, which: Chosen, places: Links) -> tuple[SeenFact, ...]:
    """What the visits came to, counted by the database: a line for each record of an establishment."""
    fine = Violation.sanction == "fine"
    rows = session.execute(
        select(
            Visit.establishment,
            func.count(Visit.id.distinct()),
            func.count(Violation.id),
            func.count(case((fine, Violation.id))),
            func.sum(case((fine, Violation.amount))),
        )
        .select_from(Campaign)
        .join(Visit, Visit.campaign == Campaign.id)
        .outerjoin(Violation, and_(Violation.visit == Visit.id, ~Violation.voided))
        .where(*which)
        .group_by(Visit.establishment)
    )
    return tuple(
        SeenFact(places.get(establishment, establishment), made, found, fines, int(fines_total or 0))
        for establishment, made, found, fines, fines_total in rows
    )


def remedies(
    session: Session, jurisdictions: Jurisdictions, last: date, places: Links
) -> dict[uuid.UUID, tuple[RemedyFact, ...]]:
    """What was to be put right by ``last``, whenever it was found, and was not seen done by then, for each jurisdiction
    that has such; what was put right on the spot is not owed."""
    rows = session.execute(
        select(
            Campaign.jurisdiction,
            Violation.id,
            Visit.establishment,
            Visit.visited_on,
            Violation.code,
            Violation.due_on,
            Violation.remedied_on,
        ).where(
            # As its visit's; by this index nothing is read of visits on which nothing was found.
            Violation.scope == Campaign.scope,
            Violation.visit == Visit.id,
            ~Violation.voided,
            Violation.due_on <= last,
            or_(Violation.remedied_on.is_(None), Violation.remedied_on > last),
            Violation.corrected.is_not(True),
            *_visits_of(jurisdictions),
            ~Visit.voided,
        )
    )
    owed: dict[uuid.UUID, list[RemedyFact]] = defaultdict(list)
    for jurisdiction, id_, establishment, visited_on, code, due_on, remedied_on in rows:
        if due_on is not None:
            where = places.get(establishment, establishment)
            owed[jurisdiction].append(RemedyFact(id_, where, visited_on, code, due_on, remedied_on))
    return {jurisdiction: tuple(found) for jurisdiction, found in owed.items()}


def voided_visits(session: Session, jurisdictions: Jurisdictions, period: Period) -> int:
    """How many visits of the period were voided. They are counted nowhere else."""
    query = select(func.count()).where(
        Visit.campaign == Campaign.id,
        Campaign.jurisdiction.in_(jurisdictions),
        Visit.voided,
        _in_period(period),
    )
    return session.scalar(query.select_from(Visit, Campaign)) or 0


def conflicts(session: Session, jurisdictions: Jurisdictions) -> tuple[ConflictFact, ...]:
    """Open conflicts on establishments, visits and what was recorded on them. There are few, so each table is
    asked once for the visits of its own."""
    scopes = select(Campaign.scope).where(Campaign.jurisdiction.in_(jurisdictions))
    rows = session.execute(
        select(ConflictRow.target_kind, ConflictRow.target, ConflictRow.field).where(
            ConflictRow.open,
            ConflictRow.scope.in_([f"establishments:{one}" for one in jurisdictions])
            | ConflictRow.scope.in_(scopes),
        )
    ).all()
    found: dict[uuid.UUID, uuid.UUID] = {row.target: row.target for row in rows if row.target_kind == "visit"}
    for kind, (key, visit) in PARTS_OF_A_VISIT.items():
        found.update(_of_visits(session, key, visit, [row.target for row in rows if row.target_kind == kind]))
    return tuple(
        ConflictFact(
            kind,
            target,
            field,
            visit=found.get(target),
            establishment=target if kind == "establishment" else None,
        )
        for kind, target, field in rows
    )


def _of_visits(
    session: Session, key: Column, visit: Column, wanted: Sequence[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    found: dict[uuid.UUID, uuid.UUID] = {}
    for some in chunks(wanted):
        found.update((part, of) for part, of in session.execute(select(key, visit).where(key.in_(some))))
    return found
