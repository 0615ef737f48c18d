"""The violation catalogue that travels with the product, from ``data/violation-types.json``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from marshmallow import fields

from inspection.checklists.reference import DATA, editions
from inspection.checklists.rules import Domain, Payer, violation_codes, violation_type_id
from inspection.datafiles import FileSchema, checked, overlaps, read, refuse


@dataclass(frozen=True, slots=True)
class ViolationEntry:
    """One act of the catalogue; ``fields`` are those of a ``violation_type`` record."""

    id: uuid.UUID
    code: str
    valid_from: date
    valid_to: date | None
    fields: dict[str, object]

    def record(self) -> dict[str, object]:
        """The act as the fields of a ``violation_type`` record."""
        return dict(self.fields)


class _Measure(FileSchema):
    text_vi = fields.String(required=True)
    text_en = fields.String(required=True)
    verified = fields.Boolean(required=True)


class _Tier(FileSchema):
    condition_vi = fields.String()
    condition_en = fields.String()
    minimum = fields.Integer(required=True, allow_none=True, strict=True)
    maximum = fields.Integer(required=True, allow_none=True, strict=True)
    goods_value_vnd = fields.List(fields.Integer(allow_none=True, strict=True))
    illegal_gain_vnd = fields.List(fields.Integer(allow_none=True, strict=True))
    multiple_of_goods_value = fields.List(fields.String(allow_none=True))
    multiple_of_gain = fields.List(fields.String(allow_none=True))
    alternative = fields.String()
    verified = fields.String()


class _ViolationType(FileSchema):
    code = fields.String(required=True)
    domain = fields.Enum(Domain, by_value=True, required=True)
    name_vi = fields.String(required=True)
    name_en = fields.String(required=True)
    document = fields.String(required=True)
    article = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)
    fine_for = fields.Enum(Payer, by_value=True, required=True)
    fine_for_mark = fields.String()
    fine_minimum = fields.Integer(required=True, allow_none=True, strict=True)
    fine_maximum = fields.Integer(required=True, allow_none=True, strict=True)
    tiers = fields.List(fields.Nested(_Tier), required=True)
    remedial_measures = fields.List(fields.Nested(_Measure), required=True)
    supplementary_sanction = fields.String()
    applies_to = fields.String()
    source = fields.String()
    notes = fields.String()
    verified = fields.String(required=True)


class _Catalogue(FileSchema):
    title = fields.String(required=True)
    currency = fields.String(required=True)
    documents = fields.List(fields.Dict(), required=True)
    marks = fields.Dict(required=True)
    rules = fields.List(fields.Dict(), required=True)
    replacements = fields.List(fields.String(), required=True)
    violation_types = fields.List(fields.Nested(_ViolationType), required=True)


def violation_types_from(content: object) -> tuple[ViolationEntry, ...]:
    """The acts of a catalogue file's content.

    :raises DataFileError: with every fault: one code twice on one day, a mark that is not explained, a
        minimum above its maximum.
    """
    file = checked(_Catalogue(), "violation-types", content)
    faults = []
    periods: dict[str, list[tuple[str, str | None]]] = {}
    for entry in file["violation_types"]:
        code = entry["code"]
        periods.setdefault(code, []).append((str(entry["valid_from"]), _iso(entry["valid_to"])))
        marks = {entry["verified"], *(tier["verified"] for tier in entry["tiers"] if "verified" in tier)}
        faults += [f"{code}: mark {mark} is not explained" for mark in sorted(marks - set(file["marks"]))]
        amounts = [(entry["fine_minimum"], entry["fine_maximum"])]
        amounts += [(tier["minimum"], tier["maximum"]) for tier in entry["tiers"]]
        faults += [
            f"{code}: {low} is above {high}"
            for low, high in amounts
            if low is not None and high is not None and low > high
        ]
    faults += [f"{code}: twice on one day" for code, each in periods.items() if overlaps(each)]
    refuse("violation-types", faults)
    return tuple(_violation(entry) for entry in file["violation_types"])


def _violation(entry: dict[str, Any]) -> ViolationEntry:
    measures: list[dict[str, object]] = [{"kind": "remedial", **each} for each in entry["remedial_measures"]]
    if "supplementary_sanction" in entry:
        measures.append({"kind": "supplementary", "text_vi": entry["supplementary_sanction"]})
    remarks = [
        f"{label}: {entry[key]}"
        for label, key in (
            ("Áp dụng", "applies_to"),
            ("Nguồn", "source"),
            ("Đối tượng của mức phạt", "fine_for_mark"),
            ("Ghi chú", "notes"),
        )
        if key in entry
    ]
    return ViolationEntry(
        id=violation_type_id(entry["code"], entry["valid_from"]),
        code=entry["code"],
        valid_from=entry["valid_from"],
        valid_to=entry["valid_to"],
        fields={
            "code": entry["code"],
            "domain": entry["domain"].value,
            "name_vi": entry["name_vi"],
            "name_en": entry["name_en"],
            "legal_basis": f"{entry['article']} {entry['document']}",
            "fine_for": entry["fine_for"].value,
            "fine_minimum": entry["fine_minimum"],
            "fine_maximum": entry["fine_maximum"],
            "tiers": entry["tiers"],
            "measures": measures,
            "verified": entry["verified"],
            "source": "\n".join(remarks) or None,
            "valid_from": entry["valid_from"].isoformat(),
            "valid_to": _iso(entry["valid_to"]),
        },
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def violation_types() -> tuple[ViolationEntry, ...]:
    """The catalogue that this version of the product carries.

    :raises DataFileError: also when a checklist item may raise an act that the catalogue does not have.
    """
    catalogue = violation_types_from(read(DATA / "violation-types.json"))
    known = {entry.code for entry in catalogue}
    raised = {code for edition in editions() for code in violation_codes(edition.items)}
    refuse(
        "violation-types",
        [f"{code}: raised by a checklist, not in the catalogue" for code in sorted(raised - known)],
    )
    return catalogue


@cache
def marks() -> dict[str, str]:
    """The marks of the catalogue, how well an act and its amounts were read, and what each means."""
    file = checked(_Catalogue(), "violation-types", read(DATA / "violation-types.json"))
    return {str(mark): str(meaning) for mark, meaning in file["marks"].items()}
