"""Who does what on which day, who delivers late, and which disagreements must be found. Pure: the same seed,
the same plan.

Every inspector works the inspections that the files name for him. Every tenth visit is filled by two phones.
In turn they agree, disagree in the note, or disagree in the note and in the finding of one answer; everything
else that the two write is either equal or in fields of one's own. Mostly the second phone joins by sending
the same creation. A *helper* does not: what it writes has to wait until the first phone delivers, which then
happens late.
"""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bench.replay.source import Inspection

NAMESPACE = uuid.UUID("0d1c6f4e-94a1-5a57-8f0e-6f2a54a5c0de")
TOGETHER_EVERY = 10
HELPER_EVERY = 5
LATER_EVERY = 20
MOST_DISAGREEMENTS = 2
LATE_SHARE = 0.05
SHUFFLED_SHARE = 0.10
REPEATED_SHARE = 0.05
COMPLIANCE = "compliance"
DOCUMENTS = "documents"


class Part(StrEnum):
    """What one phone does on one visit."""

    ALONE = "alone"
    FIRST = "first"  # opens a visit that a second phone fills too
    JOINING = "joining"  # the second phone, which scanned the code and creates the visit too
    HELPING = "helping"  # the second phone, which knows the visit's id only
    LATER = "later"  # a word added on a later day, after a pull


@dataclass(frozen=True, slots=True)
class Task:
    """One visit as one phone fills it. ``disagreements`` is the number planned for the whole visit."""

    inspection: Inspection
    visit: str
    part: Part
    disagreements: int = 0

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """The planned conflicts: record and key."""
        return ((self.visit, "note"), (answer_id(self.visit, COMPLIANCE), "finding"))[: self.disagreements]


@dataclass(slots=True)
class Evening:
    """How one phone delivers one day's work."""

    late: bool = False
    shuffled: bool = False
    repeated: bool = False


@dataclass(slots=True)
class WorkDay:
    """The tasks of every inspector who works on a day, and how each of them delivers."""

    day: date
    tasks: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    evenings: dict[str, Evening] = field(default_factory=dict)


@dataclass(slots=True)
class Campaign:
    """A quarter's inspections, and who takes part."""

    id: str
    first: date
    last: date
    members: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """As people call it."""
        return f"{self.first.year} Q{(self.first.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will happen."""

    seed: int
    days: list[WorkDay]
    campaigns: dict[tuple[int, int], Campaign]
    conflicts: frozenset[tuple[str, str]]

    @property
    def inspectors(self) -> list[str]:
        """Everybody who works, by number."""
        return sorted({inspector for day in self.days for inspector in day.tasks}, key=int)

    def campaign_of(self, inspection: Inspection) -> Campaign:
        """The campaign that an inspection belongs to."""
        return self.campaigns[quarter(inspection.day)]


def chance_of(*words: object) -> random.Random:
    """Chance that falls out the same for the same words."""
    return random.Random(" ".join(map(str, words)))  # noqa: S311  # a plan must repeat itself, not keep a secret


def quarter(day: date) -> tuple[int, int]:
    """Year and quarter of a day."""
    return day.year, (day.month + 2) // 3


def record_id(*words: object) -> str:
    """The id of a record that several phones must name alike."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(map(str, words))))


def answer_id(visit: str, item: str) -> str:
    """The id that the protocol gives to an answer to an item that is asked once."""
    return str(uuid.uuid5(uuid.UUID(visit), f"{item}\n"))


def make(inspections: Sequence[Inspection], seed: int) -> Plan:
    """Plan the replay of ``inspections``, which are in order of day."""
    chance = chance_of(seed)
    days: dict[date, WorkDay] = {}
    campaigns: dict[tuple[int, int], Campaign] = {}
    for inspection in inspections:
        days.setdefault(inspection.day, WorkDay(inspection.day)).tasks[inspection.inspector]
        _campaign(campaigns, inspection.day).members.add(inspection.inspector)
    working: dict[str, list[date]] = defaultdict(list)
    for day in days.values():
        for inspector in day.tasks:
            working[inspector].append(day.day)

    conflicts: set[tuple[str, str]] = set()
    together = 0
    for number, inspection in enumerate(inspections):
        day, visit = days[inspection.day], record_id("visit", inspection.id)
        if number % TOGETHER_EVERY:
            day.tasks[inspection.inspector].append(Task(inspection, visit, Part.ALONE))
        else:
            members = campaigns[quarter(inspection.day)].members
            second = _second(chance, inspection, day, members, sorted(working, key=int))
            members.add(second)
            disagreements = together % (MOST_DISAGREEMENTS + 1)
            helping = together % HELPER_EVERY == HELPER_EVERY - 1
            together += 1
            part = Part.HELPING if helping else Part.JOINING
            first = Task(inspection, visit, Part.FIRST, disagreements)
            day.tasks[inspection.inspector].append(first)
            day.tasks[second].append(Task(inspection, visit, part, disagreements))
            if helping:
                day.evenings.setdefault(inspection.inspector, Evening()).late = True
            conflicts.update(first.conflicts)
        if number % LATER_EVERY == LATER_EVERY // 2 - 1:
            following = next((d for d in working[inspection.inspector] if d > inspection.day), None)
            if following is not None:
                days[following].tasks[inspection.inspector].append(Task(inspection, visit, Part.LATER))
    for day in days.values():
        _plan_evenings(chance, day)
    return Plan(seed, [days[day] for day in sorted(days)], campaigns, frozenset(conflicts))


def _campaign(campaigns: dict[tuple[int, int], Campaign], day: date) -> Campaign:
    year, number = quarter(day)
    if (year, number) not in campaigns:
        after = date(year + number // 4, number % 4 * 3 + 1, 1)
        first = date(year, number * 3 - 2, 1)
        last = date.fromordinal(after.toordinal() - 1)
        campaigns[year, number] = Campaign(record_id("campaign", year, number), first, last)
    return campaigns[year, number]


def _second(
    chance: random.Random, inspection: Inspection, day: WorkDay, members: set[str], everybody: list[str]
) -> str:
    """A colleague who works that day, else one of the campaign, else anybody."""
    for group in (day.tasks, members, everybody):
        others = sorted((one for one in group if one != inspection.inspector), key=int)
        if others:
            return chance.choice(others)
    raise ValueError("two phones need two inspectors")


def _plan_evenings(chance: random.Random, day: WorkDay) -> None:
    for inspector in sorted(day.tasks, key=int):
        evening = day.evenings.setdefault(inspector, Evening())
        evening.late = chance.random() < LATE_SHARE or evening.late
        evening.shuffled = chance.random() < SHUFFLED_SHARE
        evening.repeated = chance.random() < REPEATED_SHARE
