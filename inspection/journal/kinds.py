"""Kinds of synced records and the registry that holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from config.extensions import Base
from inspection.journal.fields import RecordSchema, Value
from inspection.journal.operation import Operation, Refused
from inspection.journal.state import VOIDED
from inspection.journal.surroundings import Surroundings, Values

SCHEMA = 1
"""The newest schema of operations; each kind says how older ones are brought up to it."""

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
Prepare = Callable[[Session, Operation], Mapping[str, Any]]
Attach = Callable[[Session, Operation], None]
Check = Callable[[Surroundings, Operation, Values, Values], Refused | None]


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    ``scope`` is the type of the scopes it lives in. ``parent`` names the field that holds the record it
    belongs to in the same scope; that field and those in ``fixed`` never change. ``groups`` are fields that
    merge as one. ``opens_scope``: the record's creation opens the scope that carries its id.
    ``server_fields`` are set by the server alone: by ``prepare``, which runs under the scope's lock when the
    record is created and returns fields to add, or by an operation of its own. ``attach`` stores what travels
    beside the journal (a sealed identity) when ``sealed_form`` finds it well formed. A kind with ``seal`` is
    confidential: its operations that are kept aside are sealed before they are stored, and opened by
    ``unseal``. ``check`` judges what an operation would make of its record, whoever sent it: it is given the record's
    values before (empty when the operation creates it) and the values that the operation brings, and says why not.
    ``seals_parent``: from its creation on, changes below the parent are numbered amendments.
    ``upgrades`` maps an old schema to the step that brings its fields to the next one; ``oldest`` is the
    oldest schema that can be brought up to date.
    """

    name: str
    scope: str
    schema: type[RecordSchema]
    model: type[Base]
    parent: str | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opens_scope: bool = False
    fixed: tuple[str, ...] = ()
    server_fields: frozenset[str] = frozenset()
    prepare: Prepare | None = None
    attach: Attach | None = None
    check: Check | None = None
    sealed_form: Callable[[object], bool] | None = None
    seal: Callable[[bytes], str] | None = None
    unseal: Callable[[str], bytes] | None = None
    seals_parent: bool = False
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)
    oldest: int = 1

    def __post_init__(self) -> None:
        loader = self.schema()
        columns: dict[str, Value] = {}
        for name, value in loader.fields.items():
            if not isinstance(value, Value):
                raise TypeError(
                    f"{self.name}.{name}: a field of a synced kind comes from inspection.journal.fields"
                )
            if name != VOIDED:
                columns[name] = value
        members = {member: group for group, names in self.groups.items() for member in names}
        set_once = object.__setattr__
        if self.parent is not None and self.parent not in self.fixed:
            set_once(self, "fixed", (*self.fixed, self.parent))
        set_once(self, "loader", loader)
        set_once(self, "columns", columns)
        set_once(self, "needed", tuple(name for name, value in columns.items() if value.needed))
        set_once(self, "group_of", members)

    loader: RecordSchema = field(init=False, repr=False)
    columns: Mapping[str, Value] = field(init=False, repr=False)
    needed: tuple[str, ...] = field(init=False, repr=False)
    group_of: Mapping[str, str] = field(init=False, repr=False)


class Registry(dict[str, Kind]):
    """Kinds by name."""

    def add(self, kind: Kind) -> Kind:
        """Register ``kind``; a name is registered once."""
        if kind.name in self and self[kind.name].model is not kind.model:
            raise ValueError(f"kind {kind.name!r} is registered twice")
        self[kind.name] = kind
        return kind

    def may_begin(self, kind: Kind) -> bool:
        """Whether a record of ``kind`` may be the first of its scope: it opens the scope, or nothing does.
        The scopes of a jurisdiction (its reference data, its establishments) begin with whatever is written
        first."""
        return kind.opens_scope or not any(
            each.opens_scope for each in self.values() if each.scope == kind.scope
        )


registry = Registry()
