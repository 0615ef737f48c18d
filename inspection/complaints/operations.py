"""Verbs of the desk: receive a petition, move it on, read who wrote it. They flush and never commit.

Every write is an operation of the journal. The office's pages and the HTTP API call these; phones send
operations of their own, to which the same hooks of the kind apply.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import OutsideCalendarError
from inspection.complaints.deadlines import Variant, running_deadline
from inspection.complaints.models import Complaint
from inspection.complaints.reference import time_limits
from inspection.complaints.rules import PetitionerType, PetitionKind, Status, may_move, missing_for
from inspection.complaints.sealing import well_formed
from inspection.journal.edit import edit
from inspection.journal.kinds import registry
from inspection.journal.operation import Author, Result

MISSING = "Bắt buộc. / Required."


def receive(
    session: Session,
    author: Author,
    jurisdiction: uuid.UUID,
    fields: Mapping[str, object],
    sealed: Mapping[str, str] | None = None,
) -> tuple[uuid.UUID, Result]:
    """Enter a petition in the register of ``jurisdiction``; the journal gives its number, year and first due date.

    ``sealed`` is the petitioner's identity, encrypted where it was typed.

    :raises Refusal: ``unprocessable`` when ``sealed`` is no sealed value.
    """
    if sealed is not None and not well_formed(sealed):
        raise Refusal("unprocessable", errors={"sealed": ["Không phải hộp niêm phong. / Not a sealed box."]})
    record = uuid7()
    values = {"status": Status.RECEIVED.value, **fields, "jurisdiction": str(jurisdiction)}
    result = edit(
        session,
        author,
        kind="complaint",
        scope=f"complaint:{record}",
        fields=values,
        record=record,
        sealed=sealed,
    )
    return record, result


def move(
    session: Session,
    author: Author,
    complaint: uuid.UUID,
    target: Status,
    fields: Mapping[str, object],
    base: str,
    variant: Variant = Variant.ORDINARY,
) -> Result:
    """Bring a case to ``target`` with the ``fields`` that belong to the step. Acceptance starts the settlement clock of
    ``variant``, unless the officer names another due date.

    :raises Refusal: ``not_found``; ``illegal_transition``; ``unprocessable`` naming the fields that the step needs.
    """
    found = session.get(Complaint, complaint)
    if found is None or found.voided:
        raise Refusal("not_found")
    kind = PetitionKind(found.petition_kind)
    petitioner = None if found.petitioner_type is None else PetitionerType(found.petitioner_type)
    if not may_move(kind, Status(found.status), target, petitioner):
        raise Refusal("illegal_transition")
    missing = missing_for(kind, target, fields)
    if missing:
        raise Refusal("unprocessable", errors={name: [MISSING] for name in missing})
    values: dict[str, object] = {**fields, "status": target.value}
    if target is Status.ACCEPTED and "due_on" not in values:
        values["due_on"] = settlement_due(
            kind, petitioner, found.received_on, _day(fields["accepted_on"]), variant
        )
    return edit(
        session,
        author,
        kind="complaint",
        scope=found.scope,
        fields=with_whole_groups(found, values),
        record=complaint,
        base=base,
    )


def settlement_due(
    kind: PetitionKind,
    petitioner: PetitionerType | None,
    received_on: date,
    accepted_on: date,
    variant: Variant,
) -> str | None:
    """The last day for settling, as an ISO date; None where no law sets one or the working calendar does not reach."""
    try:
        found = running_deadline(
            time_limits(), national_calendar(), kind, petitioner, received_on, accepted_on, variant
        )
    except OutsideCalendarError:
        return None
    return None if found is None else found.due_on.isoformat()


def with_whole_groups(complaint: Complaint, values: Mapping[str, object]) -> dict[str, object]:
    """``values`` with every group they touch made whole from the record: a group merges as one value."""
    kind = registry["complaint"]
    whole = dict(values)
    for name in values:
        for member in kind.groups.get(kind.group_of.get(name, ""), ()):
            if member not in whole:
                stored = getattr(complaint, member)
                whole[member] = stored.isoformat() if isinstance(stored, date) else stored
    return whole


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Refusal(
        "unprocessable",
        errors={"accepted_on": ["Phải là ngày dạng NNNN-TT-NN. / Must be a date YYYY-MM-DD."]},
    )
