"""What one person may do, as of one moment: the matrix and the permissions read for the person's roles and scopes.
Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

from inspection.people.matrix import DERIVED, MATRIX
from inspection.people.permissions import PERMISSIONS, Permission, Reach, Role, Verb


def expand(roles: Iterable[str]) -> frozenset[Role]:
    """The roles a person acts in. Words that are no role are ignored: reference data may be newer than this
    code."""
    words = set(roles)
    known = {role for role in Role if role.value in words}
    return frozenset(known | {Role.INSPECTOR} if Role.LEAD in known else known)


@dataclass(frozen=True)
class Grants:
    """What one person may do, as of one moment.

    ``own`` holds the campaign and complaint scopes that are the person's own; ``within`` all campaign and
    complaint scopes of the jurisdiction, filled only when a role reaches that far. ``system`` is the server
    acting for itself (a job, the demonstration, an import) and may do everything.
    """

    person: UUID
    jurisdiction: UUID | None
    roles: frozenset[Role]
    own: frozenset[str] = frozenset()
    within: frozenset[str] = field(default=frozenset(), repr=False)
    system: bool = False

    @cached_property
    def home(self) -> frozenset[str]:
        """The scopes of the jurisdiction itself: reference data, establishments, the office's administration."""
        if self.jurisdiction is None:
            return frozenset()
        return frozenset(
            f"{name}:{self.jurisdiction}" for name in ("reference", "establishments", "administration")
        )

    @cached_property
    def _reach(self) -> dict[tuple[str, str], Reach]:
        reach: dict[tuple[str, str], Reach] = {}
        for kind, rule in MATRIX.items():
            for role in self.roles:
                for verb, how_far in rule.grants.get(role, {}).items():
                    key = (verb.value, kind)
                    reach[key] = max(how_far, reach.get(key, how_far))
        return reach

    @cached_property
    def _own(self) -> frozenset[str]:
        return self.own | self.home

    @cached_property
    def _all(self) -> frozenset[str]:
        return self._own | self.within

    def may(self, verb: Verb | str, kind: str, scope: str) -> bool:
        """Whether the person may do ``verb`` to records of ``kind`` in ``scope``.

        Creating the record that opens a scope is asked about a scope that does not exist yet; the journal
        sees to it that a second creation in it is an edit.
        """
        if self.system:
            return True
        rule = MATRIX.get(kind)
        if rule is None:
            return verb == Verb.READ and kind in DERIVED and scope in self.scopes
        if scope.partition(":")[0] != rule.scope:
            return False
        reach = self._reach.get((str(verb), kind))
        if reach is None:
            return False
        if rule.opens_scope and verb == Verb.CREATE:
            return True
        return scope in (self._all if reach is Reach.ALL else self._own)

    def may_open(self, kind: str, values: Mapping[str, object]) -> bool:
        """Whether the person may open a scope with a record of ``kind`` that has these values: only one of the
        person's own jurisdiction."""
        return self.system or (
            self.jurisdiction is not None and values.get("jurisdiction") == str(self.jurisdiction)
        )

    def holds(self, permission: Permission) -> bool:
        """Whether one of the person's roles carries ``permission``."""
        return not self.roles.isdisjoint(PERMISSIONS[permission])

    @cached_property
    def scopes(self) -> frozenset[str]:
        """The scopes that the person pulls: those in which some kind may be read."""
        furthest: dict[str, Reach] = {}
        for kind, rule in MATRIX.items():
            reach = self._reach.get((Verb.READ.value, kind))
            if reach is not None:
                furthest[rule.scope] = max(reach, furthest.get(rule.scope, reach))
        readable = set()
        for scope in self._all:
            reach = furthest.get(scope.partition(":")[0])
            if reach is Reach.ALL or (reach is Reach.OWN and scope in self._own):
                readable.add(scope)
        return frozenset(readable)

    def opened(self, scope: str) -> Grants:
        """The same grants after the person has opened ``scope``, for the operations that follow in one
        request."""
        if self.roles.isdisjoint({Role.MANAGER, Role.DESK}):
            return replace(self, own=self.own | {scope})
        return replace(self, within=self.within | {scope})


def system_grants(person: UUID, jurisdiction: UUID | None = None) -> Grants:
    """The grants of the server itself."""
    return Grants(person=person, jurisdiction=jurisdiction, roles=frozenset(), system=True)
