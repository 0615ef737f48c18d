"""The breakdowns of the violation summary by who was visited and who visited: units, types and risks of establishments,
campaigns, agencies. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from inspection.reports.facts import CampaignFact, EstablishmentFact, VisitFact
from inspection.reports.shapes import AgencyRow, CampaignResultRow, CampaignRow, PlaceRow
from inspection.reports.tally import Tally
from inspection.reports.wordlists import UNKNOWN, Word, words

UNCLASSIFIED = Word(UNKNOWN, "Chưa phân loại", "Unclassified")


def by_unit(tally: Tally) -> list[PlaceRow]:
    """An establishment counts in the unit of its latest visit, a visit in its own: each partition is
    exact."""
    names = dict(tally.facts.unit_names)
    establishments: dict[UUID | None, list[EstablishmentFact]] = defaultdict(list)
    visits: dict[UUID | None, list[VisitFact]] = defaultdict(list)
    for visit in tally.visits:
        visits[tally.unit_of(visit)].append(visit)
    for establishment in tally.inspected:
        establishments[tally.unit_of(tally.visits_to(establishment)[-1])].append(establishment)
    rows = []
    for unit in {*visits, *establishments}:
        name = names.get(unit) if unit else None
        word = (
            Word(str(unit), name, name)
            if name
            else Word(str(unit or UNKNOWN), "Chưa rõ địa bàn", "Unknown place")
        )
        rows.append(_place(tally, word, establishments[unit], visits[unit]))
    return sorted(rows, key=lambda row: (row["key"] == UNKNOWN, row["name_vi"], row["key"]))


def by_establishment_type(tally: Tally) -> list[PlaceRow]:
    """By the types of Bảng 1, those of no such type last."""
    rows = []
    for word in (*words("results"), UNCLASSIFIED):
        establishments = [one for one in tally.inspected if tally.type_of(one) == word.key]
        visits = [visit for one in establishments for visit in tally.visits_to(one)]
        if establishments or word is not UNCLASSIFIED:
            rows.append(_place(tally, word, establishments, visits))
    return rows


def by_risk(tally: Tally) -> list[PlaceRow]:
    """By the office's own estimate, the highest first; those nobody has estimated last."""
    known = [word.key for word in words("risks")]
    rows = []
    for word in (*words("risks"), Word(UNKNOWN, "Chưa đánh giá", "Not estimated")):
        establishments = [
            one for one in tally.inspected if (one.risk if one.risk in known else UNKNOWN) == word.key
        ]
        visits = [visit for one in establishments for visit in tally.visits_to(one)]
        rows.append(_place(tally, word, establishments, visits))
    return rows


def _place(
    tally: Tally, word: Word, establishments: Sequence[EstablishmentFact], visits: Sequence[VisitFact]
) -> PlaceRow:
    return PlaceRow(
        key=word.key,
        name_vi=word.name_vi,
        name_en=word.name_en,
        establishments=len(establishments),
        establishments_with_violation=sum(1 for one in establishments if one in tally.in_breach),
        visits=len(visits),
        visits_with_violation=sum(1 for visit in visits if tally.violations_of(visit)),
        violations=sum(len(tally.violations_of(visit)) for visit in visits),
    )


def by_campaign(tally: Tally) -> list[CampaignRow]:
    """In the order of their first visits."""
    known = {campaign.id: campaign for campaign in tally.facts.campaigns}
    visits: dict[UUID, list[VisitFact]] = defaultdict(list)
    for visit in tally.visits:
        visits[visit.campaign].append(visit)
    return [_campaign(known.get(key, CampaignFact(key, "")), made) for key, made in visits.items()]


def _campaign(campaign: CampaignFact, visits: Sequence[VisitFact]) -> CampaignRow:
    return CampaignRow(
        key=str(campaign.id),
        name=campaign.name,
        decision_number=campaign.decision_number,
        decision_date=campaign.decision_date.isoformat() if campaign.decision_date else "",
        visits=len(visits),
        establishments=len({visit.establishment for visit in visits}),
    )


def campaign_results(tally: Tally) -> list[CampaignResultRow]:
    """In the order of their first visits."""
    names = {campaign.id: campaign.name for campaign in tally.facts.campaigns}
    visits: dict[UUID, list[VisitFact]] = defaultdict(list)
    for visit in tally.visits:
        visits[visit.campaign].append(visit)
    rows = []
    for campaign, made in visits.items():
        found = [one for visit in made for one in tally.violations_of(visit)]
        fines = [one for one in found if one.sanction == "fine"]
        inspected = {visit.establishment for visit in made}
        in_breach = {visit.establishment for visit in made if tally.violations_of(visit)}
        rows.append(
            CampaignResultRow(
                key=str(campaign),
                name=names.get(campaign, ""),
                establishments=len(inspected),
                passed=len(inspected - in_breach),
                in_breach=len(in_breach),
                visits=len(made),
                violations=len(found),
                fines=len(fines),
                fines_total=sum(one.amount or 0 for one in fines),
            )
        )
    return rows


def by_agency(tally: Tally) -> list[AgencyRow]:
    """Not a partition: several agencies visit together."""
    agencies = {campaign.id: campaign.agencies for campaign in tally.facts.campaigns}
    visits = Counter(agency for visit in tally.visits for agency in agencies.get(visit.campaign, ()))
    campaigns = Counter(
        agency
        for campaign in {visit.campaign for visit in tally.visits}
        for agency in agencies.get(campaign, ())
    )
    places: dict[UUID, set[UUID]] = defaultdict(set)
    for visit in tally.visits:
        for agency in agencies.get(visit.campaign, ()):
            places[agency].add(visit.establishment)
    return [
        AgencyRow(
            key=str(agency),
            name=name,
            campaigns=campaigns[agency],
            establishments=len(places[agency]),
            visits=visits[agency],
        )
        for agency, name in tally.facts.agency_names
        if visits[agency]
    ]
