"""The reference data of a jurisdiction, brought up to date as often as wanted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from inspection.checklists.catalogue import violation_types
from inspection.checklists.reference import editions
from inspection.people.kinds import AgencyCode
from inspection.places.reference import UnitEntry, units
from inspection.places.rules import is_valid_on
from inspection.setup.writer import Writer

AGENCY_NAMES: Mapping[AgencyCode, tuple[str, str]] = {
    AgencyCode.POLICE: ("Công an", "Police"),
    AgencyCode.MARKET: ("Quản lý thị trường", "Market Surveillance"),
    AgencyCode.ECONOMY: ("Cơ quan chuyên môn về kinh tế, hạ tầng", "Economy and Infrastructure Office"),
    AgencyCode.HEALTH: ("Cơ quan chuyên môn về y tế", "Health Office"),
    AgencyCode.MEDICAL: ("Trung tâm Y tế", "Medical Centre"),
}
"""What the agencies are called until somebody gives their own names, Vietnamese and English."""


def unit_named(code: str, day: date) -> UnitEntry | None:
    """The unit with this code: the one that stands on ``day``, else the last one that stood."""
    candidates = sorted((unit for unit in units() if unit.code == code), key=lambda unit: unit.valid_from)
    standing = [unit for unit in candidates if is_valid_on(unit, day)]
    return next(iter(standing or candidates[-1:]), None)


def write_catalogues(writer: Writer, scope: str) -> None:
    """Queue what differs in units, checklists and violation types from what travels with the product."""
    for kind, entries in (
        ("unit", units()),
        ("checklist", editions()),
        ("violation_type", violation_types()),
    ):
        for entry in entries:
            writer.bring_up_to_date(kind, entry.id, scope, entry.record())


def write_agencies(writer: Writer, scope: str, names: Mapping[AgencyCode, str]) -> None:
    """Queue the agencies. One that is there keeps its name unless ``names`` gives it another."""
    for code, (name_vi, name_en) in AGENCY_NAMES.items():
        record = uuid.uuid5(writer.jurisdiction, f"agency\n{code.value}")
        own = names.get(code)
        fields = {"code": code.value, "name_vi": own or name_vi, "name_en": own or name_en}
        if own is not None:
            writer.bring_up_to_date("agency", record, scope, fields)
        else:
            writer.create("agency", record, scope, fields)
