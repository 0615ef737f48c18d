"""The machine: everything that the line, the phones' fate, the office and the server's disk add to field work."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from config.extensions import write
from inspection.journal import desk
from inspection.journal.models import Parked
from tests.sync.stateful.field_work import FieldWork, which
from tests.sync.stateful.oracle import Oracle
from tests.sync.stateful.phone import ModelPhone
from tests.sync.stateful.server import Server
from tests.sync.stateful.tables import Row

CLOCKS = ("1999-12-31T23:59:59+07:00", "2026-09-20T08:11:02+07:00", "2041-01-01T00:00:00-11:00")
FAULTS = ("none", "none", "lost request", "lost answer", "duplicate", "delayed", "failing commit")


class Synchronisation(FieldWork):
    """Three phones and a server, and at the end every promise."""

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
            self.on_the_way.append((phone.line, body))
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

    @rule(who=which)
    def synchronise(self, who: int) -> None:
        self._synchronise(self._phone(who))

    @rule()
    def synchronise_everybody(self) -> None:
        for phone in self.phones:
            self._synchronise(phone)

    @precondition(lambda self: self.on_the_way)
    @rule(choice=which)
    def deliver_what_was_on_the_way(self, choice: int) -> None:
        line, body = self.on_the_way.pop(choice % len(self.on_the_way))
        assert line.post("/api/sync/push", body).status_code in (200, 401, 403)

    @rule(who=which, limit=st.sampled_from([1, 4, 1000]), pages=st.sampled_from([1, 2, 100]))
    def pull(self, who: int, limit: int, pages: int) -> None:
        self._pull(self._phone(who), limit, pages)

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

    @precondition(lambda self: self.visits)
    @rule(visit=which, campaign=st.integers(0, 1))
    def move_a_visit(self, visit: int, campaign: int) -> None:
        found = self.visits[visit % len(self.visits)]
        if self.server.move_visit(found["record"], self.server.scopes[campaign]):
            self._office_wrote([found["record"]], "moved")

    @precondition(lambda self: len(self.visits) > 1)
    @rule(kept=which, merged=which)
    def merge_two_visits(self, kept: int, merged: int) -> None:
        pair = [self.visits[at % len(self.visits)]["record"] for at in (kept, merged)]
        if self.server.merge_visits(*pair):
            self.merges += 1
            self._office_wrote(pair, "visits merged")

    @rule(who=which, other=which, pair=st.permutations(["A", "B"]))
    def merge_what_two_people_opened_apart(self, who: int, other: int, pair: list[str]) -> None:
        for at, note in zip((who, other), pair, strict=True):
            self.open_a_visit(at, 0, note)
            self.answer_an_item(at, len(self.visits) - 1, "I1", "pass" if note == "A" else "fail")
            self._synchronise(self._phone(at))
        self._edit(other, -1, {"representative": "C"})
        self.merge_two_visits(len(self.visits) - 2, len(self.visits) - 1)

    @precondition(lambda self: self.merges)
    @rule(choice=which, undo=st.booleans())
    def carry_late_work_over_or_undo_a_merge(self, choice: int, undo: bool) -> None:
        pair = self.server.carry_late_or_undo(choice, undo=undo)
        self._office_wrote(pair, "merges undone" if undo else "late work carried")

    def _office_wrote(self, visits: list[str], what: str) -> None:
        if visits:
            self.ledger.office_wrote(self.server, visits)
            self.ledger.count(what)

    @rule(choice=which, admit=st.booleans())
    def decide_about_something_kept_aside(self, choice: int, admit: bool) -> None:
        with self.server.app.app_context(), write() as session:
            aside = select(Parked.id).where(Parked.status.in_(desk.WAITING)).order_by(Parked.id)
            waiting = list(session.scalars(aside))
            if waiting and admit:
                desk.admit(session, waiting[choice % len(waiting)], self.server.people["an"])
            elif waiting:
                desk.dismiss(session, waiting[choice % len(waiting)], self.server.people["an"], "nhầm")

    @precondition(lambda self: self.made_at_backup != len(self.ledger.operations))
    @rule()
    def back_up(self) -> None:
        self.server.back_up()
        self.made_at_backup = len(self.ledger.operations)
        self.backed_up, self.here_then = True, self.here

    @precondition(lambda self: self.backed_up)
    @rule()
    def restore(self) -> None:
        self.server.restore()
        self.ledger.count("restored")
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

    class Run(Synchronisation):
        pass

    Run.server, Run.totals = server, {}
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
    run_state_machine_as_test(Run if seed is None else seeded(seed)(Run), settings=found)
    return Run.totals
