"""What an inspector types on one visit, as operations in the phone's outbox."""

from __future__ import annotations

from datetime import date

from uuid_utils.compat import uuid7

from bench.replay import mapping
from bench.replay.phone import Phone
from bench.replay.plan import COMPLIANCE, DOCUMENTS, Part, Plan, Task, answer_id, record_id
from bench.replay.source import Inspection

OPPOSITE = {"pass": "fail", "fail": "pass"}


def moment(day: date, clock: str) -> str:
    """A moment of a day in Detroit's winter time."""
    return f"{day.isoformat()}T{clock}-05:00"


def fill(phone: Phone, plan: Plan, task: Task, day: date) -> None:
    """Do one task on ``day``."""
    scope = f"campaign:{plan.campaign_of(task.inspection).id}"
    if task.part is Part.LATER:
        finished = {"finished_at": moment(task.inspection.day, "11:45:00")}
        phone.make("visit", task.visit, scope, finished, moment(day, "08:10:00"))
        return
    Visit(phone, plan, task, scope).fill()


class Visit:
    """One phone at one visit. The first and the second phone share the violations between them."""

    def __init__(self, phone: Phone, plan: Plan, task: Task, scope: str) -> None:
        self.phone, self.plan, self.task, self.scope = phone, plan, task, scope

    def fill(self) -> None:
        """Everything in the order in which it is typed."""
        inspection, part = self.task.inspection, self.task.part
        if part is not Part.HELPING:
            self._make("visit", self.task.visit, self._creation(inspection), "10:00:00")
        found = inspection.found
        if part is not Part.ALONE:
            found = found[::2] if part is Part.FIRST else found[1::2]
        for violation in found:
            fields = mapping.violation(violation, self.task.visit, inspection.day.isoformat())
            self._make("violation", str(uuid7()), fields, "10:30:00")
        self._answer(COMPLIANCE, self._finding())
        if part is not Part.ALONE:
            self._make("visit", self.task.visit, {"note": self._note()}, "11:20:00")
        if part in {Part.JOINING, Part.HELPING}:
            self._make("visit", self.task.visit, {"representative": "The person in charge"}, "11:25:00")
            self._answer(DOCUMENTS, "pass")

    def _creation(self, inspection: Inspection) -> dict[str, object]:
        campaign = self.plan.campaign_of(inspection).id
        establishment = record_id("establishment", inspection.establishment)
        return mapping.visit(inspection, campaign, establishment, moment(inspection.day, "10:00:00"))

    def _finding(self) -> str:
        result = "pass" if self.task.inspection.compliant else "fail"
        return OPPOSITE[result] if self._differs(2) else result

    def _note(self) -> str:
        return f"{self.task.inspection.purpose}, {'second' if self._differs(1) else 'either'} phone"

    def _differs(self, disagreements: int) -> bool:
        """Whether this phone is the one to say something else where ``disagreements`` or more are planned."""
        return self.task.part is not Part.FIRST and self.task.disagreements >= disagreements

    def _answer(self, item: str, result: str) -> None:
        fields: dict[str, object] = {"visit": self.task.visit, "item": item, "result": result, "reason": None}
        self._make("answer", answer_id(self.task.visit, item), fields, "11:00:00")

    def _make(self, kind: str, record: str, fields: dict[str, object], clock: str) -> None:
        self.phone.make(kind, record, self.scope, fields, moment(self.task.inspection.day, clock))
