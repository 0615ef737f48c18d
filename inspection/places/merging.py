"""Records that repeat one place, counted as one.

Merging rewrites nothing. The record that repeats another says so in ``merged_into``, an ordinary field of the journal:
visits, petitions and phones that still point to it stay as they were written, and whoever counts or lists asks
:func:`standing` which record an id counts for. So a merge is undone by emptying the field, and a phone that comes back
after weeks with a visit to the old record has lost nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.places.models import Distinction, Establishment

Links = Mapping[uuid.UUID, uuid.UUID]
"""For each record that repeats another: which one."""


def standing(links: Links, record: uuid.UUID) -> uuid.UUID:
    """The record that ``record`` counts for: the end of its chain. Where people have merged in a circle, the least id
    of the circle, so that every member gives the same answer."""
    passed = [record]
    while (following := links.get(passed[-1])) is not None:
        if following in passed:
            return min(passed[passed.index(following) :])
        passed.append(following)
    return passed[-1]


def merged(session: Session, *scopes: str) -> dict[uuid.UUID, uuid.UUID]:
    """For each establishment of ``scopes`` that repeats another: the one it counts for."""
    rows = session.execute(
        select(Establishment.id, Establishment.merged_into).where(
            Establishment.scope.in_(scopes), Establishment.merged_into.is_not(None), ~Establishment.voided
        )
    )
    links = {record: into for record, into in rows if into is not None}
    return {record: standing(links, record) for record in links}


def repeats_of(session: Session, record: uuid.UUID, scope: str) -> list[Establishment]:
    """The establishments that count for ``record``, directly or through another, by name."""
    ids = [each for each, into in merged(session, scope).items() if into == record and each != record]
    rows = session.scalars(select(Establishment).where(Establishment.id.in_(ids)))
    return sorted(rows, key=lambda row: (row.name, row.id))


def distinct_pairs(session: Session, scope: str) -> set[frozenset[uuid.UUID]]:
    """The pairs that somebody found to be two places."""
    rows = session.execute(
        select(Distinction.first, Distinction.second).where(Distinction.scope == scope, ~Distinction.voided)
    )
    return {frozenset(row) for row in rows}


def distinction_id(one: uuid.UUID, other: uuid.UUID) -> uuid.UUID:
    """The id of the record that two establishments are two, whoever is named first."""
    first, second = sorted((one, other))
    return uuid.uuid5(first, f"distinct\n{second}")


def all_of(links: Links, records: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """``records`` and every record that counts for one of them."""
    wanted = set(records)
    return wanted | {record for record, into in links.items() if into in wanted}
