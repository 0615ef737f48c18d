"""The replay itself: morning, a day offline, evening, for every day of the plan, against a running server.

In the morning every phone that works that day pulls; then everything is typed offline; in the evening the
phones push side by side. Some do so only after a later day, some cut and mix their outbox, some send
everything twice. At the end all deliver, ask what became of what was held, and pull: then every phone must
have what the lead has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from bench.replay import office, work
from bench.replay.desk import Desk, Petition
from bench.replay.office import DESK, LEAD, MANAGER, Passwords, username_of
from bench.replay.phone import Phone
from bench.replay.plan import Plan, WorkDay, chance_of
from bench.replay.progress import Progress
from bench.replay.source import Source

SIDE_BY_SIDE = 6
"""Phones that speak to the server at the same moment."""

REPEATED_REQUESTS = 3
SOME = 20
"""Problems of one sort that are listed by name."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the operations. ``problems`` is empty when all went as it must."""

    sent: int
    applied: int
    merged: int
    conflicts: int
    planned: int
    held: int
    rejected: int
    resent: int
    petitions: int
    problems: list[str]


class Replay:
    """One replay of ``plan`` against the server at ``address``."""

    def __init__(self, address: str, passwords: Passwords, source: Source, plan: Plan) -> None:
        self.address, self.passwords, self.source, self.plan = address, passwords, source, plan
        self.lead = self._phone(LEAD)
        self.manager = self._phone(MANAGER)
        self.phones = {inspector: self._phone(username_of(inspector)) for inspector in plan.inspectors}
        self._late: set[str] = set()

    def close(self) -> None:
        """Close every connection."""
        for phone in self._everybody:
            phone.line.close()

    def _phone(self, username: str) -> Phone:
        phone = Phone(self.address)
        phone.line.sign_in(username, self.passwords[username])
        return phone

    def play(self, petitions: Sequence[Petition], progress: Progress) -> Outcome:
        """Everything from the office's first orders to the last pull."""
        office.open_campaigns(self.manager, self.plan)
        office.register_establishments(self.lead, list(self.source.establishments.values()))
        desk = Desk(self._phone(DESK).line)
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool, ThreadPoolExecutor(1) as counter:
            entering = counter.submit(desk.work, petitions)
            done = 0
            for day in self.plan.days:
                self._work(pool, day)
                done += sum(len(tasks) for tasks in day.tasks.values())
                progress.show(done, f"{day.day.isoformat()}  {self._sent()} ops, {desk.entered} petitions")
            self._finish(pool)
            entering.result()
        problems = desk.faults(petitions)
        desk.close()
        return self._outcome(problems, desk.entered)

    def _work(self, pool: ThreadPoolExecutor, day: WorkDay) -> None:
        phones = {inspector: self.phones[inspector] for inspector in sorted(day.tasks, key=int)}
        together(pool, (phone.pull for phone in phones.values()))
        for inspector, phone in phones.items():
            for task in day.tasks[inspector]:
                work.fill(phone, self.plan, task, day.day)
        together(pool, (partial(self._deliver, inspector, day) for inspector in phones))

    def _deliver(self, inspector: str, day: WorkDay) -> None:
        evening, phone = day.evenings[inspector], self.phones[inspector]
        if evening.late:
            self._late.add(inspector)
            return
        shuffled = evening.shuffled or inspector in self._late
        self._late.discard(inspector)
        phone.deliver(chance_of(self.plan.seed, day.day, inspector) if shuffled else None)
        if evening.repeated:
            phone.repeat(REPEATED_REQUESTS)

    def _finish(self, pool: ThreadPoolExecutor) -> None:
        everybody = [self.lead, *self.phones.values()]
        together(pool, (phone.deliver for phone in everybody))
        together(pool, (phone.ask_for_held for phone in everybody))
        together(pool, (phone.pull for phone in everybody))

    def _sent(self) -> int:
        return sum(len(phone.counts.answers) for phone in self._everybody)

    @property
    def _everybody(self) -> list[Phone]:
        return [self.manager, self.lead, *self.phones.values()]

    def _outcome(self, problems: list[str], petitions: int) -> Outcome:
        answers = Counter(status for phone in self._everybody for status in phone.counts.answers.values())
        held = sum(len(phone.counts.held) for phone in self._everybody)
        found = frozenset(
            (fields["target"], fields["field"]) for fields in self.lead.conflicts.values() if fields["open"]
        )
        problems = problems + [problem for phone in self._everybody for problem in phone.counts.problems]
        problems += named("a planned conflict was not found", self.plan.conflicts - found)
        problems += named("a conflict was found that nobody planned", found - self.plan.conflicts)
        problems += [f"phone {name} differs from the lead's" for name in self._apart()]
        if answers["held"]:
            problems.append(f"{answers['held']} operations are still held")
        if answers["conflict"] != len(found):
            problems.append(
                f"{answers['conflict']} operations were answered as conflicts, {len(found)} are open"
            )
        return Outcome(
            sent=answers.total(),
            applied=answers["applied"],
            merged=answers["merged"],
            conflicts=len(found),
            planned=len(self.plan.conflicts),
            held=held,
            rejected=answers["rejected"],
            resent=sum(phone.counts.resent for phone in self._everybody),
            petitions=petitions,
            problems=problems,
        )

    def _apart(self) -> list[str]:
        """Inspectors whose phone has other records, or other versions, than the lead has of the same
        scopes."""
        return [
            inspector
            for inspector, phone in self.phones.items()
            if phone.store != {record: at for record, at in self.lead.store.items() if at[0] in phone.scopes}
        ]


def together(pool: ThreadPoolExecutor, jobs: Iterable[Callable[[], None]]) -> None:
    """Do the jobs side by side and wait for all; the first failure is raised."""
    waiting: list[Future[None]] = [pool.submit(job) for job in jobs]
    for future in waiting:
        future.result()


def named(what: str, things: Iterable[object]) -> list[str]:
    """A problem per thing, the first ones by name."""
    listed = sorted(things, key=str)
    more = [f"{what}: {len(listed) - SOME} more"] if len(listed) > SOME else []
    return [f"{what}: {thing}" for thing in listed[:SOME]] + more
