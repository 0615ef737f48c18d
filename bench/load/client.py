"""The clients (locust), in a process of their own: ``python -m bench.load.client DAY RESULT``.

A phone is used twice, at its moment of the morning and at its moment of the evening, whether or not the server has
answered the others: what the server cannot take waits, and shows. Each request has a connection of its own.
"""

from __future__ import annotations

import locust  # isort: skip  # first: it makes sockets and sleep wait for each other instead of the process
import gzip
import json
import random
import re
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locust.contrib.fasthttp import FastHttpUser
from locust.env import Environment
from locust.exception import StopUser

from bench.load.day import Day, OfficeOfDay, PhoneOfDay, read_day
from bench.load.processor import seconds_of
from bench.workload import OPERATIONS, visit
from config.extensions import now
from inspection.people.permissions import Role
from inspection.people.tokens import Claims, sign_access

READING = (15.0, 45.0)
"""Seconds that somebody in the office looks at a page."""

BETWEEN = 5.0
"""Seconds between morning and evening."""

PAGES = {
    Role.MANAGER: (
        "/", "/dashboard", "/campaigns", "/violations", "/establishments?q=tran+phu", "/reports", "/reports/new",
        "*", "*",
    ),
    Role.DESK: ("/", "/complaints", "/complaints/new", "/complaints?q=tieng+on"),
    Role.AUDITOR: ("/", "/complaints", "/journal", "/journal/checkpoints", "/reports"),
}  # fmt: skip
"""What each role opens, by chance; ``*`` is a link of the page before."""

LINK = re.compile(r'href="(/(?:visits|campaigns|establishments)/[0-9a-f-]{36})"')


class _Client(FastHttpUser):
    abstract = True
    max_retries = 0
    day: Day
    begins: float

    def until(self, moment: float) -> None:
        """Sleep until so many seconds after the begin."""
        time.sleep(max(0.0, self.begins + moment - time.monotonic()))


class Phone(_Client):
    """One phone through one day."""

    waiting: Iterator[PhoneOfDay]

    @locust.task
    def live(self) -> None:
        """Morning and evening, then never again."""
        phone = next(self.waiting)
        self.until(phone.wakes)
        cursors = {} if phone.new else dict(self.day.cursors)
        own = f"campaign:{phone.campaign}"
        cursors = {
            scope: at for scope, at in cursors.items() if not scope.startswith("campaign:") or scope == own
        }
        self._pull(phone, cursors, "first pull" if phone.new else "pull")
        self.until(self.day.seconds + BETWEEN + phone.returns)
        self._push(phone)
        self._pull(phone, cursors, "pull after")
        raise StopUser

    def _pull(self, phone: PhoneOfDay, cursors: dict[str, str], name: str) -> None:
        more = True
        while more:
            page = self._post("/api/sync/pull", phone, {"cursors": cursors, "limit": 1000}, name)
            cursors |= page.get("cursors", {})
            more = page.get("more", False)

    def _push(self, phone: PhoneOfDay) -> None:
        operations = [
            made
            for at, establishment in enumerate(phone.establishments)
            for made in visit(
                uuid.UUID(phone.campaign),
                1 + at * OPERATIONS,
                establishment=establishment,
                checklist=self.day.checklist,
                day=now().date().isoformat(),
            )
        ]
        self._post("/api/sync/push", phone, {"operations": operations}, "push")

    def _post(self, path: str, phone: PhoneOfDay, body: dict[str, Any], name: str) -> dict[str, Any]:
        token = sign_access(self.day.secret, Claims(uuid.UUID(phone.person), uuid.UUID(phone.device)), now())
        headers = {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Content-Encoding": "gzip",
            "Accept-Encoding": "gzip", "Connection": "close",
        }  # fmt: skip
        content: Any = gzip.compress(json.dumps(body).encode(), 6)
        with self.client.post(path, data=content, headers=headers, name=name, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.error or answer.text!r:.200}")
                return {}
            found: dict[str, Any] = json.loads(answer.content)
            odd = [each for each in found.get("results", ()) if each["status"] != "applied"]
            if odd:
                answer.failure(f"{odd[0]}"[:200])
            return found


class Clerk(_Client):
    """Somebody who opens pages of the office."""

    waiting: Iterator[OfficeOfDay]
    seat: OfficeOfDay

    def on_start(self) -> None:
        """Take a seat and sign in, each a little later than the other."""
        self.seat, self.links = next(self.waiting), list[str]()
        self.chance = random.Random(f"{self.day.seed} {self.seat.cookie}")  # noqa: S311 - nobody's secret
        time.sleep(self.chance.uniform(0, READING[1]))

    @locust.task
    def look(self) -> None:
        """Open a page and read it."""
        page = self.chance.choice(PAGES[self.seat.role])
        if page == "*":
            page = self.chance.choice(self.links or ["/"])
        name = "page " + re.sub(r"[0-9a-f-]{36}", "…", page).partition("?")[0]
        headers = {"Cookie": self.seat.cookie, "Accept-Encoding": "gzip", "Connection": "close"}
        with self.client.get(
            page, headers=headers, name=name, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.error or answer.headers.get('Location')}")
            self.links = LINK.findall(answer.text or "") or self.links
        time.sleep(self.chance.uniform(*READING))


def main(path: str, result: str) -> None:
    """Play the day and write what was measured."""
    day = read_day(Path(path))
    for kind, people in ((Phone, day.phones), (Clerk, day.office)):
        kind.fixed_count, kind.host, kind.day, kind.waiting = len(people), day.address, day, iter(people)  # type: ignore[assignment]  # each its own
    environment = Environment(user_classes=[Phone, Clerk], catch_exceptions=False)
    runner = environment.create_local_runner()
    spawning = len(day.phones) / 1000 + 1
    _Client.begins = begins = time.monotonic() + spawning
    measured: list[tuple[float, str, float, str | None]] = []

    def note(name: str, response_time: float, exception: object, **_: object) -> None:
        measured.append(
            (time.monotonic() - begins, name, response_time, str(exception) if exception else None)
        )

    environment.events.request.add_listener(note)  # type: ignore[no-untyped-call]  # locust's
    runner.start(len(day.phones) + len(day.office), spawn_rate=1000)
    phases = {}
    for phase, start in (("morning", 0.0), ("evening", day.seconds + BETWEEN)):
        time.sleep(max(0.0, begins + start - time.monotonic()))
        before = seconds_of(day.processes)
        time.sleep(max(0.0, begins + start + day.seconds - time.monotonic()))
        after = seconds_of(day.processes)
        phases[phase] = {name: after[name] - before[name] for name in after}
    time.sleep(BETWEEN)
    runner.quit()
    Path(result).write_text(json.dumps({"requests": measured, "processor": phases}))


if __name__ == "__main__":
    main(*sys.argv[1:])
