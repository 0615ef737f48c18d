"""How an incoming change meets the state of a record. Pure: no clock, no database, no randomness.

:func:`decide` says for every key what happens; :func:`apply` carries that out. A journal entry keeps the
decision, so that a rebuild only ever applies and never decides again.

The rules, per key:

1. The state keeps the value, the entry that introduced it, and every device that wrote that value.
2. An equal value joins the writers and moves nothing. A different one is a *candidate* when the stored value
   is newer than the writer's base and somebody else is among its writers; otherwise it is *applied*.
3. One device has at most one candidate per key; its later value replaces it. A candidate that the stored
   value comes to equal is no disagreement any more.
4. Settling names the candidates a person read; only those are closed.
5. A value that the same device has already replaced by one with a higher number is *superseded*: it goes to
   history only.
6. A group of fields is one key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from inspection.journal.canonical import Json
from inspection.journal.state import Candidate, FieldState, RecordState, without_candidates_of


class Outcome(StrEnum):
    """What an entry did to one key."""

    APPLIED = "applied"
    AGREED = "agreed"
    CANDIDATE = "candidate"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A change on its way in. ``values`` is by key; ``base`` the sequence number its writer had seen;
    ``settles`` the entries of the candidates that the writer read."""

    device: str
    user: str
    n: int
    made_at: str
    base: int
    values: Mapping[str, Json]
    settles: frozenset[int] = frozenset()
    self_exempt: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome per key, and per key the candidates that the change closes."""

    outcomes: Mapping[str, Outcome]
    settled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    met_others: bool = False

    @property
    def disputed(self) -> tuple[str, ...]:
        """The keys in which the change became a candidate."""
        return tuple(key for key, outcome in self.outcomes.items() if outcome is Outcome.CANDIDATE)


def decide(state: RecordState, incoming: Incoming, disputed: frozenset[str] = frozenset()) -> Decision:
    """What happens to every key of ``incoming``.

    ``disputed`` names keys that must become candidates whatever the field versions say (a void made without
    having seen what others did below the record).
    """
    outcomes: dict[str, Outcome] = {}
    settled: dict[str, tuple[int, ...]] = {}
    for key, value in incoming.values.items():
        stored = state.fields.get(key)
        outcomes[key] = _outcome(stored, value, incoming, key in disputed)
        if stored is not None and incoming.settles:
            named = tuple(c.entry for c in stored.candidates if c.entry in incoming.settles)
            if named:
                settled[key] = named
    return Decision(outcomes, settled, _met_others(state, incoming))


def _outcome(stored: FieldState | None, value: Json, incoming: Incoming, disputed: bool) -> Outcome:
    if stored is None:
        return Outcome.CANDIDATE if disputed else Outcome.APPLIED
    if stored.latest.get(incoming.device, 0) > incoming.n:
        return Outcome.SUPERSEDED
    if stored.value == value:
        return Outcome.AGREED
    if disputed or (stored.version > incoming.base and _others(stored, incoming)):
        return Outcome.CANDIDATE
    return Outcome.APPLIED


def _others(stored: FieldState, incoming: Incoming) -> bool:
    return not incoming.self_exempt or any(device != incoming.device for device in stored.writers)


def _met_others(state: RecordState, incoming: Incoming) -> bool:
    return any(
        stored.version > incoming.base and _others(stored, incoming) for stored in state.fields.values()
    )


def apply(state: RecordState, seq: int, incoming: Incoming, decision: Decision) -> RecordState:
    """The record after entry ``seq`` has carried out ``decision``."""
    fields = dict(state.fields)
    for key, outcome in decision.outcomes.items():
        stored = fields.get(key)
        if stored is not None and key in decision.settled:
            closed = decision.settled[key]
            stored = replace(stored, candidates=tuple(c for c in stored.candidates if c.entry not in closed))
        changed = _apply_key(stored, outcome, seq, incoming, incoming.values[key])
        if changed is not None:
            fields[key] = changed
    return RecordState(seq, fields, state.sealed_at, state.amendments)


def _apply_key(
    stored: FieldState | None, outcome: Outcome, seq: int, incoming: Incoming, value: Json
) -> FieldState | None:
    device = incoming.device
    if stored is None and outcome is Outcome.APPLIED:
        return FieldState(value, seq, (device,), incoming.user, incoming.made_at, {device: incoming.n})
    if outcome is Outcome.SUPERSEDED:
        return stored
    if stored is None:
        stored = FieldState(None, 0, (), "", "", {})
    stored = replace(without_candidates_of(stored, device), latest={**stored.latest, device: incoming.n})
    if outcome is Outcome.AGREED:
        return replace(stored, writers=_joined(stored.writers, device))
    if outcome is Outcome.CANDIDATE:
        mine = Candidate(value, incoming.user, device, incoming.made_at, seq)
        return replace(stored, candidates=(*stored.candidates, mine))
    return _with_value(stored, seq, incoming, value)


def _with_value(stored: FieldState, seq: int, incoming: Incoming, value: Json) -> FieldState:
    writers: tuple[str, ...] = (incoming.device,)
    for candidate in stored.candidates:
        if candidate.value == value:
            writers = _joined(writers, candidate.device)
    return FieldState(
        value=value,
        version=seq,
        writers=writers,
        user=incoming.user,
        made_at=incoming.made_at,
        latest=stored.latest,
        candidates=tuple(c for c in stored.candidates if c.value != value),
    )


def _joined(writers: tuple[str, ...], device: str) -> tuple[str, ...]:
    return writers if device in writers else (*writers, device)
