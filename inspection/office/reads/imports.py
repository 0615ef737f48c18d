"""Imports of establishments for the office: the words of the workbook, and each row in words."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from config.errors import Language
from config.extensions import now
from inspection.journal import fields
from inspection.journal.models import Record
from inspection.journal.state import flatten, from_json
from inspection.office import formats, words
from inspection.office.reads.names import names_of
from inspection.office.reads.values import in_words, label
from inspection.people.models import Person
from inspection.places.importing.models import EstablishmentImport
from inspection.places.importing.operations import offers
from inspection.places.importing.vocabulary import COLUMNS, RECORD, Pair, Vocabulary
from inspection.places.kinds import ESTABLISHMENT
from inspection.places.queries import units_on
from inspection.places.rules import Level

COMMUNES = (Level.COMMUNE, Level.TOWNSHIP, Level.WARD)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a row sets, beside what stands there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One row of a preview in words. ``offers`` are what may be chosen, ``choice`` what is."""

    row: int
    name: str
    address: str
    changes: Sequence[Change]
    alike: Sequence[Mapping[str, Any]]
    offers: Sequence[str]
    choice: str
    record: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An import in the list."""

    made: EstablishmentImport
    person: str | None


def vocabulary(session: Session, scope: str) -> Vocabulary:
    """The office's words for the columns and values of the workbook, and the communes of today."""
    today: date = now().astimezone(formats.ZONE).date()
    reference = f"reference:{scope.partition(':')[2]}"
    columns = {name: column for name, column in ESTABLISHMENT.columns.items() if name in COLUMNS}
    choices: dict[str, Mapping[str, Pair]] = {
        name: {one: _pair(f"choice.{name}.{one}") for one in column.choices}
        for name, column in columns.items()
        if isinstance(column, fields.Choice)
    }
    choices |= {
        name: {"yes": _pair("word.yes"), "no": _pair("word.no")}
        for name, column in columns.items()
        if isinstance(column, fields.Flag)
    }
    labels = {
        name: (label("establishment", name, "vi"), label("establishment", name, "en")) for name in columns
    }
    labels[RECORD] = _pair("import.record")
    units = {
        unit.id: tuple(filter(None, (unit.name, unit.name_en, unit.code)))
        for unit in units_on(session, reference, today, COMMUNES)
    }
    return Vocabulary(labels, choices, units)


def earlier(session: Session, jurisdiction: uuid.UUID | None) -> list[Earlier]:
    """The imports of the last weeks, the newest first."""
    rows = session.execute(
        select(EstablishmentImport, Person.full_name)
        .join(Person, Person.id == EstablishmentImport.person, isouter=True)
        .where(EstablishmentImport.jurisdiction == jurisdiction)
        .options(defer(EstablishmentImport.lines))
        .order_by(EstablishmentImport.made_at.desc())
        .limit(SHOWN)
    )
    return [Earlier(made, person) for made, person in rows]


def describe(
    session: Session, made: EstablishmentImport, line: Mapping[str, Any], language: Language
) -> LineView:
    """One row in words."""
    changes: list[Change] = []
    if line["record"]:
        row = session.get(Record, uuid.UUID(line["record"]))
        before = flatten(from_json(row.state).fields, ESTABLISHMENT.groups) if row else {}
        names = names_of(session, [*line["changes"].values(), *before.values()], language)
        for field, value in line["changes"].items():
            after, was = (
                in_words(ESTABLISHMENT, field, one, names, language) for one in (value, before.get(field))
            )
            if after != was:
                changes.append(Change(label(ESTABLISHMENT.name, field, language), was, after))
    offered = offers(line)
    return LineView(
        row=line["row"],
        name=str(line["values"].get("name", "")),
        address=str(line["values"].get("address", "")),
        changes=changes,
        alike=line["alike"],
        offers=offered,
        choice=made.choices.get(str(line["row"]), offered[0]),
        record=line["record"],
    )


def stream(content: bytes) -> io.BytesIO:
    """A file to send."""
    return io.BytesIO(content)


def _pair(key: str) -> Pair:
    return words.say(key, "vi"), words.say(key, "en")
