"""The phone's own tables in the model: outbox, records, cursors."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SHOWN = frozenset({"waiting", "acknowledged", "held", "rejected"})
"""Operations in these states are laid over what was pulled."""


@dataclass
class Row:
    """One operation in the outbox, with the text that is sent each time."""

    operation: Mapping[str, Any]
    body: str
    state: str = "waiting"
    seq: int | None = None
    waits_for: str | None = None
    refused_device: uuid.UUID | None = None
    acknowledged: bool = False


@dataclass
class Store:
    """What is in the phone's own tables; a clone has a copy of it."""

    n: int = 0
    outbox: list[Row] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    incoming: dict[str, dict[str, Any]] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    replacing: set[str] = field(default_factory=set)


def newest(versions: list[str]) -> str:
    """The latest of versions of one scope; an older generation loses to the last one named."""
    found: tuple[str, int] | None = None
    for generation, seq in (version.split(".") for version in versions if version != "0"):
        if found is None or found[0] != generation or found[1] < int(seq):
            found = (generation, int(seq))
    return "0" if found is None else f"{found[0]}.{found[1]}"
