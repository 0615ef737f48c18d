"""Which scopes are somebody's: each part of the domain says it of its own, and whoever calls is given them all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspection.people.matrix import MATRIX
from inspection.people.permissions import Reach, Role, Verb


@dataclass(frozen=True, slots=True)
class Belonging:
    """The scopes of one type: those that are a person's ``own`` by what they are in them, and those that lie
    ``within`` a jurisdiction."""

    own: Callable[[Session, uuid.UUID, frozenset[Role]], Iterable[str]]
    within: Callable[[Session, uuid.UUID], Iterable[str]]


belonging: dict[str, Belonging] = {}
"""By the kind that opens such a scope."""


def own_scopes(session: Session, person: uuid.UUID, roles: frozenset[Role]) -> frozenset[str]:
    """The scopes that are a person's own."""
    return frozenset(scope for each in belonging.values() for scope in each.own(session, person, roles))


def scopes_within(session: Session, jurisdiction: uuid.UUID, roles: frozenset[Role]) -> frozenset[str]:
    """The scopes of a jurisdiction, as far as some role may read all of their type."""
    found: set[str] = set()
    for kind, each in belonging.items():
        grants = MATRIX[kind].grants
        if any(grants.get(role, {}).get(Verb.READ) is Reach.ALL for role in roles):
            found.update(each.within(session, jurisdiction))
    return frozenset(found)
