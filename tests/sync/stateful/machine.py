"""The machine: everything that phones, their people, the line, the office and the server's disk may do."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from config.extensions import write
from inspection.journal import desk
from inspection.journal.models import Parked
from tests.sync.stateful.ledger import Ledger
from tests.sync.stateful.oracle import Oracle
from tests.sync.stateful.phone import IDS, ModelPhone, Row
from tests.sync.stateful.server import PEOPLE, Server
from tests.world import DAY

which = st.integers(0, 11)
words = st.sampled_from(["A", "B", "C"])
CLOCKS = ("1999-12-31T23:59:59+07:00", "2026-09-20T08:11:02+07:00", "2041-01-01T00:00:00-11:00")
FAULTS = ("none", "none", "lost request", "lost answer", "duplicate", "delayed", "failing commit")


class Synchronisation(RuleBasedStateMachine):
    """Three phones and a server, and at the end every promise."""

    server: ClassVar[Server]
    totals: ClassVar[dict[str, int]]

    @initialize()
    def first_day(self) -> None:
        self.server.reset()
        self.ledger = Ledger()
        self.phones = [ModelPhone(self.server, self.ledger, name, name) for name in PEOPLE]
        self.visits: list[dict[str, Any]] = []
        self.on_the_way: list[tuple[ModelPhone, Any, bytes]] = []
        self.backed_up = self.cloned = False
        self.here = True
        for phone in self.phones:
            self._pull(phone)

    def _phone(self, at: int) -> ModelPhone:
        return self.phones[at % len(self.phones)]

    # ------------------------------------------------------------------------------------------- field work

    @rule(who=which, campaign=st.integers(0, 1), note=words)
    def open_a_visit(self, who: int, campaign: int, note: str) -> None:
        phone = self._phone(who)
        record = str(uuid.uuid5(IDS, f"visit {len(self.visits)} {phone.line.device}"))
        fields = {
            "campaign": str(self.server.campaigns[campaign]), "establishment": str(self.server.shop),
            "visited_on": DAY, "note": note,
        }  # fmt: skip
        created = phone.make("visit", self.server.scopes[campaign], record, fields)
        self.visits.append({"record": record, "scope": created["scope"], "fields": fields})

    @precondition(lambda self: self.visits)
    @rule(who=which, visit=which)
    def join_a_visit_by_its_code(self, who: int, visit: int) -> None:
        phone, found = self._phone(who), self.visits[visit % len(self.visits)]
        if phone.view(found["record"]) is None:
            phone.make("visit", found["scope"], found["record"], found["fields"])

    @precondition(lambda self: self.visits)
    @rule(
        who=which, visit=which, item=st.sampled_from(["I1", "I2"]), result=st.sampled_from(["pass", "fail"])
    )
    def answer_an_item(self, who: int, visit: int, item: str, result: str) -> None:
        phone, found = self._phone(who), self.visits[visit % len(self.visits)]
        record = str(uuid.uuid5(uuid.UUID(found["record"]), f"{item}\n"))
        finding = {"result": result, "reason": None}
        if phone.view(record) is None:
            phone.make("answer", found["scope"], record, {"visit": found["record"], "item": item, **finding})
        else:
            phone.make("answer", found["scope"], record, finding)

    @rule(who=which, visit=which, name=st.sampled_from(["note", "representative"]), word=words)
    def edit_a_visit(self, who: int, visit: int, name: str, word: str) -> None:
        self._edit(who, visit, {name: word})

    @rule(who=which, visit=which, void=st.booleans())
    def void_or_restore_a_visit(self, who: int, visit: int, void: bool) -> None:
        self._edit(who, visit, {"voided": {"reason": "nhầm"} if void else None})

    def _edit(self, who: int, visit: int, fields: dict[str, Any]) -> None:
        phone = self._phone(who)
        visible = phone.visible("visit")
        if visible:
            record = visible[visit % len(visible)]
            phone.make("visit", phone.view(record)["scope"], record, fields)  # type: ignore[index]  # it is visible

    @rule(who=which, visit=which)
    def sign_a_visit(self, who: int, visit: int) -> None:
        phone = self._phone(who)
        if visible := phone.visible("visit"):
            record = visible[visit % len(visible)]
            signature = str(uuid.uuid5(IDS, f"signature {record} {phone.line.device} {phone.store.n}"))
            shown = phone.view(record) or {}
            fields = {"visit": record, "party": "team", "name": phone.username}
            phone.make("signature", shown["scope"], signature, fields)

    @rule(choice=which, take=st.booleans())
    def settle_a_conflict(self, choice: int, take: bool) -> None:
        phone = self.phones[0]
        conflicts = [c["fields"] for c in phone.store.records.values() if c["kind"] == "conflict"]
        if open_ones := [c for c in conflicts if c["open"] and c["target"] in phone.store.records]:
            conflict = open_ones[choice % len(open_ones)]
            chosen = conflict["candidates"][0] if take else conflict["stored"]
            key, value = conflict["field"], chosen["value"]
            fields = (value or {"result": None, "reason": None}) if key == "finding" else {key: value}
            scope = phone.store.records[conflict["target"]]["scope"]
            settles = [candidate["entry"] for candidate in conflict["candidates"]]
            phone.make(conflict["target_kind"], scope, conflict["target"], fields, settles)

    @rule(who=which, unknown=st.booleans())
    def make_something_that_will_be_refused(self, who: int, unknown: bool) -> None:
        phone = self._phone(who)
        record = str(uuid.uuid5(IDS, f"bad {phone.line.device} {phone.store.n}"))
        phone.make(
            "visit", self.server.scopes[0], record, {"weather": "mưa"} if unknown else {"visited_on": "mai"}
        )

    # --------------------------------------------------------------------------------------------- the line

    @rule(who=which, most=st.sampled_from([1, 3, 500]), fault=st.sampled_from(FAULTS))
    def push(self, who: int, most: int, fault: str) -> None:
        self._push(self._phone(who), most, fault)

    def _push(self, phone: ModelPhone, most: int = 500, fault: str = "none") -> None:
        batch: list[Row] = phone.batch(most)
        if not batch:
            return
        self.ledger.count(fault)
        body = phone.request(batch)
        if fault == "delayed":
            self.on_the_way.append((phone, phone.line, body))
        if fault in ("lost request", "delayed"):
            return
        if fault == "failing commit":
            with self.server.failing_commit():
                answer = phone.line.post("/api/sync/push", body)
        else:
            answer = phone.line.post("/api/sync/push", body)
        if fault == "duplicate":
            answer = phone.line.post("/api/sync/push", body)
        if fault != "lost answer":
            phone.hear(batch, answer)

    @precondition(lambda self: self.on_the_way)
    @rule(choice=which)
    def deliver_what_was_on_the_way(self, choice: int) -> None:
        _, line, body = self.on_the_way.pop(choice % len(self.on_the_way))
        assert line.post("/api/sync/push", body).status_code in (200, 401, 403)

    @rule(who=which, limit=st.sampled_from([1, 4, 1000]), pages=st.sampled_from([1, 2, 100]))
    def pull(self, who: int, limit: int, pages: int) -> None:
        self._pull(self._phone(who), limit, pages)

    def _pull(self, phone: ModelPhone, limit: int = 1000, pages: int = 100) -> None:
        for _ in range(pages):
            if not phone.pull_page(limit):
                return

    # -------------------------------------------------------------------------------- phones and their fate

    @rule(who=which, at=st.integers(0, 2))
    def set_a_wrong_clock(self, who: int, at: int) -> None:
        self._phone(who).clock = CLOCKS[at]

    @rule(who=which)
    def upgrade_the_app(self, who: int) -> None:
        self._phone(who).modern = True

    @rule(who=which)
    def reinstall_a_phone(self, who: int) -> None:
        self._phone(who).reinstall()

    @precondition(lambda self: not self.cloned)
    @rule(who=which)
    def clone_a_phone(self, who: int) -> None:
        self.cloned = True
        self.phones.append(self._phone(who).cloned("clone"))

    @rule(who=which)
    def revoke_a_phone(self, who: int) -> None:
        assert self._phone(who).line.post("/api/auth/logout", {}).status_code in (204, 401, 403)

    # ------------------------------------------------------------------------------------ office and server

    @rule()
    def let_chi_leave_or_return(self) -> None:
        self.here = not self.here
        self.server.set_membership("chi", self.here)

    @rule(choice=which, admit=st.booleans())
    def decide_about_something_kept_aside(self, choice: int, admit: bool) -> None:
        with self.server.app.app_context(), write() as session:
            aside = select(Parked.id).where(Parked.status.in_(desk.WAITING)).order_by(Parked.id)
            waiting = list(session.scalars(aside))
            if waiting and admit:
                desk.admit(session, waiting[choice % len(waiting)], self.server.people["an"])
            elif waiting:
                desk.dismiss(session, waiting[choice % len(waiting)], self.server.people["an"], "nhầm")

    @rule()
    def back_up(self) -> None:
        self.server.back_up()
        self.backed_up, self.here_then = True, self.here

    @precondition(lambda self: self.backed_up)
    @rule()
    def restore(self) -> None:
        self.server.restore()
        self.here = self.here_then
        self.ledger.forget_what_a_restore_took(self.server)

    # ---------------------------------------------------------------------------------------------- the end

    def teardown(self) -> None:
        """Everybody comes home: all is sent, all is read, every promise is checked."""
        if not hasattr(self, "ledger"):
            return
        for again in range(8):
            for phone in self.phones:
                for row in phone.store.outbox:
                    row.state = "waiting" if row.state == "held" else row.state
                for _ in range(3):
                    self._push(phone)
            for phone in self.phones:
                self._pull(phone)
            if again and not any(phone.batch(1) for phone in self.phones):
                break
        Oracle(self.server, self.ledger).check(self.phones)
        for what, count in self.ledger.counts.items():
            self.totals[what] = self.totals.get(what, 0) + count


def run(
    server: Server, *, examples: int, steps: int, seed: int | None = None, shrink: bool = True
) -> dict[str, int]:
    """Run the machine; the same ``seed`` makes the same runs. How often everything happened."""
    machine = type("Synchronisation", (Synchronisation,), {"server": server, "totals": {}})
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        phases=[phase for phase in Phase if shrink or phase is not Phase.shrink],
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(machine if seed is None else seeded(seed)(machine), settings=found)
    return machine.totals
