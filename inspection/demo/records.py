"""Reference data, people, establishments and campaigns of the demonstration."""

from __future__ import annotations

import csv
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from inspection.checklists.reference import EditionEntry, editions
from inspection.checklists.rules import Domain, edition_on
from inspection.demo.district import (
    AGENCIES,
    ESTABLISHMENTS,
    JURISDICTION,
    PEOPLE,
    REFERENCE,
    TEAM,
    agency_id,
    demo_id,
    person_id,
)
from inspection.places.reference import UnitEntry, units
from inspection.places.rules import is_valid_on
from inspection.setup.reference import write_catalogues
from inspection.setup.writer import Writer

DATA = Path(__file__).parent / "data"
ENTERED = date(2022, 4, 20)
"""The day on which the establishments are said to have been entered."""
REFORM = date(2025, 7, 1)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Viet Nam."""
    return datetime.combine(day, time(hour, minute), VIETNAM)


def district_units() -> list[UnitEntry]:
    """The 16 communes and townships of the district of 2022, by code."""
    return sorted((unit for unit in units() if unit.parent == JURISDICTION), key=lambda unit: unit.code)


def unit_on(unit: UnitEntry, day: date) -> UnitEntry:
    """The unit that stands on ``day`` where ``unit`` stood."""
    if is_valid_on(unit, day):
        return unit
    return next(each for each in units() if unit.id in each.predecessors and is_valid_on(each, day))


@dataclass(frozen=True, slots=True)
class EstablishmentEntry:
    """A made-up establishment; ``unit`` is the commune it stood in before the reform of 2025."""

    number: int
    unit: UnitEntry
    name: str
    address: str
    owner: str
    establishment_type: str
    risk: str

    @property
    def id(self) -> uuid.UUID:
        """The id of its record."""
        return demo_id("establishment", self.number)

    def fields(self) -> dict[str, object]:
        """The fields of its record on the day it was entered."""
        return {
            "name": self.name,
            "address": f"{self.address}, huyện Thanh Liêm, tỉnh Hà Nam",
            "unit": str(self.unit.id),
            "owner": self.owner,
            "licence_number": f"TD-{self.number:03d}/2021",
            "establishment_type": self.establishment_type,
            "risk": self.risk,
            "phone": f"0900 000 {self.number:03d}",
            "operating": True,
            "external_id": f"demo-{self.number:03d}",
        }


def establishments() -> list[EstablishmentEntry]:
    """The made-up establishments, in the order of the file."""
    by_code = {unit.code: unit for unit in district_units()}
    with (DATA / "establishments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        EstablishmentEntry(
            number,
            by_code[row["commune"]],
            row["name"],
            row["address"],
            row["owner"],
            row["establishment_type"],
            row["risk"],
        )
        for number, row in enumerate(rows, start=1)
    ]


def editions_for(day: date) -> list[EditionEntry]:
    """The checklist editions in force on ``day``, in the order of the domains."""
    found = (edition_on(editions(), domain, day) for domain in Domain)
    return [edition for edition in found if edition is not None]


def write_reference(writer: Writer) -> None:
    """Bring units, checklists, catalogue, agencies and people up to date."""
    write_catalogues(writer, REFERENCE)
    for agency in AGENCIES:
        words = {"code": agency.code, "name_vi": agency.name_vi, "name_en": agency.name_en}
        writer.create("agency", agency.id, REFERENCE, words)
    for person in PEOPLE:
        fields: dict[str, object] = {
            "full_name": person.full_name,
            "roles": list(person.roles),
            "position": person.position,
            "agency": None if person.agency is None else str(agency_id(person.agency)),
            "active": True,
        }
        writer.create("person", person.id, REFERENCE, fields)
    writer.flush()


def write_establishments(writer: Writer, today: date) -> None:
    """Make the establishments as of 2022 and, where the reform has moved them to another unit, say so in a
    second operation."""
    lead = person_id("lead")
    made = [
        entry
        for entry in establishments()
        if writer.create(
            "establishment", entry.id, ESTABLISHMENTS, entry.fields(), by=lead, at=at(ENTERED, 9)
        )
    ]
    writer.flush()
    if today < REFORM:
        return
    for entry in made:
        moved = {"unit": str(unit_on(entry.unit, today).id)}
        base = writer.versions[entry.id]
        writer.add("establishment", entry.id, ESTABLISHMENTS, moved, by=lead, at=at(REFORM, 9), base=base)
    writer.flush()


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """A made-up campaign. Its id is also the id of its scope."""

    key: str
    name: str
    occasion: str
    decision_number: str
    decision_date: date
    starts_on: date
    ends_on: date

    @property
    def id(self) -> uuid.UUID:
        """The id of its record."""
        return demo_id("campaign", self.key)

    @property
    def scope(self) -> str:
        """The scope in which its visits travel."""
        return f"campaign:{self.id}"


def campaigns(today: date) -> tuple[CampaignEntry, CampaignEntry]:
    """One campaign of 2022, and one that runs on ``today``."""
    past = CampaignEntry(
        "2022",
        "Kiểm tra liên ngành dịp Tết Trung thu 2022 (trình diễn)",
        "mid_autumn",
        "TD-01/QĐ-UBND",
        date(2022, 8, 15),
        date(2022, 8, 22),
        date(2022, 9, 9),
    )
    starts_on = today - timedelta(days=14)
    running = CampaignEntry(
        "running",
        f"Kiểm tra liên ngành phục vụ Tết Nguyên đán {_tet_after(today)} (trình diễn)",
        "tet",
        "TD-02/QĐ-UBND",
        starts_on - timedelta(days=7),
        starts_on,
        today + timedelta(days=60),
    )
    return past, running


def _tet_after(today: date) -> int:
    """The year of the next Tết. It falls between 21 January and 20 February, so from March on it is next year's."""
    return today.year if today.month <= 2 else today.year + 1


def write_campaigns(writer: Writer, today: date) -> list[CampaignEntry]:
    """Make the campaigns with their team; returns those that were not there yet."""
    made = []
    communes = district_units()
    for campaign in campaigns(today):
        places = {unit_on(unit, campaign.starts_on).id for unit in communes}
        fields: dict[str, object] = {
            "jurisdiction": str(JURISDICTION),
            "name": campaign.name,
            "campaign_type": "periodic",
            "occasion": campaign.occasion,
            "decision_number": campaign.decision_number,
            "decision_date": campaign.decision_date.isoformat(),
            "legal_basis": "Luật An toàn thực phẩm 2010; Luật Đo lường 2011; dữ liệu trình diễn",
            "starts_on": campaign.starts_on.isoformat(),
            "ends_on": campaign.ends_on.isoformat(),
            "agencies": [str(agency.id) for agency in AGENCIES],
            "units": sorted(str(place) for place in places),
            "checklists": [str(edition.id) for edition in editions_for(campaign.starts_on)],
        }
        planned = at(campaign.decision_date, 8)
        if not writer.create(
            "campaign", campaign.id, campaign.scope, fields, by=person_id("manager"), at=planned
        ):
            continue
        made.append(campaign)
        for person in TEAM:
            assignment: dict[str, object] = {
                "campaign": str(campaign.id),
                "person": str(person.id),
                "agency": None if person.agency is None else str(agency_id(person.agency)),
                "duty": "lead" if "lead" in person.roles else "member",
                "team": "Đoàn liên ngành số 1",
            }
            record = demo_id("assignment", campaign.key, person.key)
            writer.add("assignment", record, campaign.scope, assignment, by=person_id("manager"), at=planned)
    writer.flush()
    return made
