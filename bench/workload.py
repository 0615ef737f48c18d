"""Workload V: one visit is 1 visit and 12 answers, 13 operations, about 2.7 KB as a phone sends them."""

from __future__ import annotations

import uuid
from typing import Any

from uuid_utils.compat import uuid7

ANSWERS = 12
OPERATIONS = 1 + ANSWERS
VISITS_PER_BATCH = 8
MADE_AT = "2026-09-20T08:11:02+07:00"


def visit(
    campaign: uuid.UUID,
    first_number: int,
    *,
    establishment: str | None = None,
    checklist: str | None = None,
    day: str = MADE_AT[:10],
) -> list[dict[str, Any]]:
    """The operations of one visit, numbered from ``first_number``; at a made-up place unless one is named."""
    record, checklist = str(uuid7()), checklist or str(uuid.uuid4())

    def operation(at: int, kind: str, made: str, fields: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": str(uuid7()),
            "n": first_number + at,
            "schema": 1,
            "kind": kind,
            "record": made,
            "scope": f"campaign:{campaign}",
            "base": "0",
            "fields": fields,
            "made_at": MADE_AT,
        }

    place = establishment or str(uuid.uuid4())
    opened = {"campaign": str(campaign), "establishment": place, "visited_on": day}
    operations = [operation(0, "visit", record, opened)]
    for at in range(1, OPERATIONS):
        item = f"ATTP-C{at:02}"
        fields = {"visit": record, "checklist": checklist, "item": item, "result": "pass", "reason": None}
        made = uuid.uuid5(uuid.UUID(record), f"{item}\n")
        operations.append(operation(at, "answer", str(made), fields))
    return operations


def batch(campaign: uuid.UUID, first_number: int) -> list[dict[str, Any]]:
    """The operations of one request."""
    visits = range(VISITS_PER_BATCH)
    return [made for at in visits for made in visit(campaign, first_number + at * OPERATIONS)]
