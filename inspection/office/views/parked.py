"""Operations that were kept aside: refused, sent by a revoked device, or waiting for another record.

A sealed one is not opened here: it may hold a petitioner's identity in a field where none belongs.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import CATALOGUE, Language, Refusal, message
from config.extensions import db, write
from inspection.journal import desk
from inspection.journal.kinds import registry
from inspection.journal.models import Parked, ParkedStatus
from inspection.journal.operation import Status
from inspection.office import formats
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import administration as reads
from inspection.office.reads.conflict_views import subject_of
from inspection.office.reads.names import names_of
from inspection.office.reads.values import Described, in_words, label, mentioned
from inspection.people.access import caller, require_page
from inspection.people.models import Device, Person
from inspection.people.permissions import Permission

STATUSES = ("rejected", "quarantined", "held", "admitted", "dismissed")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an operation was kept aside: in general, and field by field."""

    words: str
    fields: list[tuple[str, str]]


@blueprint.get("/parked")
@require_page(Permission.MANAGE_PARKED)
def parked() -> ResponseReturnValue:
    """The queue, oldest first."""
    session, reading = db.session(), caller()
    status = request.args.get("status", "")
    status = status if status in STATUSES else "rejected"
    people = [line.person.id for line in reads.people(session, reading.grants.jurisdiction)]
    found = desk.queue(session, people, [status])
    return render_template(
        "office/parked.html",
        found=found,
        status=status,
        statuses=STATUSES,
        counts=reads.parked_counts(session, reading.grants.jurisdiction),
        names=names_of(session, {one.user for one in found}, reading.language),
        subjects=_subjects(session, found, reading.language),
        reasons={one.id: _reason(one, reading.language) for one in found},
    )


@blueprint.get("/parked/<uuid:record>")
@require_page(Permission.MANAGE_PARKED)
def parked_operation(record: uuid.UUID) -> ResponseReturnValue:
    """One operation in words, and what can be done with it."""
    session, reading = db.session(), caller()
    found = _one(session, record)
    content = found.content if isinstance(found.content, Mapping) else {}
    device = session.get(Device, found.device)
    return render_template(
        "office/parked_operation.html",
        parked=found,
        waiting=found.status in desk.WAITING,
        lines=_lines(session, content, reading.language),
        raw=json.dumps(found.content, ensure_ascii=False, indent=2) if found.content is not None else None,
        subject=_subjects(session, [found], reading.language)[found.id],
        made_at=_moment(content.get("made_at"), reading.language),
        reason=_reason(found, reading.language),
        names=names_of(session, {found.user, found.decided_by}, reading.language),
        device=device.name if device else str(found.device),
        page=_page_of(found),
    )


@blueprint.post("/parked/<uuid:record>/admit")
@require_page(Permission.MANAGE_PARKED)
def admit(record: uuid.UUID) -> ResponseReturnValue:
    """Let the operation in under its author's name."""
    _one(db.session(), record)
    with write() as session:
        result = desk.admit(session, record, caller().person)
    if result.status in {Status.APPLIED, Status.MERGED, Status.CONFLICT}:
        flash(say("flash.admitted"), "success")
        return redirect(url_for("office.parked"))
    code = str((result.error or {}).get("code", ""))
    words = message(code, caller().language) if code in CATALOGUE else say("flash.held")
    flash(say("parked.not_admitted", words=words), "warning")
    return redirect(url_for("office.parked_operation", record=record))


@blueprint.post("/parked/<uuid:record>/dismiss")
@require_page(Permission.MANAGE_PARKED)
def dismiss(record: uuid.UUID) -> ResponseReturnValue:
    """Put the operation away, with a reason. Its content is kept."""
    _one(db.session(), record)
    with write() as session:
        desk.dismiss(session, record, caller().person, request.form.get("reason", ""))
    flash(say("flash.dismissed"), "success")
    return redirect(url_for("office.parked"))


def _subjects(session: Session, found: Sequence[Parked], language: Language) -> dict[uuid.UUID, str]:
    """What each operation is about and at which visit, as far as it says so itself."""
    said = {one.id: _fields(one) for one in found}
    names = names_of(session, mentioned(value for each in said.values() for value in each.values()), language)
    subjects = {}
    for record, values in said.items():
        words = (subject_of(values, names), names.get(str(values.get("visit")), ""))
        subjects[record] = " · ".join(word for word in words if word)
    return subjects


def _fields(parked: Parked) -> dict[str, Any]:
    fields = parked.content.get("fields") if isinstance(parked.content, Mapping) else None
    return {str(name): value for name, value in fields.items()} if isinstance(fields, Mapping) else {}


def _moment(text: object, language: Language) -> str | None:
    """When a device says it made an operation; as it came when that is no moment."""
    if not isinstance(text, str):
        return None
    try:
        return formats.moment(text, language)
    except ValueError:
        return text


def _one(session: Session, record: uuid.UUID) -> Parked:
    """An operation of somebody of the reader's district.

    :raises Refusal: ``not_found``.
    """
    found = session.get(Parked, record)
    person = session.get(Person, found.user) if found is not None else None
    if found is None or person is None or person.scope != f"reference:{caller().grants.jurisdiction}":
        raise Refusal("not_found")
    return found


def _reason(parked: Parked, language: Language) -> Reason:
    if parked.status == ParkedStatus.HELD:
        kind = say(f"kind.{parked.waits_for_kind}") if parked.waits_for_kind in registry else "—"
        return Reason(say("parked.waits_for", kind=kind), [])
    error = parked.error or {}
    code = str(error.get("code", ""))
    if parked.status == ParkedStatus.QUARANTINED:
        code = "device_revoked"
    fields = error.get("fields") if isinstance(error.get("fields"), Mapping) else {}
    lines = [
        (
            label(parked.kind or "", str(name), language),
            " ".join(map(str, words)) if isinstance(words, list) else str(words),
        )
        for name, words in (fields or {}).items()
    ]
    return Reason(message(code, language) if code in CATALOGUE else code, lines)


def _lines(session: Session, content: Mapping[str, object], language: Language) -> list[Described]:
    """The fields of an operation in words, as far as its kind knows them."""
    fields = content.get("fields")
    kind = registry.get(str(content.get("kind")))
    if kind is None or not isinstance(fields, Mapping):
        return []
    names = names_of(session, mentioned(fields.values()), language)
    lines = []
    for name, value in fields.items():
        try:
            text = in_words(kind, name, value, names, language)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            text = str(value)
        lines.append(
            Described(label(kind.name, str(name), language), text if name in kind.columns else str(value))
        )
    return lines


def _page_of(parked: Parked) -> str | None:
    """The history of the record that the operation speaks of, if the reader may see it."""
    if parked.record is None or parked.kind is None or parked.scope is None:
        return None
    if not caller().grants.may("read", parked.kind, parked.scope):
        return None
    return url_for("office.history", record=parked.record)
