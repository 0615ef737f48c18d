"""The typed tables that follow the journal.

A projection row is a pure function of a record's state, so it can be dropped and rebuilt. Nothing but the
journal writes one.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from inspection.journal.state import RecordState, flatten

if TYPE_CHECKING:
    from inspection.journal.kinds import Kind


class Projection:
    """Columns that every typed table shares: ``version`` is the sequence number of the record's latest entry,
    ``conflicts`` the number of its fields that people disagree about."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int]
    voided: Mapped[bool]
    conflicts: Mapped[int]


def row(kind: Kind, record: uuid.UUID, scope: str, state: RecordState) -> dict[str, Any]:
    """The projection row of a record, by column name."""
    values: dict[str, Any] = dict.fromkeys(kind.columns)
    for name, value in flatten(state.fields, kind.groups).items():
        values[name] = None if value is None else kind.columns[name].to_column(value)
    return {
        "id": record,
        "scope": scope,
        "version": state.seq,
        "voided": state.voided,
        "conflicts": len(state.open_conflicts),
        **values,
    }
