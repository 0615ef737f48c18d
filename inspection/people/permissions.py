"""Which roles there are and which permissions of the HTTP surface each holds. Pure.

:mod:`inspection.people.endpoints` says which endpoint asks for which permission, :mod:`inspection.people.matrix` what
each role may do with each kind of record, :mod:`inspection.people.grants` what follows from both for one person. What
is not written there is refused, and a test fails when an endpoint or a kind is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


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
