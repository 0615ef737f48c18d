"""The dated figures in ``data/``, which the phone reads from the same files. Pure: no more than reading a file."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The content of one data file: ``prepackages``, ``scales``, ``instruments`` or ``dispensers``."""
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content


def in_force(entry: dict[str, Any], day: date) -> bool:
    """Whether an entry with ``valid_from`` and ``valid_to`` (both inclusive, the latter open when absent or null)
    holds."""
    last = entry.get("valid_to")
    return date.fromisoformat(entry["valid_from"]) <= day and (
        last is None or day <= date.fromisoformat(last)
    )
