"""What comes into the journal and what is answered: operations, their authors, their results."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol

from inspection.journal.canonical import digest

Verb = Literal["create", "edit", "void", "settle"]


class Grants(Protocol):
    """What a person may do, worked out once for a request."""

    def may(self, verb: Verb, kind: str, scope: str) -> bool:
        """Whether the person may do ``verb`` to a record of ``kind`` in ``scope``."""
        ...

    def may_open(self, kind: str, values: Mapping[str, Any]) -> bool:
        """Whether the person may open a scope with a record of ``kind`` that has these values."""
        ...

    def opened(self, scope: str) -> Grants:
        """What the person may do once ``scope`` was opened, for the operations that follow in one request."""
        ...


class NoGrants:
    """Rights of nobody: for a replay, where nothing is judged, and for what a person of the office admits, where the
    author's own rights do not matter."""

    def may(self, *_: object) -> bool:
        """Never."""
        return False

    def may_open(self, *_: object) -> bool:
        """Never."""
        return False

    def opened(self, _scope: str) -> NoGrants:
        """Still nothing."""
        return self


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes the operations of one request.

    ``self_exempt`` is true for a phone: its later edits follow its earlier ones, so it never disagrees with
    itself. It is false for an office session, where two pages may be open at once. ``server`` is true where
    the server notes a fact of its own (the bytes of a photo have arrived): it alone sets the server fields of
    a kind, and its note is no amendment.
    """

    device: uuid.UUID
    user: uuid.UUID
    grants: Grants
    self_exempt: bool = True
    server: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One intended change to one record, as sent: ``fields`` holds only what changed.

    ``base`` is the version of the record that the writer had before the eyes (``generation.seq`` or ``0``),
    frozen when the operation was made. ``n`` counts the operations of one device. ``settles`` names the
    candidates a person read when settling a conflict. ``sealed`` carries an identity encrypted where it was
    typed, and never enters the journal.
    """

    id: uuid.UUID
    n: int
    kind: str
    record: uuid.UUID
    scope: str
    fields: Mapping[str, Any]
    made_at: str
    base: str = "0"
    schema: int = 1
    settles: tuple[str, ...] = ()
    sealed: Mapping[str, Any] | None = None

    def content(self) -> dict[str, Any]:
        """Everything sent, as JSON."""
        content: dict[str, Any] = {
            "id": str(self.id),
            "n": self.n,
            "schema": self.schema,
            "kind": self.kind,
            "record": str(self.record),
            "scope": self.scope,
            "base": self.base,
            "fields": dict(self.fields),
            "made_at": self.made_at,
        }
        if self.settles:
            content["settles"] = list(self.settles)
        if self.sealed:
            content["sealed"] = dict(self.sealed)
        return content

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Operation:
        """The operation whose :meth:`content` this is."""
        return cls(
            id=uuid.UUID(content["id"]),
            n=content["n"],
            schema=content["schema"],
            kind=content["kind"],
            record=uuid.UUID(content["record"]),
            scope=content["scope"],
            base=content["base"],
            fields=content["fields"],
            made_at=content["made_at"],
            settles=tuple(content.get("settles", ())),
            sealed=content.get("sealed"),
        )

    def digest(self) -> bytes:
        """What an identical resend shares. The number is left out: a phone that enrolled anew sends its
        outbox again under the same ids from another device."""
        content = self.content()
        del content["n"]
        return digest(content)


class Status(StrEnum):
    """The answer to one operation."""

    APPLIED = "applied"  # nobody else had changed the record since its base
    MERGED = "merged"  # others had, in other fields or to the same values
    CONFLICT = "conflict"  # another value stands in one of the fields; this one is kept as a candidate
    HELD = "held"  # kept until the record it belongs to arrives
    REJECTED = "rejected"  # kept for the office, not applied
    RETRY = "retry"  # a passing fault: the phone sends it again


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one operation. ``error`` is ``{"code", "fields"?}``; words are added at the edge."""

    id: str
    status: Status
    seq: int | None = None
    conflicts: tuple[Mapping[str, str], ...] = ()
    waits_for: Mapping[str, str] | None = None
    error: Mapping[str, Any] | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an operation cannot be accepted: a code of the catalogue, and messages per field."""

    code: str
    fields: Mapping[str, Any] | None = None

    def error(self) -> dict[str, Any]:
        """The ``error`` of a result."""
        return (
            {"code": self.code} if self.fields is None else {"code": self.code, "fields": dict(self.fields)}
        )
