"""Open conflicts in words: the stored value and every candidate, side by side, with who wrote each and
when."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.checklists.models import Checklist
from inspection.journal import store
from inspection.journal.models import ConflictRow
from inspection.journal.state import VOIDED
from inspection.journal.versions import Generations
from inspection.office.reads import records
from inspection.office.reads.names import as_ids, names_of
from inspection.office.reads.values import Described, describe, label, mentioned


@dataclass(frozen=True, slots=True)
class ValueView:
    """One of the values that disagree. ``entry`` names the journal entry that brought it."""

    lines: list[Described]
    writer: str
    made_at: str
    entry: str
    value: Any


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict on a page. ``title`` names the record and the field, ``question`` is what an answer answers,
    ``place`` the visit it belongs to. ``base`` is the version of the record that the page showed."""

    id: uuid.UUID
    target: uuid.UUID
    target_kind: str
    title: str
    question: str
    place: str
    base: str
    stored: ValueView
    candidates: list[ValueView]


def conflict_views(session: Session, rows: Sequence[ConflictRow], language: Language) -> list[ConflictView]:
    """The conflicts of ``rows`` in words. One whose record is gone from the journal is left out."""
    targets = records.load_many(session, [row.target for row in rows])
    generations = store.generations(session)
    sides = [side for row in rows for side in (row.stored, *row.candidates)]
    pointed = mentioned(side.get("value") for side in sides) | {side.get("user") for side in sides}
    for record in targets.values():
        pointed |= {record.values.get(name) for name in ("establishment", "person", "visit")}
    names = names_of(session, pointed, language)
    questions = _questions(session, targets.values(), language)
    views = []
    for row in rows:
        target = targets.get(row.target)
        if target is None:
            continue
        field = label(target.kind.name, row.field, language)
        subject = subject_of(target.values, names)
        views.append(
            ConflictView(
                id=row.id,
                target=row.target,
                target_kind=row.target_kind,
                title=f"{subject}: {field}" if subject else field,
                question=questions.get(target.id, ""),
                place=names.get(str(target.values.get("visit")), ""),
                base=target.version,
                stored=_value(target, row.field, row.stored, generations, names, language),
                candidates=[
                    _value(target, row.field, side, generations, names, language) for side in row.candidates
                ],
            )
        )
    return views


def _questions(
    session: Session, targets: Iterable[records.RecordView], language: Language
) -> dict[uuid.UUID, str]:
    """What each answer answers, by record, as far as its checklist is known here."""
    answers = [record for record in targets if record.kind.name == "answer"]
    named = as_ids(record.values.get("checklist") for record in answers)
    asked = {
        (str(checklist), str(item["id"])): str(item.get(f"text_{language}") or item.get("text_vi") or "")
        for checklist, items in session.execute(
            select(Checklist.id, Checklist.items).where(Checklist.id.in_(named))
        )
        for item in items
    }
    return {
        record.id: asked.get((str(record.values.get("checklist")), str(record.values.get("item"))), "")
        for record in answers
    }


def subject_of(values: dict[str, Any], names: dict[str, str]) -> str:
    """What a record is about, in a few words."""
    if values.get("register_number"):
        return f"{values['register_number']}/{values.get('register_year')}"
    for name in ("item", "code", "name", "full_name", "product"):
        if values.get(name):
            subject = values.get("subject")
            return f"{values[name]} ({subject})" if subject else str(values[name])
    return names.get(str(values.get("establishment") or values.get("person")), "")


def _value(
    target: records.RecordView,
    key: str,
    side: dict[str, Any],
    generations: Generations,
    names: dict[str, str],
    language: Language,
) -> ValueView:
    return ValueView(
        lines=describe(target.kind, key, side.get("value"), names, language),
        writer=names.get(str(side.get("user")), ""),
        made_at=str(side.get("made_at") or ""),
        entry=generations.version(side["entry"]),
        value=side.get("value"),
    )


def fields_of(target: records.RecordView, key: str, value: Any) -> dict[str, Any]:
    """A key's value as the fields of an operation: a group's members side by side."""
    if key != VOIDED and key in target.kind.groups:
        members = value if isinstance(value, dict) else {}
        return {name: members.get(name) for name in target.kind.groups[key]}
    return {key: value}
