"""What can be said of an operation without looking at the database. Pure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from inspection.journal.canonical import Json
from inspection.journal.fields import RecordSchema, Value
from inspection.journal.kinds import SCHEMA, Kind, registry
from inspection.journal.operation import Operation, Refused, Verb
from inspection.journal.state import VOIDED, RecordState

GIVEN_BY_SERVER = "Do máy chủ cấp. / Given by the server."
GROUP_INCOMPLETE = "Phải gửi cùng: {members}. / Must be sent together with: {members}."
NEVER_CHANGES = "Không thể thay đổi. / Cannot be changed."
MISSING = "Bắt buộc. / Required."
UNKNOWN = "Trường không có trong loại này. / Unknown field."

_SCOPE = re.compile(r"([a-z]{1,20}):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")

Value.default_error_messages["null"] = MISSING
RecordSchema.error_messages["unknown"] = UNKNOWN


@dataclass(frozen=True, slots=True)
class Examined:
    """A well-formed operation: its values by key (a group's value still holds only the members that were
    sent), and what the kind needs at creation that it does not bring."""

    operation: Operation
    kind: Kind
    values: Mapping[str, Json]
    missing: tuple[str, ...]

    @property
    def parent(self) -> uuid.UUID | None:
        """The record that this operation says it belongs to."""
        value = self.values.get(self.kind.parent) if self.kind.parent else None
        return uuid.UUID(value) if isinstance(value, str) else None


def scope_type(scope: str) -> str | None:
    """The type of a scope ``type:uuid``; None when the text is no scope."""
    match = _SCOPE.fullmatch(scope)
    return match[1] if match else None


def scope_record(scope: str) -> uuid.UUID:
    """The id inside a scope."""
    return uuid.UUID(scope.partition(":")[2])


def examine(operation: Operation, *, by_server: bool = False) -> Examined | Refused:
    """Check an operation against its kind: scope, schema version, field names and values. Only the server itself
    sets server fields."""
    kind = registry.get(operation.kind)
    if kind is None:
        return Refused("unknown_kind")
    if scope_type(operation.scope) is None:
        return Refused("unknown_scope")
    if scope_type(operation.scope) != kind.scope:
        return Refused("wrong_scope")
    if kind.opens_scope and scope_record(operation.scope) != operation.record:
        return Refused("wrong_scope")
    if operation.sealed is not None and not (kind.sealed_form and kind.sealed_form(operation.sealed)):
        return Refused("malformed", {"sealed": []})
    if operation.schema < kind.oldest:
        return Refused("schema_too_old")
    fields = dict(operation.fields)
    for schema in range(operation.schema, SCHEMA):
        if schema in kind.upgrades:
            fields = kind.upgrades[schema](fields)
    taken = kind.server_fields & fields.keys()
    if taken and not by_server:
        return Refused("validation", {name: [GIVEN_BY_SERVER] for name in sorted(taken)})
    return _load(operation, kind, fields)


def _load(operation: Operation, kind: Kind, fields: dict[str, Any]) -> Examined | Refused:
    try:
        loaded = kind.loader.load(fields, partial=True)
    except ValidationError as problem:
        messages: dict[str, Any] = problem.messages_dict
        unknown = all(words == [UNKNOWN] for words in messages.values())
        return Refused("unknown_field" if unknown else "validation", messages)
    return Examined(
        operation, kind, by_key(kind, loaded), tuple(name for name in kind.needed if name not in loaded)
    )


def by_key(kind: Kind, values: Mapping[str, Json]) -> dict[str, Json]:
    """Values by field name as values by key: the members of a group gathered under its name."""
    gathered: dict[str, Any] = {}
    for name, value in values.items():
        group = kind.group_of.get(name)
        if group is None:
            gathered[name] = value
        else:
            gathered.setdefault(group, {})[name] = value
    return gathered


def ungrouped(kind: Kind, values: Mapping[str, Json]) -> dict[str, Json]:
    """Values by key as values by field name: what :func:`by_key` gathered, apart again."""
    flat: dict[str, Json] = {}
    for key, value in values.items():
        if key in kind.groups:
            flat.update(value if isinstance(value, dict) else dict.fromkeys(kind.groups[key]))
        else:
            flat[key] = value
    return flat


def complete(examined: Examined, state: RecordState | None) -> dict[str, Json] | Refused:
    """The operation's values with every group whole.

    A group merges as one value, so part of it means nothing once it has a value: it is refused by name then.
    Before, absent members are null. Fixed fields never change.
    """
    kind, values = examined.kind, dict(examined.values)
    for group, members in kind.groups.items():
        sent = values.get(group)
        if not isinstance(sent, dict) or len(sent) == len(members):
            continue
        if state is not None and group in state.fields:
            words = GROUP_INCOMPLETE.format(members=", ".join(members))
            return Refused("validation", {name: [words] for name in members if name not in sent})
        values[group] = {member: sent.get(member) for member in members}
    for name in values.keys() & set(kind.fixed):
        known = state.fields.get(name) if state is not None else None
        if known is not None and known.value != values[name]:
            return Refused("validation", {name: [NEVER_CHANGES]})
    return values


def verbs(values: Mapping[str, Json], settles: bool, state: RecordState | None) -> set[Verb]:
    """What a person must be allowed to do for an operation with these values on a record in ``state`` (None: it
    is created). Settling needs no right to edit, as long as it touches nothing but what is disputed."""
    if state is None:
        return {"create", "void"} if VOIDED in values else {"create"}
    needed: set[Verb] = {"settle"} if settles else set()
    if settles and values.keys() <= set(state.open_conflicts):
        return needed
    if VOIDED in values:
        needed.add("void")
    if values.keys() - {VOIDED} or not values:
        needed.add("edit")
    return needed
