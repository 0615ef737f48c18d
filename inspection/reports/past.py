"""The projections of a district as they stood at the checkpoint that a report cites."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, literal, select, union_all
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.complaints.models import Complaint
from inspection.journal.history import Head
from inspection.journal.models import Entry, Scope, SealedHeads
from inspection.journal.replica import replica
from inspection.journal.store import chunks
from inspection.reports.models import Report

HOME = ("reference:", "establishments:")
OPENED = ("campaign:", "complaint:")


class NoProofError(Exception):
    """The report cannot be proved: it has no figures yet, or its checkpoint is not kept."""


def checkpoint_of(session: Session, report: Report) -> SealedHeads:
    """The checkpoint that a report cites.

    :raises NoProofError: when it is not kept.
    """
    sealed = session.get(SealedHeads, report.checkpoint) if report.checkpoint else None
    if sealed is None:
        raise NoProofError(f"the checkpoint {report.checkpoint} is not kept here")
    return sealed


@contextmanager
def as_it_stood(session: Session, report: Report) -> Iterator[Session]:
    """A session on the projections of the report's district as they stood at its checkpoint. ``session`` reads the
    journal.

    :raises NoProofError: when the checkpoint is not kept.
    """
    kept = checkpoint_of(session, report).heads
    heads = [Head(str(scope), int(seq), str(hash_)) for scope, seq, hash_ in kept]
    own = scopes_of(session, report.jurisdiction, [head.scope for head in heads])
    with replica(session, [head for head in heads if head.scope in own]) as then:
        yield then


def scopes_now(jurisdiction: uuid.UUID) -> ColumnElement[bool]:
    """Of which scopes a report of ``jurisdiction`` is made, as the projections know them: what a checkpoint seals for
    it, whatever else is in the database."""
    home = [select(literal(f"{prefix}{jurisdiction}")) for prefix in HOME]
    opened = [select(kind.scope).where(kind.jurisdiction == jurisdiction) for kind in (Campaign, Complaint)]
    return Scope.id.in_(union_all(*home, *opened))


def scopes_of(session: Session, jurisdiction: uuid.UUID, among: Iterable[str]) -> set[str]:
    """Which scopes ``among`` those of a checkpoint a report of ``jurisdiction`` reads: its own, and those that a record
    of the jurisdiction opened. The record that opens a scope names its jurisdiction once and for good."""
    sealed = set(among)
    opened = set()
    for some in chunks([scope for scope in sorted(sealed) if scope.startswith(OPENED)]):
        first = select(Entry.scope, Entry.content).where(Entry.seq == 1, Entry.scope.in_(some))
        opened |= {
            scope for scope, content in session.execute(first) if _jurisdiction(content) == str(jurisdiction)
        }
    return opened | ({f"{prefix}{jurisdiction}" for prefix in HOME} & sealed)


def _jurisdiction(content: dict[str, Any]) -> object:
    kept = content.get("jurisdiction")
    return kept[1] if kept else None
