"""Choices that forms offer: the records of the reader's district that a field may point to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.extensions import now
from inspection.checklists.models import Checklist
from inspection.office import formats
from inspection.office.blueprint import say
from inspection.office.reads import establishments
from inspection.office.reads.names import as_ids
from inspection.office.record_forms import Finding, Option
from inspection.people.access import caller
from inspection.people.models import Agency, Person
from inspection.people.permissions import Role
from inspection.places.models import Establishment, Unit
from inspection.places.queries import successors_of

COMMUNES = ("commune", "township", "ward")


def today() -> date:
    """Today in Vietnam."""
    return now().astimezone(formats.ZONE).date()


def options_for(session: Session, kind: str, role: Role | None = None) -> list[Option]:
    """Ids and names of the records of ``kind`` that hold today, in the order of their names.

    ``role`` keeps only people who have it. A ``place`` is a commune of any time: a petition may speak of one that was
    dissolved, and then its successors stand beside its name.
    """
    reading = caller()
    jurisdiction, english, day = reading.grants.jurisdiction, reading.language == "en", today()
    reference = f"reference:{jurisdiction}"
    rows: Sequence[tuple[object, str]]
    match kind:
        case "agency":
            name = Agency.name_en if english else Agency.name_vi
            rows = session.execute(
                select(Agency.id, name).where(Agency.scope == reference, ~Agency.voided).order_by(Agency.code)
            ).all()
        case "person":
            people = session.execute(
                select(Person.id, Person.full_name, Person.roles)
                .where(Person.scope == reference, ~Person.voided, Person.active.is_(True))
                .order_by(Person.full_name)
            )
            rows = [(one, name) for one, name, roles in people if role is None or role in roles]
        case "unit":
            rows = session.execute(
                select(Unit.id, Unit.name)
                .where(
                    Unit.scope == reference,
                    ~Unit.voided,
                    Unit.level.in_(COMMUNES),
                    Unit.valid_from <= day,
                    or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
                )
                .order_by(Unit.name)
            ).all()
        case "place":
            rows = _places(session, reference, day)
        case "checklist":
            title = Checklist.title_en if english else Checklist.title_vi
            rows = session.execute(
                select(Checklist.id, title)
                .where(
                    Checklist.scope == reference,
                    ~Checklist.voided,
                    Checklist.valid_from <= day,
                    or_(Checklist.valid_to.is_(None), Checklist.valid_to >= day),
                )
                .order_by(title)
            ).all()
        case _:
            raise ValueError(kind)
    return [(str(identifier), name) for identifier, name in rows]


MOST_FOUND = 20


def find_establishments(session: Session, words: str, chosen: object) -> Finding:
    """The establishments of the reader's district that have the ``words``, with what tells two of one name apart; the
    ``chosen`` one keeps its place whatever was looked for."""
    scope, words = f"establishments:{caller().grants.jurisdiction}", words.strip()[:100]
    lines, total = (
        establishments.search(session, scope, establishments.Wanted(words), 1) if words else ([], 0)
    )
    found = [
        (str(one.id), ", ".join(filter(None, (one.name, one.address, line.unit))))
        for line in lines[:MOST_FOUND]
        for one in (line.establishment,)
    ]
    named = select(Establishment.id, Establishment.name).where(Establishment.scope == scope)
    names = {
        str(one): name for one, name in session.execute(named.where(Establishment.id.in_(as_ids([chosen]))))
    }
    kept = (str(chosen), names.get(str(chosen), str(chosen))) if chosen else None
    return Finding(words, [one for one in found if kept is None or one[0] != kept[0]], total, kept)


def _places(session: Session, reference: str, day: date) -> list[tuple[object, str]]:
    """Communes of any time, those that stand first."""
    rows = session.scalars(
        select(Unit)
        .where(Unit.scope == reference, ~Unit.voided, Unit.level.in_(COMMUNES), Unit.valid_from <= day)
        .order_by(Unit.valid_to.is_not(None), Unit.name, Unit.valid_from)
    )
    return [(one.id, place_words(session, one, day)) for one in rows]


def place_words(session: Session, unit: Unit, day: date) -> str:
    """A unit's name; one that is no more says until when it was and what stands in its place."""
    if unit.valid_to is None or day <= unit.valid_to:
        return unit.name
    until = formats.day(unit.valid_to, caller().language)
    following = ", ".join(one.name for one in successors_of(session, unit, day))
    return say(
        "place.dissolved_into" if following else "place.dissolved", name=unit.name, day=until, now=following
    )
