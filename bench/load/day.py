"""The day as it is played: who does what and when. Written by the one process, read by the other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from inspection.people.permissions import Role


@dataclass(frozen=True, slots=True)
class PhoneOfDay:
    """An enrolled phone. ``wakes`` and ``returns`` are seconds after the begin of the morning and of the evening;
    a ``new`` one has read nothing before."""

    person: str
    device: str
    campaign: str
    establishments: list[str]
    wakes: float
    returns: float
    new: bool


@dataclass(frozen=True, slots=True)
class OfficeOfDay:
    """An office session: its cookie, and whose."""

    role: Role
    cookie: str


@dataclass(frozen=True, slots=True)
class Day:
    """Everything the clients need. ``cursors`` are what yesterday left on every phone, by scope; ``processes`` the
    first process of each part of the server, whose processor time is counted."""

    address: str
    secret: str
    seconds: float
    seed: int
    checklist: str
    cursors: dict[str, str]
    phones: list[PhoneOfDay]
    office: list[OfficeOfDay]
    processes: dict[str, int]

    def write(self, path: Path) -> None:
        """Keep it as a file."""
        path.write_text(json.dumps(asdict(self)))


def read_day(path: Path) -> Day:
    """A day that :meth:`Day.write` kept."""
    values = json.loads(path.read_text())
    values["phones"] = [PhoneOfDay(**each) for each in values["phones"]]
    values["office"] = [OfficeOfDay(Role(each["role"]), each["cookie"]) for each in values["office"]]
    return Day(**values)
