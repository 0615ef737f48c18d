"""The content of a visit record gathered from the journal, whatever kinds of record lie under the visit."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment
from inspection.journal.kinds import registry
from inspection.journal.models import Record
from inspection.journal.state import flatten, from_json
from inspection.people.models import Agency, Person
from inspection.places.models import Unit
from inspection.visits.record.content import Content, Parts, content_of


def gathered(session: Session, visit: uuid.UUID) -> Content | None:
    """The content of the record of a visit as it stands now; None when there is no such visit."""
    fields = _values(session, visit)
    if fields is None:
        return None
    establishment = _values(session, _id(fields.get("establishment"))) or {}
    unit = session.get(Unit, _id(fields.get("unit") or establishment.get("unit")))
    return content_of(
        Parts(
            visit=visit,
            fields=fields,
            campaign=_values(session, _id(fields.get("campaign"))) or {},
            establishment=establishment,
            unit=unit.name if unit else "",
            team=_team(session, _id(fields.get("campaign")), _id(fields.get("lead"))),
            parts=_parts(session, visit),
        )
    )


NOTHING = uuid.UUID(int=0)


def _id(value: Any) -> uuid.UUID:
    return uuid.UUID(value) if value else NOTHING


def _values(session: Session, record: uuid.UUID) -> dict[str, Any] | None:
    row = session.get(Record, record)
    if row is None:
        return None
    return flatten(from_json(row.state).fields, registry[row.kind].groups)


def _parts(session: Session, visit: uuid.UUID) -> dict[str, dict[str, dict[str, Any]]]:
    """The records below a visit by kind and id, without what was voided and without what seals."""
    parts: dict[str, dict[str, dict[str, Any]]] = {}
    for row in session.scalars(select(Record).where(Record.parent == visit).order_by(Record.id)):
        kind = registry.get(row.kind)
        if kind is None or kind.seals_parent or kind.parent != "visit":
            continue
        state = from_json(row.state)
        if not state.voided:
            parts.setdefault(row.kind, {})[str(row.id)] = flatten(state.fields, kind.groups)
    return parts


def _team(session: Session, campaign: uuid.UUID, lead: uuid.UUID) -> list[dict[str, Any]]:
    """The members of the team in the order of their ids: the lead's team where the campaign has several."""
    query = select(Assignment).where(Assignment.campaign == campaign, ~Assignment.voided)
    members = sorted(session.scalars(query), key=lambda one: (str(one.person), str(one.id)))
    team = next((one.team for one in members if one.person == lead), None)
    team_members = [one for one in members if not team or one.team == team]
    return [_member(session, one) for one in team_members]


def _member(session: Session, assignment: Assignment) -> dict[str, Any]:
    person = session.get(Person, assignment.person)
    agency = session.get(Agency, assignment.agency or (person.agency if person else None) or NOTHING)
    return {
        "name": person.full_name if person else None,
        "position": person.position if person else None,
        "agency": agency.name_vi if agency else None,
        "duty": assignment.duty,
    }
