"""What a kind's rule may look at when it judges an operation: the records of the working set and those stored."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.batch import Batch, Loaded
from inspection.journal.models import Record
from inspection.journal.state import flatten

Values = Mapping[str, Any]
"""Canonical values by field name."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The records around an operation, with what the operations before it in the same request did to them."""

    session: Session
    batch: Batch

    def values(self, record: uuid.UUID) -> Values | None:
        """The values of a record; None when there is no such record."""
        loaded = self.batch.records.get(record) or store.load_records(self.session, [record]).get(record)
        return None if loaded is None else _flat(loaded)

    def children(self, kind: str, parent: uuid.UUID) -> dict[uuid.UUID, Values]:
        """The records of ``kind`` under ``parent`` that are not voided, oldest id first."""
        stored = select(Record.id).where(Record.parent == parent, Record.kind == kind)
        found = store.load_records(self.session, list(self.session.scalars(stored)))
        found |= {record: loaded for record, loaded in self.batch.records.items() if loaded.parent == parent}
        return {
            record: _flat(found[record])
            for record in sorted(found)
            if found[record].kind.name == kind and not found[record].state.voided
        }


def _flat(loaded: Loaded) -> Values:
    return flatten(loaded.state.fields, loaded.kind.groups)
