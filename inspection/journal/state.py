"""The state of one record: per field its value, the entry that set it, and everybody who wrote that value.

Pure data. A *key* is a field name, a group's name (its value is then an object of the group's members), or
``voided``. The JSON form is what the table ``journal_record`` keeps.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from inspection.journal.canonical import Json

VOIDED = "voided"
CONFLICT_NAMESPACE = uuid.UUID("6f0c1f0e-98a4-5d0b-9a35-6f1b1a1d2c77")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that disagrees with the stored one and waits for a person; ``entry`` is the sequence number
    that brought it."""

    value: Json
    user: str
    device: str
    made_at: str
    entry: int


@dataclass(frozen=True, slots=True)
class FieldState:
    """The stored value of one key.

    ``version`` is the entry that introduced the value; ``writers`` are all devices that wrote this very
    value; ``latest`` maps each device that ever wrote the key to the highest of its operation numbers.
    """

    value: Json
    version: int
    writers: tuple[str, ...]
    user: str
    made_at: str
    latest: Mapping[str, int]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordState:
    """One record: ``seq`` is its version, ``amendments`` how many entries came after its signature
    (``sealed_at``)."""

    seq: int = 0
    fields: Mapping[str, FieldState] = field(default_factory=dict)
    sealed_at: int | None = None
    amendments: int = 0

    @property
    def voided(self) -> bool:
        """Whether the stored value of ``voided`` says so."""
        state = self.fields.get(VOIDED)
        return state is not None and state.value is not None

    @property
    def open_conflicts(self) -> tuple[str, ...]:
        """The keys with candidates."""
        return tuple(key for key, state in self.fields.items() if state.candidates)

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        form: dict[str, Any] = {
            "seq": self.seq,
            "fields": {key: _to_json(value) for key, value in self.fields.items()},
        }
        if self.sealed_at is not None:
            form |= {"sealed_at": self.sealed_at, "amendments": self.amendments}
        return form


def _to_json(state: FieldState) -> dict[str, Any]:
    form: dict[str, Any] = {
        "value": state.value,
        "version": state.version,
        "writers": list(state.writers),
        "user": state.user,
        "made_at": state.made_at,
        "latest": dict(state.latest),
    }
    if state.candidates:
        form["candidates"] = [candidate_to_json(candidate) for candidate in state.candidates]
    return form


def candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    """The JSON form of a candidate."""
    return {
        "value": candidate.value,
        "user": candidate.user,
        "device": candidate.device,
        "made_at": candidate.made_at,
        "entry": candidate.entry,
    }


def from_json(form: Mapping[str, Any]) -> RecordState:
    """A record state from its JSON form."""
    fields = {
        key: FieldState(
            value=value["value"],
            version=value["version"],
            writers=tuple(value["writers"]),
            user=value["user"],
            made_at=value["made_at"],
            latest=value["latest"],
            candidates=tuple(Candidate(**candidate) for candidate in value.get("candidates", ())),
        )
        for key, value in form["fields"].items()
    }
    return RecordState(form["seq"], fields, form.get("sealed_at"), form.get("amendments", 0))


def flatten(fields: Mapping[str, FieldState], groups: Mapping[str, tuple[str, ...]]) -> dict[str, Json]:
    """The current values by field name, group members side by side with plain fields, without ``voided``."""
    flat: dict[str, Json] = {}
    for key, state in fields.items():
        if key in groups:
            members = state.value if isinstance(state.value, dict) else {}
            flat.update({member: members.get(member) for member in groups[key]})
        elif key != VOIDED:
            flat[key] = state.value
    return flat


def moved_to(state: RecordState) -> str | None:
    """The id of the record as which a voided one lives on, if it does."""
    stored = state.fields.get(VOIDED)
    value = stored.value if stored is not None else None
    found = value.get("moved_to") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def conflict_id(record: uuid.UUID, key: str) -> uuid.UUID:
    """The id of the conflict record of one key: one open conflict per key, whoever opens it."""
    return uuid.uuid5(CONFLICT_NAMESPACE, f"{record}\n{key}")


def without_candidates_of(state: FieldState, device: str) -> FieldState:
    """The same field without the candidate of ``device``."""
    return replace(state, candidates=tuple(c for c in state.candidates if c.device != device))
