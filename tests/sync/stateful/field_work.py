"""The rules of the machine that people in the field play: visits, answers, voids, signatures, settlements."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sync.stateful.ledger import Ledger
from tests.sync.stateful.phone import IDS, ModelPhone
from tests.sync.stateful.server import PEOPLE, Server
from tests.world import DAY, Phone

which = st.integers(0, 11)
words = st.sampled_from(["A", "B", "C"])


class FieldWork(RuleBasedStateMachine):
    """What people do with three phones."""

    server: ClassVar[Server]
    totals: ClassVar[dict[str, int]]

    @initialize()
    def first_day(self) -> None:
        self.server.reset()
        self.ledger = Ledger()
        self.phones = [ModelPhone(self.server, self.ledger, name, name) for name in PEOPLE]
        self.visits: list[dict[str, Any]] = []
        self.on_the_way: list[tuple[Phone, bytes]] = []
        self.backed_up = self.cloned = False
        self.here = True
        self.made_at_backup = self.merges = 0
        for phone in self.phones:
            self._pull(phone)
        self.open_a_visit(0, 0, "A")
        for phone in self.phones:
            self._synchronise(phone)

    def _new_record(self) -> str:
        """An id that is the same whenever the same steps are taken."""
        self.ledger.count("records")
        return str(uuid.uuid5(IDS, f"record {self.ledger.counts['records']}"))

    def _phone(self, at: int) -> ModelPhone:
        return self.phones[at % len(self.phones)]

    # ------------------------------------------------------------------------------------------- field work

    @rule(who=which, campaign=st.integers(0, 1), note=words)
    def open_a_visit(self, who: int, campaign: int, note: str) -> None:
        phone = self._phone(who)
        record = self._new_record()
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
            signature = self._new_record()
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

    @rule(who=which, other=which, visit=which, pair=st.permutations(["A", "B", "C"]))
    def two_people_write_about_one_visit(self, who: int, other: int, visit: int, pair: list[str]) -> None:
        self._edit(who, visit, {"note": pair[0]})
        self._edit(other, visit, {"note": pair[1]})

    @rule(who=which, unknown=st.booleans())
    def make_something_that_will_be_refused(self, who: int, unknown: bool) -> None:
        phone = self._phone(who)
        record = self._new_record()
        phone.make(
            "visit", self.server.scopes[0], record, {"weather": "mưa"} if unknown else {"visited_on": "mai"}
        )

    def _synchronise(self, phone: ModelPhone) -> None:
        while batch := phone.batch(500):
            phone.hear(batch, phone.line.post("/api/sync/push", phone.request(batch)))
        self._pull(phone)

    def _pull(self, phone: ModelPhone, limit: int = 1000, pages: int = 100) -> None:
        for _ in range(pages):
            if not phone.pull_page(limit):
                return
