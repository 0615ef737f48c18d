"""Who may do what, declared once and pure: no database, no request.

Two tables. :data:`PERMISSIONS` says which roles hold a permission of the HTTP surface
(:mod:`inspection.people.endpoints` says which endpoint asks for which). :data:`MATRIX` says, for every synced kind,
which role may do which verb and how far it reaches: its own scopes, or every scope of its jurisdiction. What is not
written here is refused, and a test fails when an endpoint or a kind is missing.

*Own* means: a campaign in which an assignment names the person, a complaint file of which the person is the
handler or which the person opened, and the reference data and establishments of the person's jurisdiction. A
*foreign* scope lies in another jurisdiction; no role reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from types import MappingProxyType
from uuid import UUID


class Role(StrEnum):
    """What a person is in the district. A lead is also an inspector."""

    INSPECTOR = "inspector"
    LEAD = "lead"
    DESK = "desk"
    HANDLER = "handler"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Verb(StrEnum):
    """What an operation does to a record."""

    CREATE = "create"
    EDIT = "edit"
    VOID = "void"
    SETTLE = "settle"
    READ = "read"


class Reach(IntEnum):
    """How far a grant goes inside the person's jurisdiction."""

    OWN = 1
    ALL = 2


class Permission(StrEnum):
    """What an endpoint asks for."""

    OFFICE = "office"
    SYNC = "sync"
    READ_CAMPAIGNS = "read_campaigns"
    PLAN_CAMPAIGNS = "plan_campaigns"
    SETTLE_CONFLICTS = "settle_conflicts"
    READ_ESTABLISHMENTS = "read_establishments"
    MANAGE_ESTABLISHMENTS = "manage_establishments"
    READ_REGISTER = "read_register"
    RECORD_COMPLAINTS = "record_complaints"
    HANDLE_COMPLAINTS = "handle_complaints"
    OPEN_IDENTITIES = "open_identities"
    ORDER_SUMMARIES = "order_summaries"
    ORDER_REGISTERS = "order_registers"
    READ_REPORTS = "read_reports"
    READ_HISTORY = "read_history"
    READ_JOURNAL = "read_journal"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_DEVICES = "manage_devices"
    MANAGE_PARKED = "manage_parked"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_POLICY = "manage_policy"
    READ_ACCESS_EVENTS = "read_access_events"
    READ_OPERATION = "read_operation"
    MANAGE_MAIL = "manage_mail"
    MANAGE_CHECKLISTS = "manage_checklists"


_EVERY_ROLE = frozenset(Role)
_FIELD = frozenset({Role.INSPECTOR, Role.LEAD})

PERMISSIONS: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        Permission.OFFICE: _EVERY_ROLE,
        Permission.SYNC: _EVERY_ROLE,
        Permission.READ_CAMPAIGNS: _FIELD | {Role.MANAGER},
        Permission.PLAN_CAMPAIGNS: frozenset({Role.MANAGER}),
        Permission.SETTLE_CONFLICTS: frozenset({Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR}),
        Permission.READ_ESTABLISHMENTS: _EVERY_ROLE - {Role.ADMINISTRATOR},
        Permission.MANAGE_ESTABLISHMENTS: frozenset({Role.LEAD, Role.MANAGER}),
        Permission.READ_REGISTER: frozenset({Role.DESK, Role.HANDLER, Role.MANAGER, Role.AUDITOR}),
        Permission.RECORD_COMPLAINTS: frozenset({Role.DESK}),
        Permission.HANDLE_COMPLAINTS: frozenset({Role.DESK, Role.HANDLER}),
        Permission.OPEN_IDENTITIES: frozenset({Role.HANDLER}),
        Permission.ORDER_SUMMARIES: frozenset({Role.MANAGER}),
        Permission.ORDER_REGISTERS: frozenset({Role.MANAGER, Role.AUDITOR}),
        Permission.READ_REPORTS: frozenset({Role.MANAGER, Role.AUDITOR}),
        Permission.READ_HISTORY: _EVERY_ROLE,
        Permission.READ_JOURNAL: frozenset({Role.AUDITOR}),
        Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_DEVICES: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_PARKED: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_CALENDAR: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_POLICY: frozenset({Role.ADMINISTRATOR}),
        Permission.READ_ACCESS_EVENTS: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
        Permission.READ_OPERATION: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_MAIL: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
        Permission.MANAGE_CHECKLISTS: frozenset({Role.ADMINISTRATOR}),
    }
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What each role may do with one kind; ``scope`` is the word before the colon of the scopes the kind
    lives in."""

    scope: str
    grants: Mapping[Role, Mapping[Verb, Reach]]
    opens_scope: bool = False


def _grants(**roles: Mapping[Reach, Iterable[Verb]]) -> Mapping[Role, Mapping[Verb, Reach]]:
    """Turn ``role={reach: verbs}`` into ``{role: {verb: reach}}``."""
    return MappingProxyType(
        {
            Role(role): MappingProxyType({verb: reach for reach, verbs in reaches.items() for verb in verbs})
            for role, reaches in roles.items()
        }
    )


_READ_HOME: Mapping[Reach, Iterable[Verb]] = {Reach.OWN: (Verb.READ,)}
_READ_ALL: Mapping[Reach, Iterable[Verb]] = {Reach.ALL: (Verb.READ,)}
_WRITE = (Verb.CREATE, Verb.EDIT, Verb.VOID)

_REFERENCE = KindRule(
    "reference",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager=_READ_HOME,
        auditor=_READ_HOME,
        administrator={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
)
_RECIPIENT = KindRule(
    "reference",
    _grants(
        manager={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)}, administrator=_READ_HOME, auditor=_READ_HOME
    ),
)
_ERASURE = KindRule(
    "reference",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager=_READ_HOME,
        auditor=_READ_HOME,
        administrator=_READ_HOME,
    ),
)
_ESTABLISHMENT = KindRule(
    "establishments",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.SETTLE, Verb.READ)},
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        auditor=_READ_HOME,
    ),
)
_DISTINCTION = KindRule(
    "establishments",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (*_WRITE, Verb.READ)},
        desk=_READ_HOME,
        handler=_READ_HOME,
        manager={Reach.OWN: (*_WRITE, Verb.READ)},
        auditor=_READ_HOME,
    ),
)
_CAMPAIGN = KindRule(
    "campaign",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
    opens_scope=True,
)
_ASSIGNMENT = KindRule(
    "campaign",
    _grants(
        inspector=_READ_HOME,
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (*_WRITE, Verb.SETTLE, Verb.READ)},
    ),
)
_FIELD_WORK = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (*_WRITE, Verb.READ)},
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (Verb.SETTLE, Verb.READ)},
    ),
)
_VIOLATION = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (*_WRITE, Verb.READ)},
        lead={Reach.OWN: (*_WRITE, Verb.SETTLE, Verb.READ)},
        manager={Reach.ALL: (Verb.EDIT, Verb.SETTLE, Verb.READ)},
    ),
)
_FROZEN = KindRule(
    "campaign",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.READ)},
        manager=_READ_ALL,
    ),
)
_VISIT_MERGE = KindRule(
    "campaign",
    _grants(inspector=_READ_HOME, lead=_READ_HOME, manager=_READ_ALL),
)
_COMPLAINT = KindRule(
    "complaint",
    _grants(
        inspector={Reach.OWN: (Verb.CREATE, Verb.READ)},
        lead={Reach.OWN: (Verb.CREATE, Verb.READ)},
        desk={Reach.ALL: (Verb.CREATE, Verb.EDIT, Verb.READ)},
        handler={Reach.OWN: (Verb.EDIT, Verb.READ)},
        manager={Reach.ALL: (Verb.VOID, Verb.SETTLE, Verb.READ)},
        auditor=_READ_ALL,
    ),
    opens_scope=True,
)
_CASE_WORK = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk={Reach.ALL: (*_WRITE, Verb.READ)},
        handler={Reach.OWN: (*_WRITE, Verb.READ)},
        manager={Reach.ALL: (Verb.VOID, Verb.SETTLE, Verb.READ)},
        auditor=_READ_ALL,
    ),
)
_IDENTITY_OPENING = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_ALL,
        handler={Reach.OWN: (Verb.CREATE, Verb.READ)},
        manager=_READ_ALL,
        auditor=_READ_ALL,
    ),
)

_READING = KindRule(
    "complaint",
    _grants(
        inspector=_READ_HOME,
        lead=_READ_HOME,
        desk=_READ_ALL,
        handler=_READ_HOME,
        manager=_READ_ALL,
        auditor={Reach.ALL: (Verb.CREATE, Verb.READ)},
    ),
)
_POLICY = KindRule(
    "administration",
    _grants(auditor=_READ_HOME, administrator={Reach.OWN: (Verb.CREATE, Verb.EDIT, Verb.SETTLE, Verb.READ)}),
)
_ACCESS_EVENT = KindRule(
    "administration",
    _grants(auditor=_READ_HOME, administrator={Reach.OWN: (Verb.CREATE, Verb.READ)}),
)

MATRIX: Mapping[str, KindRule] = MappingProxyType(
    {
        "office_policy": _POLICY,
        "access_event": _ACCESS_EVENT,
        "unit": _REFERENCE,
        "agency": _REFERENCE,
        "person": _REFERENCE,
        "recovery": _REFERENCE,
        "erasure": _ERASURE,
        "checklist": _REFERENCE,
        "violation_type": _REFERENCE,
        "recipient": _RECIPIENT,
        "establishment": _ESTABLISHMENT,
        "distinction": _DISTINCTION,
        "campaign": _CAMPAIGN,
        "assignment": _ASSIGNMENT,
        "target": _ASSIGNMENT,
        "visit": _FIELD_WORK,
        "answer": _FIELD_WORK,
        "violation": _VIOLATION,
        "measure": _FIELD_WORK,
        "instrument_check": _FIELD_WORK,
        "package_check": _FIELD_WORK,
        "sample": _FIELD_WORK,
        "signature": _FIELD_WORK,
        "frozen_record": _FROZEN,
        "evidence": _FIELD_WORK,
        "visit_merge": _VISIT_MERGE,
        "complaint": _COMPLAINT,
        "complaint_step": _CASE_WORK,
        "complaint_link": _CASE_WORK,
        "complaint_remedy": _CASE_WORK,
        "complaint_attachment": _CASE_WORK,
        "identity_opening": _IDENTITY_OPENING,
        "reading": _READING,
        "calendar_day": _REFERENCE,
    }
)

DERIVED: frozenset[str] = frozenset({"conflict"})
"""Kinds that nobody writes: they travel with the scope of the record they speak of, to whoever may read that
scope."""


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
