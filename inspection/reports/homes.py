"""From the projections to facts: what jurisdictions have at home, whatever the period: their registers of
establishments, units, agencies, the catalogue of acts, campaigns."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign
from inspection.checklists.models import Checklist, ViolationType
from inspection.journal.store import chunks
from inspection.people.models import Agency
from inspection.places.models import Establishment, Unit
from inspection.reports.facts import CampaignFact, EndedUnitFact, EstablishmentFact, ViolationTypeFact
from inspection.reports.visited import Chosen, Jurisdictions
from inspection.visits.models import Visit


def reference(jurisdictions: Jurisdictions) -> list[str]:
    """The scopes of the reference data."""
    return [f"reference:{one}" for one in jurisdictions]


def registers(jurisdictions: Jurisdictions) -> list[str]:
    """The scopes of the establishments."""
    return [f"establishments:{one}" for one in jurisdictions]


def _standing(jurisdictions: Jurisdictions) -> list[ColumnElement[bool]]:
    """Which establishments: not voided, and no repeat of another."""
    return [
        Establishment.scope.in_(registers(jurisdictions)),
        ~Establishment.voided,
        Establishment.merged_into.is_(None),
    ]


def establishments(session: Session, *conditions: ColumnElement[bool]) -> tuple[EstablishmentFact, ...]:
    """Establishments as facts."""
    rows = session.execute(
        select(
            Establishment.id,
            Establishment.name,
            Establishment.establishment_type,
            Establishment.unit,
            Establishment.operating,
            Establishment.risk,
        ).where(*conditions)
    )
    return tuple(
        EstablishmentFact(*row[:4], operating=row.operating is not False, risk=row.risk) for row in rows
    )


def whole_register(session: Session, jurisdictions: Jurisdictions) -> tuple[EstablishmentFact, ...]:
    """Every establishment of the registers."""
    return establishments(session, *_standing(jurisdictions))


def named_of_register(
    session: Session, jurisdictions: Jurisdictions, which: Chosen, named: Iterable[uuid.UUID]
) -> tuple[tuple[EstablishmentFact, ...], tuple[tuple[str, int], ...]]:
    """The establishments of the registers to which the visits ``which`` were made or that are ``named``, and how many
    others operate, by type."""
    standing = _standing(jurisdictions)
    inspected = select(Visit.establishment).where(*which)
    found = list(establishments(session, Establishment.id.in_(inspected), *standing))
    for some in chunks(set(named) - {one.id for one in found}):
        found += establishments(session, Establishment.id.in_(some), *standing)
    operating = select(Establishment.establishment_type, func.count()).where(
        *standing, Establishment.operating.is_not(False)
    )
    others: Counter[str] = Counter()
    for establishment_type, count in session.execute(operating.group_by(Establishment.establishment_type)):
        others[establishment_type] = count
    others.subtract(Counter(one.establishment_type for one in found if one.operating))
    return tuple(found), tuple(sorted(others.items()))


def domains(session: Session, jurisdictions: Jurisdictions) -> dict[str, str]:
    """The domain of each checklist, by its id as visits name it."""
    rows = session.execute(
        select(Checklist.id, Checklist.domain).where(Checklist.scope.in_(reference(jurisdictions)))
    )
    return {str(id_): domain for id_, domain in rows}


def violation_types(session: Session, jurisdictions: Jurisdictions) -> tuple[ViolationTypeFact, ...]:
    """The catalogue."""
    rows = session.execute(
        select(
            ViolationType.id,
            ViolationType.code,
            ViolationType.domain,
            ViolationType.name_vi,
            ViolationType.name_en,
            ViolationType.valid_from,
        ).where(ViolationType.scope.in_(reference(jurisdictions)), ~ViolationType.voided)
    )
    return tuple(
        ViolationTypeFact(id_, code, domain, name_vi, name_en or name_vi, valid_from)
        for id_, code, domain, name_vi, name_en, valid_from in rows
    )


def campaigns(session: Session, *conditions: ColumnElement[bool]) -> tuple[CampaignFact, ...]:
    """The campaigns that fulfil ``conditions``, with the agencies that the decision names and those of the people in
    the team."""
    own = (~Campaign.voided, *conditions)
    in_team: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    teams = (
        select(Assignment.campaign, Assignment.agency)
        .distinct()
        .join(Campaign, Campaign.id == Assignment.campaign)
    )
    for campaign, agency in session.execute(
        teams.where(~Assignment.voided, Assignment.agency.is_not(None), *own)
    ):
        if agency is not None:
            in_team[campaign].add(agency)
    rows = session.execute(
        select(
            Campaign.id, Campaign.name, Campaign.agencies, Campaign.decision_number, Campaign.decision_date
        ).where(*own)
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


def agencies(session: Session, jurisdictions: Jurisdictions) -> tuple[tuple[uuid.UUID, str], ...]:
    """Those of the reference data, in the order of their names."""
    rows = session.execute(
        select(Agency.id, Agency.name_vi)
        .where(Agency.scope.in_(reference(jurisdictions)), ~Agency.voided)
        .order_by(Agency.name_vi, Agency.id)
    )
    return tuple((id_, name) for id_, name in rows)


def unit_names(session: Session, condition: ColumnElement[bool]) -> tuple[tuple[uuid.UUID, str], ...]:
    """The units that fulfil a condition, with their names."""
    rows = session.execute(select(Unit.id, Unit.name).where(condition))
    return tuple((id_, name) for id_, name in rows)


def ended_units(session: Session, jurisdictions: Jurisdictions, last: date) -> tuple[EndedUnitFact, ...]:
    """The units that had ended by ``last``, with those that name them as predecessors."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.valid_to, Unit.predecessors).where(
            Unit.scope.in_(reference(jurisdictions)), ~Unit.voided
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
