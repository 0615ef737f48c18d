"""What a kind's rule may look at when it judges an operation: the records of the working set and those stored."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Protocol

Values = Mapping[str, Any]
"""Canonical values by field name."""


class Surroundings(Protocol):
    """The records around an operation, with what the operations before it in the same request did to them."""

    def values(self, record: uuid.UUID) -> Values | None:
        """The values of a record; None when there is no such record."""

    def children(self, kind: str, parent: uuid.UUID) -> dict[uuid.UUID, Values]:
        """The records of ``kind`` under ``parent`` that are not voided, oldest id first."""
