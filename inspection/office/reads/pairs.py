"""Two visits side by side: what each has, and what people would disagree about if they were one."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from config.errors import Language
from inspection.journal import store
from inspection.journal.carry import blank
from inspection.journal.state import FieldState
from inspection.office.reads import records
from inspection.office.reads.conflict_views import subject_of
from inspection.office.reads.names import names_of
from inspection.office.reads.records import RecordView
from inspection.office.reads.values import Described, describe, mentioned
from inspection.visits.rules import COMBINED, identify


@dataclass(frozen=True, slots=True)
class Side:
    """One visit. ``base`` is the newest version of it and what lies below it; ``below`` counts by kind."""

    view: RecordView
    base: str
    opener: str
    lines: list[Described]
    below: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """One of two values that differ."""

    lines: list[Described]
    writer: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What both visits say something about, and not the same."""

    subject: str
    first: Said
    second: Said


SHOWN = ("visited_on", "started_at", "finished_at", "lead", "representative", "checklists", "note")


def side(session: Session, view: RecordView, language: Language) -> Side:
    """One visit as its half of the page shows it."""
    _, newest = records.below(session, view)
    counted = Counter(
        loaded.kind.name for loaded in store.load_below(session, view.id).values() if not loaded.state.voided
    )
    opened = view.state.fields["campaign"]
    names = names_of(session, mentioned(view.values.values()) | {opened.user}, language)
    lines = [
        described
        for name in SHOWN
        if view.values.get(name) is not None
        for described in describe(view.kind, name, view.values[name], names, language)
    ]
    return Side(view, newest, names.get(opened.user, ""), lines, sorted(counted.items()))


def differences(
    session: Session, first: RecordView, second: RecordView, language: Language
) -> list[Difference]:
    """Where the two say different things: fields of the visit itself, and answers to one question."""
    found = [(first, second)]
    answers = store.load_below(session, second.id)
    twins: dict[uuid.UUID, uuid.UUID] = {}
    for record, loaded in answers.items():
        values = {name: state.value for name, state in loaded.state.fields.items()} | {"visit": first.id}
        twin = identify(loaded.kind.name, values)
        if twin is not None and not loaded.state.voided:
            twins[twin] = record
    known = records.load_many(session, [*twins, *twins.values()])
    found += [(known[twin], known[record]) for twin, record in twins.items() if twin in known]
    names = _names(session, found, language)
    return [
        Difference(
            subject_of(one.values, names) if one.kind.name != "visit" else "",
            _said(one, key, stored, names, language),
            _said(other, key, other.state.fields[key], names, language),
        )
        for one, other in found
        for key, stored in one.state.fields.items()
        if _differ(one, other, key)
    ]


def _differ(one: RecordView, other: RecordView, key: str) -> bool:
    if key not in other.state.fields or key in {*one.kind.fixed, *COMBINED}:
        return False
    mine, theirs = one.state.fields[key].value, other.state.fields[key].value
    return mine != theirs and not blank(mine) and not blank(theirs)


def _names(
    session: Session, pairs: list[tuple[RecordView, RecordView]], language: Language
) -> dict[str, str]:
    pointed: set[object] = set()
    for view in (each for pair in pairs for each in pair):
        pointed |= mentioned(view.values.values()) | {state.user for state in view.state.fields.values()}
    return names_of(session, pointed, language)


def _said(view: RecordView, key: str, stored: FieldState, names: dict[str, str], language: Language) -> Said:
    lines = describe(view.kind, key, stored.value, names, language)
    return Said(lines, names.get(stored.user, ""), stored.made_at)
