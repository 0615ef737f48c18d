"""Names for the ids that records point to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.campaigns.models import Campaign
from inspection.checklists.models import Checklist, ViolationType
from inspection.complaints.models import Complaint
from inspection.office import formats
from inspection.people.models import Agency, Person
from inspection.places.models import Establishment, Unit
from inspection.visits.models import Violation, Visit

MOST_AT_ONCE = 500


def as_ids(values: Iterable[object]) -> set[uuid.UUID]:
    """Those of ``values`` that are ids, as UUIDs."""
    found = set()
    for value in values:
        if isinstance(value, uuid.UUID):
            found.add(value)
        elif isinstance(value, str) and len(value) == 36:
            try:
                found.add(uuid.UUID(value))
            except ValueError:
                continue
    return found


def names_of(session: Session, values: Iterable[object], language: Language) -> dict[str, str]:
    """Names by id, as text: a petition by its number, a visit by establishment and day, a violation by its code and its
    visit. An id that nothing known bears is absent."""
    english = language == "en"
    sources: tuple[tuple[ColumnElement[uuid.UUID], ColumnElement[str]], ...] = (
        (Person.id.expression, Person.full_name.expression),
        (Establishment.id.expression, Establishment.name.expression),
        (Unit.id.expression, Unit.name.expression),
        (Agency.id.expression, (Agency.name_en if english else Agency.name_vi).expression),
        (Campaign.id.expression, Campaign.name.expression),
        (Checklist.id.expression, (Checklist.title_en if english else Checklist.title_vi).expression),
        (ViolationType.id.expression, ViolationType.name_vi.expression),
    )
    wanted = sorted(as_ids(values))
    names: dict[str, str] = {}
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        for identifier, name in sources:
            names |= {
                str(key): text
                for key, text in session.execute(select(identifier, name).where(identifier.in_(some)))
            }
        registered = select(Complaint.id, Complaint.register_number, Complaint.register_year)
        for key, number, year in session.execute(registered.where(Complaint.id.in_(some))):
            names[str(key)] = f"{number}/{year}"
        visited = select(Visit.id, Visit.visited_on, Establishment.name)
        visited = visited.join(Establishment, Establishment.id == Visit.establishment, isouter=True)
        for key, day, shop in session.execute(visited.where(Visit.id.in_(some))):
            names[str(key)] = f"{shop or formats.NOTHING}, {formats.day(day, language)}"
        breaches = visited.add_columns(Violation.id, Violation.code).join(
            Violation, Violation.visit == Visit.id
        )
        for _, day, shop, key, code in session.execute(breaches.where(Violation.id.in_(some))):
            names[str(key)] = f"{code}, {shop or formats.NOTHING}, {formats.day(day, language)}"
    return names
