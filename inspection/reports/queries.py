"""From the projections to facts: columns only, in one snapshot, so that every number speaks of the same moment.

What jurisdictions have at home is read by :mod:`~inspection.reports.homes`, what was recorded on visits by
:mod:`~inspection.reports.visited`; here both become the facts of a report.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from inspection.campaigns.models import Campaign
from inspection.complaints.models import Complaint
from inspection.places.merging import Links, merged
from inspection.places.models import Unit
from inspection.reports import homes, visited
from inspection.reports.facts import ComplaintFact, Earlier, Facts, Jurisdiction, RemedyFact
from inspection.reports.periods import Period, PeriodKind, compared_with
from inspection.reports.register import ENDS
from inspection.reports.visited import Jurisdictions

Owed = Mapping[uuid.UUID, tuple[RemedyFact, ...]]
"""What each jurisdiction owes."""


def summary_facts(session: Session, jurisdiction: uuid.UUID, period: Period) -> Facts:
    """What the violation summary of ``period`` is made of."""
    own = (jurisdiction,)
    places = merged(session, *homes.registers(own))
    owed = visited.remedies(session, own, period.last, places)
    facts = replace(
        _facts(session, jurisdiction_of(session, jurisdiction), own, period, places, owed),
        establishments=homes.whole_register(session, own),
        campaigns=homes.campaigns(session, Campaign.jurisdiction.in_(own)),
        complaints=complaints(session, own, period),
    )
    earlier = _earlier(session, own, period, places)
    if earlier:
        before = _compared_facts(session, own, earlier[0].period, facts, places)
        earlier = (replace(earlier[0], facts=before), *earlier[1:])
    return replace(facts, earlier=earlier)


def facts_together(
    session: Session, own: Jurisdictions, place: Jurisdiction, period: Period, owed: Owed
) -> Facts:
    """What a summary of several jurisdictions as those of one, ``place``, is made of. Only the establishments and the
    campaigns that something else names are read; the other establishments are counted by the database. ``owed`` is
    what these jurisdictions owe, and may be what others owe too."""
    places = merged(session, *homes.registers(own))
    facts = _facts(session, place, own, period, places, owed)
    named = {
        *(one.establishment for one in facts.visits),
        *(one.establishment for one in facts.remedies),
        *(one.establishment for one in facts.conflicts if one.establishment),
    }
    establishments, others = homes.named_of_register(session, own, visited.chosen(own, period), named)
    facts = replace(
        facts,
        establishments=establishments,
        others_operating=others,
        campaigns=homes.campaigns(session, Campaign.id.in_({one.campaign for one in facts.visits})),
        complaints=complaints(session, own, period),
    )
    return replace(facts, earlier=_earlier(session, own, period, places))


def remedies_owed(session: Session, own: Jurisdictions, last: date) -> Owed:
    """What was to be put right by ``last`` and was not. It is looked for in all that was ever found, so it is asked
    once for all of ``own``."""
    return visited.remedies(session, own, last, merged(session, *homes.registers(own)))


def _earlier(session: Session, own: Jurisdictions, period: Period, places: Links) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(key, compared, visited.seen(session, visited.chosen(own, compared), places))
        for key, compared in periods_beside(session, own, period)
    )


def periods_beside(session: Session, own: Jurisdictions, period: Period) -> list[tuple[str, Period]]:
    """A legal period and a range have their neighbours, a campaign the last one before it of the same occasion."""
    if period.campaign is None:
        return compared_with(period)
    before = _campaign_before(session, own, period.campaign)
    return [] if before is None else [("last_campaign", before)]


def _campaign_before(session: Session, own: Jurisdictions, campaign: uuid.UUID) -> Period | None:
    """The campaign of the same occasion that began last before this one: this Tết is set beside last Tết."""
    this = aliased(Campaign)
    found = session.execute(
        select(Campaign.id, Campaign.name, Campaign.starts_on, Campaign.ends_on)
        .where(
            this.id == campaign,
            this.jurisdiction.in_(own),
            Campaign.jurisdiction == this.jurisdiction,
            Campaign.id != this.id,
            Campaign.occasion == this.occasion,
            Campaign.campaign_type == this.campaign_type,
            Campaign.starts_on < this.starts_on,
            ~Campaign.voided,
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return Period(PeriodKind.CAMPAIGN, found.starts_on, found.ends_on, campaign=found.id, name=found.name)


def _facts(
    session: Session, place: Jurisdiction, own: Jurisdictions, period: Period, places: Links, owed: Owed
) -> Facts:
    which = visited.chosen(own, period)
    return Facts(
        jurisdiction=place,
        visits=visited.visits(session, which, homes.domains(session, own), places),
        violations=visited.violations(session, which),
        measures=visited.measures(session, which),
        samples=visited.samples(session, which),
        instruments=visited.instruments(session, which),
        packages=visited.packages(session, which),
        establishments=(),
        violation_types=homes.violation_types(session, own),
        agency_names=homes.agencies(session, own),
        unit_names=homes.unit_names(session, Unit.scope.in_(homes.reference(own))),
        conflicts=visited.conflicts(session, own),
        breaches=visited.breaches(session, own, period, places),
        remedies=tuple(one for jurisdiction in own for one in owed.get(jurisdiction, ())),
        ended_units=homes.ended_units(session, own, period.last),
        voided_visits=visited.voided_visits(session, own, period),
    )


def visit_facts(session: Session, jurisdiction: uuid.UUID, period: Period) -> Facts:
    """The visits of ``period`` and the violations found on them, and nothing else: what a trend is drawn by."""
    own = (jurisdiction,)
    which = visited.chosen(own, period)
    return Facts(
        jurisdiction=jurisdiction_of(session, jurisdiction),
        visits=visited.visits(session, which, {}, merged(session, *homes.registers(own))),
        violations=visited.violations(session, which),
        measures=(),
        establishments=(),
    )


def _compared_facts(
    session: Session, own: Jurisdictions, period: Period, facts: Facts, places: Links
) -> Facts:
    """The visits of another period and what was found on them; the register is that of today."""
    which = visited.chosen(own, period)
    return replace(
        facts,
        visits=visited.visits(session, which, {}, places),
        violations=visited.violations(session, which),
        measures=(),
        samples=(),
        instruments=(),
        packages=(),
        complaints=(),
        conflicts=(),
    )


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


def complaints(session: Session, own: Jurisdictions, period: Period) -> tuple[ComplaintFact, ...]:
    """The lines of the register that belong to ``period``: received by its last day, and not ended before its first.
    Voided ones keep their line: the book has no gaps."""
    columns = [column for column in Complaint.__table__.columns if column.name in COMPLAINT_COLUMNS]
    ended = func.coalesce(Complaint.settled_on, Complaint.ended_on, Complaint.received_on)
    rows = session.execute(
        select(*columns, Complaint.unit, Complaint.visit, Complaint.ended_on).where(
            Complaint.jurisdiction.in_(own),
            Complaint.received_on <= period.last,
            or_(
                Complaint.received_on >= period.first,
                Complaint.status.not_in(ENDS),
                ended >= period.first,
            ),
        )
    ).mappings()
    found = list(rows)
    units = {row["unit"] for row in found} - {None}
    names = dict(homes.unit_names(session, Unit.id.in_(units))) if units else {}
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
