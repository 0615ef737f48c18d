"""From the projections to facts: columns only, in one snapshot, so that every number speaks of the same moment."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign
from inspection.checklists.models import Checklist, ViolationType
from inspection.complaints.models import Complaint
from inspection.journal.models import ConflictRow
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample
from inspection.measurement.queries import instrument_judgement, package_judgement
from inspection.people.models import Agency
from inspection.places.merging import Links, merged
from inspection.places.models import Establishment, Unit
from inspection.reports.facts import (
    CampaignFact,
    ComplaintFact,
    ConflictFact,
    Earlier,
    EndedUnitFact,
    EstablishmentFact,
    Facts,
    InstrumentFact,
    Jurisdiction,
    MeasureFact,
    PackageFact,
    RemedyFact,
    SampleFact,
    ViolationFact,
    ViolationTypeFact,
    VisitFact,
)
from inspection.reports.lists import LOOK_BACK
from inspection.reports.periods import Period, compared_with
from inspection.visits.models import Answer, Measure, Violation, Visit

PARTS_OF_A_VISIT = {
    "violation": (Violation.id, Violation.visit),
    "measure": (Measure.id, Measure.visit),
    "answer": (Answer.id, Answer.visit),
}


def summary_facts(session: Session, jurisdiction: uuid.UUID, period: Period) -> Facts:
    """What the violation summary of ``period`` is made of."""
    places = merged(session, f"establishments:{jurisdiction}")
    facts = _facts(session, jurisdiction, period, places)
    return replace(
        facts,
        breaches=_breaches(session, jurisdiction, period, places),
        remedies=_remedies(session, jurisdiction, period.last, places),
        ended_units=_ended_units(session, f"reference:{jurisdiction}", period.last),
        voided_visits=_voided_visits(session, jurisdiction, period),
        earlier=tuple(
            Earlier(key, compared, _compared_facts(session, jurisdiction, compared, facts, places))
            for key, compared in compared_with(period)
        ),
    )


def _facts(session: Session, jurisdiction: uuid.UUID, period: Period, places: Links) -> Facts:
    reference = f"reference:{jurisdiction}"
    chosen = _chosen(jurisdiction, period)
    domains = {str(key): domain for key, domain in session.execute(select(Checklist.id, Checklist.domain))}
    return Facts(
        jurisdiction=jurisdiction_of(session, jurisdiction),
        visits=_visits(session, chosen, domains, places),
        violations=_violations(session, chosen),
        measures=_measures(session, chosen),
        samples=_samples(session, chosen),
        instruments=_instruments(session, chosen),
        packages=_packages(session, chosen),
        establishments=_establishments(session, jurisdiction),
        violation_types=_violation_types(session, reference),
        campaigns=_campaigns(session, jurisdiction),
        complaints=complaints(session, jurisdiction, period.last),
        agency_names=_agencies(session, reference),
        unit_names=_units(session, Unit.scope == reference),
        conflicts=_conflicts(session, jurisdiction),
    )


def visit_facts(session: Session, jurisdiction: uuid.UUID, period: Period) -> Facts:
    """The visits of ``period`` and the violations found on them, and nothing else: what a trend is drawn by."""
    chosen = _chosen(jurisdiction, period)
    return Facts(
        jurisdiction=jurisdiction_of(session, jurisdiction),
        visits=_visits(session, chosen, {}, merged(session, f"establishments:{jurisdiction}")),
        violations=_violations(session, chosen),
        measures=(),
        establishments=(),
    )


def _compared_facts(
    session: Session, jurisdiction: uuid.UUID, period: Period, facts: Facts, places: Links
) -> Facts:
    """The visits of another period and what was found on them; the register is that of today."""
    chosen = _chosen(jurisdiction, period)
    return replace(
        facts,
        visits=_visits(session, chosen, {}, places),
        violations=_violations(session, chosen),
        measures=(),
        samples=(),
        instruments=(),
        packages=(),
        complaints=(),
        conflicts=(),
    )


def _breaches(
    session: Session, jurisdiction: uuid.UUID, period: Period, places: Links
) -> tuple[tuple[uuid.UUID, date], ...]:
    """The days on which establishments were found in breach, from a year before the period to its end."""
    rows = session.execute(
        select(Visit.establishment, Visit.visited_on)
        .distinct()
        .where(
            Violation.visit == Visit.id,
            ~Violation.voided,
            *_visits_of(jurisdiction),
            Visit.visited_on >= period.first - LOOK_BACK,
            Visit.visited_on <= period.last,
        )
    )
    return tuple((places.get(establishment, establishment), visited_on) for establishment, visited_on in rows)


def _remedies(session: Session, jurisdiction: uuid.UUID, last: date, places: Links) -> tuple[RemedyFact, ...]:
    """What was to be put right by ``last``, whenever it was found; what was put right on the spot is not owed."""
    rows = session.execute(
        select(
            Violation.id,
            Visit.establishment,
            Visit.visited_on,
            Violation.code,
            Violation.due_on,
            Violation.remedied_on,
        ).where(
            Violation.visit == Visit.id,
            ~Violation.voided,
            Violation.due_on <= last,
            Violation.corrected.is_not(True),
            *_visits_of(jurisdiction),
        )
    )
    return tuple(
        RemedyFact(id_, places.get(establishment, establishment), visited_on, code, due_on, remedied_on)
        for id_, establishment, visited_on, code, due_on, remedied_on in rows
        if due_on is not None
    )


def _ended_units(session: Session, reference: str, last: date) -> tuple[EndedUnitFact, ...]:
    """The units that had ended by ``last``, with those that name them as predecessors."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.valid_to, Unit.predecessors).where(
            Unit.scope == reference, ~Unit.voided
        )
    ).all()
    successors: dict[str, list[str]] = defaultdict(list)
    for _, name, _, predecessors in rows:
        for predecessor in predecessors or ():
            successors[predecessor].append(name)
    return tuple(
        EndedUnitFact(id_, name, valid_to, tuple(sorted(successors[str(id_)])))
        for id_, name, valid_to, _ in rows
        if valid_to is not None and valid_to <= last
    )


def _voided_visits(session: Session, jurisdiction: uuid.UUID, period: Period) -> int:
    """How many visits of the period were voided. They are counted nowhere else."""
    of_period = (
        Visit.campaign == period.campaign
        if period.campaign is not None
        else Visit.visited_on.between(period.first, period.last)
    )
    query = select(func.count()).where(
        Visit.campaign == Campaign.id, Campaign.jurisdiction == jurisdiction, Visit.voided, of_period
    )
    return session.scalar(query.select_from(Visit, Campaign)) or 0


def jurisdiction_of(session: Session, jurisdiction: uuid.UUID) -> Jurisdiction:
    """For whom a report is made: the unit that has the jurisdiction's id."""
    unit = session.execute(
        select(Unit.name, Unit.code, Unit.level).where(Unit.id == jurisdiction)
    ).one_or_none()
    return Jurisdiction(jurisdiction, *unit) if unit else Jurisdiction(jurisdiction, "")


def campaign_days(
    session: Session, jurisdiction: uuid.UUID, campaign: uuid.UUID
) -> tuple[str, date, date] | None:
    """The name, the first and the last day of a campaign of ``jurisdiction``."""
    found = session.execute(
        select(Campaign.name, Campaign.starts_on, Campaign.ends_on).where(
            Campaign.id == campaign, Campaign.jurisdiction == jurisdiction, ~Campaign.voided
        )
    ).one_or_none()
    return (found.name, found.starts_on, found.ends_on) if found else None


def complaints(session: Session, jurisdiction: uuid.UUID, last: date) -> tuple[ComplaintFact, ...]:
    """The lines of the register received up to ``last``. Voided ones keep their line: the book has no gaps."""
    columns = [column for column in Complaint.__table__.columns if column.name in COMPLAINT_COLUMNS]
    rows = session.execute(
        select(*columns, Complaint.unit, Complaint.visit, Complaint.ended_on).where(
            Complaint.jurisdiction == jurisdiction, Complaint.received_on <= last
        )
    ).mappings()
    found = list(rows)
    names = dict(_units(session, Unit.id.in_({row["unit"] for row in found} - {None})))
    return tuple(
        ComplaintFact(
            **{name: row[name] for name in COMPLAINT_COLUMNS},
            unit_name=names.get(row["unit"]),
            triggered_visit=row["visit"] is not None,
            ended_on=row["settled_on"] or row["ended_on"],
        )
        for row in found
    )


COMPLAINT_COLUMNS = (
    "id",
    "voided",
    "petition_kind",
    "channel",
    "received_on",
    "field",
    "summary",
    "status",
    "register_number",
    "register_year",
    "subject_name",
    "petitioner_type",
    "people",
    "forwarded_by",
    "forwarded_number",
    "forwarded_on",
    "accepted_on",
    "acceptance_number",
    "due_on",
    "refusal_reason",
    "refusal_number",
    "outcome",
    "settled_on",
    "decision_number",
    "note",
)


def _chosen(jurisdiction: uuid.UUID, period: Period) -> list[ColumnElement[bool]]:
    """Which visits: of the jurisdiction's campaigns, not voided, in the period."""
    conditions = _visits_of(jurisdiction)
    if period.campaign is not None:
        return [*conditions, Visit.campaign == period.campaign]
    return [*conditions, Visit.visited_on >= period.first, Visit.visited_on <= period.last]


def _visits_of(jurisdiction: uuid.UUID) -> list[ColumnElement[bool]]:
    return [
        Visit.campaign == Campaign.id,
        Campaign.jurisdiction == jurisdiction,
        ~Campaign.voided,
        ~Visit.voided,
    ]


def _visits(
    session: Session,
    chosen: Iterable[ColumnElement[bool]],
    domains: dict[str, str],
    repeats: Mapping[uuid.UUID, uuid.UUID],
) -> tuple[VisitFact, ...]:
    """A visit to a record that repeats another establishment is a visit to that one."""
    rows = session.execute(
        select(
            Visit.id, Visit.establishment, Visit.campaign, Visit.visited_on, Visit.unit, Visit.checklists
        ).where(*chosen)
    )
    return tuple(
        VisitFact(
            id_,
            repeats.get(establishment, establishment),
            campaign,
            visited_on,
            unit,
            frozenset(domains[one] for one in checklists or () if one in domains),
        )
        for id_, establishment, campaign, visited_on, unit, checklists in rows
    )


def _violations(session: Session, chosen: Iterable[ColumnElement[bool]]) -> tuple[ViolationFact, ...]:
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
        ).where(Violation.visit == Visit.id, ~Violation.voided, *chosen)
    )
    return tuple(ViolationFact(*row) for row in rows)


def _measures(session: Session, chosen: Iterable[ColumnElement[bool]]) -> tuple[MeasureFact, ...]:
    rows = session.execute(
        select(
            Measure.visit,
            Measure.measure_type,
            Measure.product_count,
            Measure.quantity,
            Measure.quantity_unit,
        ).where(Measure.visit == Visit.id, ~Measure.voided, *chosen)
    )
    return tuple(MeasureFact(*row) for row in rows)


def _samples(session: Session, chosen: Iterable[ColumnElement[bool]]) -> tuple[SampleFact, ...]:
    rows = session.execute(
        select(Sample.id, Sample.visit, Sample.result, Sample.sent_to, Sample.sent_on).where(
            Sample.visit == Visit.id, ~Sample.voided, *chosen
        )
    )
    return tuple(
        SampleFact(id_, visit, result or "pending", sent=bool(sent_to or sent_on))
        for id_, visit, result, sent_to, sent_on in rows
    )


def _instruments(session: Session, chosen: Iterable[ColumnElement[bool]]) -> tuple[InstrumentFact, ...]:
    rows = session.execute(
        select(InstrumentCheck, Visit.visited_on).where(
            InstrumentCheck.visit == Visit.id, ~InstrumentCheck.voided, *chosen
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


def _packages(session: Session, chosen: Iterable[ColumnElement[bool]]) -> tuple[PackageFact, ...]:
    rows = session.execute(
        select(PackageCheck, Visit.visited_on).where(
            PackageCheck.visit == Visit.id, ~PackageCheck.voided, *chosen
        )
    )
    return tuple(
        PackageFact(check.id, check.visit, package_judgement(check, visited_on)["verdict"])
        for check, visited_on in rows
    )


def _establishments(session: Session, jurisdiction: uuid.UUID) -> tuple[EstablishmentFact, ...]:
    rows = session.execute(
        select(
            Establishment.id,
            Establishment.name,
            Establishment.establishment_type,
            Establishment.unit,
            Establishment.operating,
            Establishment.risk,
        ).where(
            Establishment.scope == f"establishments:{jurisdiction}",
            ~Establishment.voided,
            Establishment.merged_into.is_(None),
        )
    )
    return tuple(
        EstablishmentFact(*row[:4], operating=row.operating is not False, risk=row.risk) for row in rows
    )


def _violation_types(session: Session, reference: str) -> tuple[ViolationTypeFact, ...]:
    rows = session.execute(
        select(
            ViolationType.id,
            ViolationType.code,
            ViolationType.domain,
            ViolationType.name_vi,
            ViolationType.name_en,
            ViolationType.valid_from,
        ).where(ViolationType.scope == reference, ~ViolationType.voided)
    )
    return tuple(
        ViolationTypeFact(id_, code, domain, name_vi, name_en or name_vi, valid_from)
        for id_, code, domain, name_vi, name_en, valid_from in rows
    )


def _campaigns(session: Session, jurisdiction: uuid.UUID) -> tuple[CampaignFact, ...]:
    """With the agencies that the decision names and those of the people in the team."""
    in_team: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for campaign, agency in session.execute(
        select(Assignment.campaign, Assignment.agency).where(
            ~Assignment.voided, Assignment.agency.is_not(None)
        )
    ):
        if agency is not None:
            in_team[campaign].add(agency)
    rows = session.execute(
        select(
            Campaign.id, Campaign.name, Campaign.agencies, Campaign.decision_number, Campaign.decision_date
        ).where(Campaign.jurisdiction == jurisdiction, ~Campaign.voided)
    )
    return tuple(
        CampaignFact(
            id_,
            name,
            frozenset({uuid.UUID(one) for one in agencies or ()} | in_team[id_]),
            number or "",
            decided_on,
        )
        for id_, name, agencies, number, decided_on in rows
    )


def _conflicts(session: Session, jurisdiction: uuid.UUID) -> tuple[ConflictFact, ...]:
    """Open conflicts on establishments, visits and what was recorded on them. There are few, so each table is
    asked once for the visits of its own."""
    scopes = select(Campaign.scope).where(Campaign.jurisdiction == jurisdiction)
    rows = session.execute(
        select(ConflictRow.target_kind, ConflictRow.target, ConflictRow.field).where(
            ConflictRow.open,
            (ConflictRow.scope == f"establishments:{jurisdiction}") | ConflictRow.scope.in_(scopes),
        )
    ).all()
    visits: dict[uuid.UUID, uuid.UUID] = {
        row.target: row.target for row in rows if row.target_kind == "visit"
    }
    for kind, (key, visit) in PARTS_OF_A_VISIT.items():
        targets = [row.target for row in rows if row.target_kind == kind]
        if targets:
            visits.update(
                (part, of) for part, of in session.execute(select(key, visit).where(key.in_(targets)))
            )
    return tuple(
        ConflictFact(
            kind,
            target,
            field,
            visit=visits.get(target),
            establishment=target if kind == "establishment" else None,
        )
        for kind, target, field in rows
    )


def _agencies(session: Session, reference: str) -> tuple[tuple[uuid.UUID, str], ...]:
    """Those of the reference data, in the order of their names."""
    rows = session.execute(
        select(Agency.id, Agency.name_vi)
        .where(Agency.scope == reference, ~Agency.voided)
        .order_by(Agency.name_vi, Agency.id)
    )
    return tuple((id_, name) for id_, name in rows)


def _units(session: Session, condition: ColumnElement[bool]) -> tuple[tuple[uuid.UUID, str], ...]:
    rows = session.execute(select(Unit.id, Unit.name).where(condition))
    return tuple((id_, name) for id_, name in rows)
