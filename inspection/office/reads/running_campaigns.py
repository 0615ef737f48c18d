"""How the campaigns that run today are getting on, agency by agency and beside the last one of the same occasion.

A visit is that of the agency whose person led it, so the agencies add up to the campaign. Establishments do not: two
agencies may visit the same one.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign
from inspection.campaigns.queries import campaigns_on
from inspection.journal.store import chunks
from inspection.office.reads.campaigns import Counts, counts_of
from inspection.people.models import Agency, Person
from inspection.reports import queries
from inspection.reports.facts import VisitFact
from inspection.reports.periods import Period, PeriodKind
from inspection.reports.standing import counted_once
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN
from inspection.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Stand:
    """Visits, the establishments they went to, those of them in breach, and the violations found."""

    visits: int = 0
    establishments: int = 0
    establishments_with_violation: int = 0
    violations: int = 0


@dataclass(frozen=True, slots=True)
class AgencyStand:
    """What the people of one agency led; ``key`` is ``unknown`` where nobody is named as the lead."""

    key: str
    name_vi: str
    name_en: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class Before:
    """The last campaign of the same occasion: as it stood on the same day of its course, ``until``, and in all."""

    period: Period
    until: date
    by_then: Stand
    whole: Stand


@dataclass(frozen=True, slots=True)
class RunningCampaign:
    """``day`` is which day of the campaign today is, from 1; ``counts`` are those of the campaign's own page."""

    period: Period
    day: int
    days_left: int
    counts: Counts
    stand: Stand
    agencies: tuple[AgencyStand, ...]
    before: Before | None

    @property
    def still_to_visit(self) -> int:
        """Establishments planned that no visit has reached."""
        return self.counts.planned - self.counts.reached


def running_campaigns(session: Session, jurisdiction: uuid.UUID, today: date) -> list[RunningCampaign]:
    """The campaigns of the district that run on ``today``, the first to end first."""
    return counted_once(
        session, jurisdiction, "running campaigns", today, lambda: _count(session, jurisdiction, today)
    )


def _count(session: Session, jurisdiction: uuid.UUID, today: date) -> list[RunningCampaign]:
    campaigns = campaigns_on(session, jurisdiction, today)
    counts = counts_of(session, campaigns)
    campaigns.sort(key=lambda one: (one.ends_on, one.name, one.id))
    return [_running(session, one, counts[one.id], today) for one in campaigns]


def _running(session: Session, campaign: Campaign, counts: Counts, today: date) -> RunningCampaign:
    period = Period(
        PeriodKind.CAMPAIGN, campaign.starts_on, campaign.ends_on, campaign=campaign.id, name=campaign.name
    )
    tally = Tally(queries.visit_facts(session, campaign.jurisdiction, period), period)
    beside = queries.periods_beside(session, (campaign.jurisdiction,), period)
    return RunningCampaign(
        period,
        (today - period.first).days + 1,
        (period.last - today).days,
        counts,
        _stand(tally, tally.visits),
        _agencies(session, tally),
        _before(session, campaign, beside[0][1], today) if beside else None,
    )


def _before(session: Session, campaign: Campaign, period: Period, today: date) -> Before:
    tally = Tally(queries.visit_facts(session, campaign.jurisdiction, period), period)
    until = period.first + (today - campaign.starts_on)
    by_then = [visit for visit in tally.visits if visit.visited_on <= until]
    return Before(period, until, _stand(tally, by_then), _stand(tally, tally.visits))


def _agencies(session: Session, tally: Tally) -> tuple[AgencyStand, ...]:
    led: dict[str, list[VisitFact]] = defaultdict(list)
    leading = agencies_of(session, [visit.id for visit in tally.visits])
    for visit in tally.visits:
        led[leading.get(visit.id, UNKNOWN)].append(visit)
    rows = session.execute(
        select(Agency.id, Agency.name_vi, Agency.name_en).where(
            Agency.id.in_([uuid.UUID(key) for key in led if key != UNKNOWN])
        )
    )
    names = {str(key): (vietnamese, english or vietnamese) for key, vietnamese, english in rows}
    stands = [AgencyStand(key, *names.get(key, ("", "")), _stand(tally, made)) for key, made in led.items()]
    return tuple(sorted(stands, key=lambda one: (not one.name_vi, one.name_vi, one.key)))


def agencies_of(session: Session, visits: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The agency of whoever led each visit: the one that the person was sent by, else the one that the person is of."""
    found: dict[uuid.UUID, str] = {}
    for some in chunks(visits):
        rows = session.execute(
            select(Visit.id, Assignment.agency, Person.agency)
            .join(Person, Person.id == Visit.lead)
            .join(
                Assignment,
                (Assignment.campaign == Visit.campaign)
                & (Assignment.person == Visit.lead)
                & ~Assignment.voided,
                isouter=True,
            )
            .where(Visit.id.in_(some))
        )
        for visit, sent_by, own in rows:
            if agency := sent_by or own:
                found[visit] = str(agency)
    return found


def _stand(tally: Tally, visits: Iterable[VisitFact]) -> Stand:
    made = list(visits)
    found = [len(tally.violations_of(visit)) for visit in made]
    return Stand(
        len(made),
        len({visit.establishment for visit in made}),
        len({visit.establishment for visit, count in zip(made, found, strict=True) if count}),
        sum(found),
    )
