"""From the values of the register to the facts that clocks depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from inspection.complaints.clocks import Case
from inspection.complaints.course import StepTaken
from inspection.complaints.models import Complaint, ComplaintStep
from inspection.complaints.rules import (
    Channel,
    Complexity,
    Level,
    PetitionerType,
    PetitionKind,
    Status,
    StepKind,
)

Word = TypeVar("Word", bound=StrEnum)
FACTS = (
    "petition_kind",
    "received_on",
    "status",
    "petitioner_type",
    "channel",
    "level",
    "complexity",
    "remote",
    "several_places",
    "competent",
    "act_known_on",
    "accepted_on",
    "settled_on",
    "ended_on",
)
"""The fields that move a clock."""


def case_from(values: Mapping[str, object], steps: Iterable[StepTaken] = ()) -> Case:
    """The facts of a case from its values, canonical ones or columns."""
    return Case(
        kind=PetitionKind(str(values["petition_kind"])),
        received_on=_day(values, "received_on") or date.min,
        status=_word(Status, values, "status") or Status.RECEIVED,
        petitioner=_word(PetitionerType, values, "petitioner_type"),
        channel=_word(Channel, values, "channel") or Channel.DESK,
        level=_word(Level, values, "level") or Level.FIRST,
        complexity=_word(Complexity, values, "complexity") or Complexity.ORDINARY,
        remote=values.get("remote") is True,
        several_places=values.get("several_places") is True,
        competent=None if values.get("competent") is None else values["competent"] is True,
        act_known_on=_day(values, "act_known_on"),
        accepted_on=_day(values, "accepted_on"),
        settled_on=_day(values, "settled_on"),
        ended_on=_day(values, "ended_on"),
        steps=tuple(steps),
    )


def case_of(row: Complaint, steps: Iterable[ComplaintStep]) -> Case:
    """The facts of a case of the register."""
    taken = [StepTaken(StepKind(one.step), one.happened_on) for one in steps]
    return case_from({name: getattr(row, name) for name in FACTS}, sorted(taken, key=lambda step: step.on))


def _word(words: type[Word], values: Mapping[str, object], name: str) -> Word | None:
    value = values.get(name)
    return None if value in (None, "") else words(str(value))


def _day(values: Mapping[str, object], name: str) -> date | None:
    value = values.get(name)
    return (
        date.fromisoformat(value)
        if isinstance(value, str) and value
        else value
        if isinstance(value, date)
        else None
    )
