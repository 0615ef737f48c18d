"""The checklists that travel with the product, from the files in ``data/``.

A checklist file holds its items once, each with the legal texts it has rested on; an edition takes for every
item the text that held on its first day. The loader refuses an edition during which a text changes, so that
the first day speaks for all.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import fields, validate

from inspection.checklists.expressions import parse
from inspection.checklists.rules import Domain, basis_on, checklist_id
from inspection.datafiles import FileSchema, checked, overlaps, read, refuse

DATA = Path(__file__).parent / "data"
CHECKLIST_FILES = ("food-safety.json", "measurement.json", "quality.json", "labels.json")
ANSWER_KINDS = (
    "pass_fail_na",
    "choice",
    "choices",
    "number",
    "text",
    "date",
    "photo",
    "signature",
    "barcode",
)
MARKS = (
    "in source",
    "article in source, detail from memory",
    "document in source, article not read",
    "from memory, unverified",
    "not read",
)


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal text of an item and the days on which it held, both inclusive; ``verified`` is one of ``MARKS``."""

    valid_from: date | None
    valid_to: date | None
    text: str
    verified: str


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One edition of a checklist with the items as they read in it."""

    id: uuid.UUID
    code: str
    domain: Domain
    edition: int
    title_vi: str
    title_en: str
    valid_from: date
    valid_to: date | None
    items: tuple[dict[str, object], ...]
    source: str

    def record(self) -> dict[str, object]:
        """The edition as the fields of a ``checklist`` record."""
        return {
            "code": self.code,
            "domain": self.domain.value,
            "edition": self.edition,
            "title_vi": self.title_vi,
            "title_en": self.title_en,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": None if self.valid_to is None else self.valid_to.isoformat(),
            "items": list(self.items),
            "source": self.source,
        }


class _Basis(FileSchema):
    valid_from = fields.Date(required=True, allow_none=True)
    valid_to = fields.Date(required=True, allow_none=True)
    text = fields.String(required=True, validate=validate.Length(min=1))
    verified = fields.String(required=True, validate=validate.OneOf(MARKS))


class _Option(FileSchema):
    name = fields.String(required=True)
    label_vi = fields.String(required=True)
    label_en = fields.String(required=True)


class _Answer(FileSchema):
    kind = fields.String(required=True, validate=validate.OneOf(ANSWER_KINDS))
    unit = fields.String()
    list = fields.String()
    options = fields.List(fields.Nested(_Option))


class _Item(FileSchema):
    id = fields.String(required=True)
    group = fields.String(required=True)
    group_en = fields.String(required=True)
    text_vi = fields.String(required=True)
    text_en = fields.String(required=True)
    answer = fields.Nested(_Answer, required=True)
    applies_to = fields.String(required=True)
    violation_codes = fields.List(fields.String(), required=True)
    fail_rule = fields.String()
    note = fields.String()
    hint_vi = fields.String()
    hint_en = fields.String()
    relevant = fields.String()
    editions = fields.List(fields.Integer(strict=True))
    basis = fields.List(fields.Nested(_Basis), required=True, validate=validate.Length(min=1))


class _Edition(FileSchema):
    edition = fields.Integer(required=True, strict=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)
    because = fields.String(required=True)


class _Checklist(FileSchema):
    code = fields.String(required=True)
    domain = fields.Enum(Domain, by_value=True, required=True)
    title_vi = fields.String(required=True)
    title_en = fields.String(required=True)
    source = fields.String(required=True)
    editions = fields.List(fields.Nested(_Edition), required=True, validate=validate.Length(min=1))
    items = fields.List(fields.Nested(_Item), required=True, validate=validate.Length(min=1))


def editions_from(content: object) -> tuple[EditionEntry, ...]:
    """The editions of a checklist file's content.

    :raises DataFileError: with every fault: an item twice, overlapping editions, an item without exactly one legal text
        throughout an edition.
    """
    file = checked(_Checklist(), "checklist", content)
    name = f"checklist {file['code']}"
    ids = [item["id"] for item in file["items"]]
    faults = [f"{item}: listed twice" for item in sorted({item for item in ids if ids.count(item) > 1})]
    if overlaps([(str(each["valid_from"]), _text(each["valid_to"])) for each in file["editions"]]):
        faults.append("two editions on one day")
    numbers = [each["edition"] for each in file["editions"]]
    if numbers != list(range(1, len(numbers) + 1)):
        faults.append("editions are not numbered 1, 2, 3 …")
    editions = []
    for edition in file["editions"]:
        number = edition["edition"]
        asked = [item for item in file["items"] if number in item.get("editions", (number,))]
        items = [_standing(_item_in(item, edition, faults), asked) for item in asked]
        editions.append(
            EditionEntry(
                id=checklist_id(file["code"], edition["edition"]),
                code=file["code"],
                domain=file["domain"],
                edition=edition["edition"],
                title_vi=file["title_vi"],
                title_en=file["title_en"],
                valid_from=edition["valid_from"],
                valid_to=edition["valid_to"],
                items=tuple(items),
                source=f"{file['source']} {edition['because']}.",
            )
        )
    refuse(name, faults)
    return tuple(editions)


def _standing(item: dict[str, object], asked: list[dict[str, Any]]) -> dict[str, object]:
    """The item without a condition on what its edition does not ask: then it is always asked."""
    condition = item.get("relevant")
    names = {each["id"] for each in asked}
    if condition and not names.issuperset(parse(str(condition)).references()):
        return {key: value for key, value in item.items() if key != "relevant"}
    return item


def _item_in(item: dict[str, Any], edition: dict[str, Any], faults: list[str]) -> dict[str, object]:
    """The item as it reads in the edition: its texts reduced to the one that held, under the names of the record."""
    bases = [Basis(**each) for each in item["basis"]]
    held = basis_on(bases, edition["valid_from"])
    if held is None:
        faults.append(f"{item['id']}: no legal text on {edition['valid_from']}")
        held = bases[0]
    elif held is not basis_on(bases, edition["valid_to"] or date.max):
        faults.append(f"{item['id']}: its legal text changes within edition {edition['edition']}")
    others = {key: value for key, value in item.items() if key not in ("basis", "editions")}
    return {**others, "legal_basis": held.text, "basis_verified": held.verified}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def editions() -> tuple[EditionEntry, ...]:
    """The checklist editions that this version of the product carries."""
    return tuple(edition for name in CHECKLIST_FILES for edition in editions_from(read(DATA / name)))
