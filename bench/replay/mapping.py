"""How the cells of the CSV files become values of the product's fields. Pure.

The published words are longer, rougher and more various than the product's: purposes are cut at 20 characters
and misspelt, descriptions hold CR LF, coordinates have fifteen decimals.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bench.replay.source import Found, Inspection

LONGEST_DESCRIPTION = 4000
NO_CODE = "none"
"""Stands for an empty violation code: the product needs one."""

STREET = ("Mobile", "Transitory", "Hot Dog")
FOOD_SERVICE = ("Food Service", "School")
FOLLOW_UPS = ("Follow", "Supv", "Hearing", "Enforcement", "Cease")


def text(value: str, longest: int) -> str | None:
    """One text as a phone's keyboard would give it: NFC, line feeds, no blank ends, within the limit; None
    when nothing is left."""
    clean = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return clean[:longest].rstrip() or None


def establishment(row: Mapping[str, str], unit: str) -> dict[str, Any]:
    """The fields of an establishment in the administrative unit ``unit``."""
    words = f"{row['establishment_type']} {row['license_type']}"
    kind = "other"
    if any(word in words for word in STREET):
        kind = "street_food"
    elif any(word in words for word in FOOD_SERVICE):
        kind = "catering"
    fields: dict[str, Any] = {
        "name": text(row["name"], 300) or row["establishmentid"],
        "address": text(f"{row['address']} {row['zipcode']}", 500),
        "owner": text(row["owner"], 200),
        "licence_number": text(row["license_number"], 100),
        "establishment_type": kind,
        "risk": row["risk_category"].lower() or None,
        "operating": row["establishment_status"] != "Permanently Closed",
        "unit": unit,
        "external_id": row["establishmentid"],
    }
    if row["latitude"] and row["longitude"]:
        fields |= {
            "latitude": degrees(row["latitude"]),
            "longitude": degrees(row["longitude"]),
            "accuracy": None,
        }
    return {name: value for name, value in fields.items() if value is not None or name == "accuracy"}


def degrees(value: str) -> str:
    """A coordinate to eight decimals, about a millimetre."""
    return str(Decimal(value).quantize(Decimal("1e-8")))


def visit_type(purpose: str) -> str:
    """Why the inspector came, in the product's words."""
    if purpose.startswith("Routine"):
        return "routine"
    if any(word in purpose for word in FOLLOW_UPS):
        return "follow_up"
    return "complaint" if purpose.startswith("Complaint") else "other"


def visit(inspection: Inspection, campaign: str, establishment_id: str, started_at: str) -> dict[str, Any]:
    """The fields that open a visit. Whoever joins it sends the same."""
    return {
        "campaign": campaign,
        "establishment": establishment_id,
        "visited_on": inspection.day.isoformat(),
        "visit_type": visit_type(inspection.purpose),
        "started_at": started_at,
        "external_id": inspection.id,
    }


def violation(found: Found, visit_id: str, found_on: str) -> dict[str, Any]:
    """The fields of a violation. An empty severity stays empty."""
    fields: dict[str, Any] = {
        "visit": visit_id,
        "code": found.code or NO_CODE,
        "severity": found.severity or None,
        "description": text(found.description, LONGEST_DESCRIPTION),
        "found_on": found_on,
        "corrected": {"Yes": True, "No": False}.get(found.corrected),
    }
    return {name: value for name, value in fields.items() if value is not None}
