"""Reminders by mail: a case that falls due soon, and one that is overdue. They say which case and which day, and
nothing of what it is about or who wrote it."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection import mail
from inspection.complaints import queries
from inspection.complaints.models import Complaint
from inspection.people.models import Person
from inspection.people.permissions import Role

DAYS_BEFORE = 3
PURPOSE = "complaint_reminder"


def remind(session: Session, jurisdiction: uuid.UUID, today: date, office: str = "") -> list[uuid.UUID]:
    """Queue a letter for every open case that falls due within three days or is overdue, once for each due date; the
    ids of what was queued. It goes to the case's handler, or to the desk when no working person has the case.
    ``office`` is the address of the office's pages."""
    people = _people(session, jurisdiction)
    queued = []
    soon = queries.due_within(session, jurisdiction, today, DAYS_BEFORE)
    for late, rows in ((False, soon), (True, queries.overdue(session, jurisdiction, today))):
        for row in rows:
            queued += mail.queue(session, _letter(row, today, office, late=late), to=_addresses(row, people))
    return queued


def _people(session: Session, jurisdiction: uuid.UUID) -> list[Person]:
    query = select(Person).where(
        Person.scope == f"reference:{jurisdiction}", ~Person.voided, Person.active, Person.email.is_not(None)
    )
    return list(session.scalars(query.order_by(Person.id)))


def _addresses(row: Complaint, people: list[Person]) -> list[str]:
    own = [one.email for one in people if one.id == row.handler]
    desk = [one.email for one in people if Role.DESK in one.roles]
    return [address for address in own or desk if address is not None]


def _letter(row: Complaint, today: date, office: str, *, late: bool) -> mail.Letter:
    number = f"{row.register_number}/{row.register_year}"
    due_on = row.due_on or today
    day = f"{due_on.day}/{due_on.month}/{due_on.year}"
    path = f"/complaints/{row.id}"
    if late:
        subject = f"Quá hạn: đơn số {number}, hạn {day}"
        said = f"Đơn số {number} đã quá hạn xử lý (hạn {day})."
        english = f"Petition {number} is overdue (it was due on {due_on.isoformat()})."
    else:
        subject = f"Sắp đến hạn: đơn số {number}, hạn {day}"
        said = f"Đơn số {number} đến hạn xử lý ngày {day}."
        english = f"Petition {number} falls due on {due_on.isoformat()}."
    text = f"{said}\nXem tại: {office}{path}\n\n{english}\n"
    occasion = f"complaint:{row.id}:{'late' if late else 'soon'}:{due_on.isoformat()}"
    return mail.Letter(row.jurisdiction, PURPOSE, occasion, subject, text, about=path)
