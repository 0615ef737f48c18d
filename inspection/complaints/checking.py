"""The register's rules as the journal asks them of every operation, whoever sent it (``Kind.check``).

Office pages and the HTTP API reach the same rules through the journal, so a step that a phone pushes meets no other
law.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from inspection.complaints import course
from inspection.complaints.course import StepTaken
from inspection.complaints.rules import (
    CASES,
    Complexity,
    PetitionerType,
    PetitionKind,
    Relation,
    Stage,
    Status,
    StepKind,
)
from inspection.journal.operation import Operation, Refused
from inspection.journal.surroundings import Surroundings, Values

SELF = "Vụ việc không thể nối với chính nó. / A case is not linked to itself."
NO_CASE = "Không có vụ việc này trong sổ. / There is no such case in the register."
OTHER_REGISTER = "Vụ việc thuộc sổ khác. / The case belongs to another register."
LINKED = "Đã nối rồi. / Linked already."
NOT_SETTLED = "Chỉ sau khi có quyết định, kết luận. / Only after the decision or conclusion."
NO_ORIGINAL = "Không có bản chụp này trong vụ việc. / The case has no such attachment."
NO_EXTRA_CONTENT = "Phải nêu nội dung được rút. / Say which content is withdrawn."


def check_complaint(_: Surroundings, __: Operation, before: Values, brought: Values) -> Refused | None:
    """A new petition starts as received; a status moves along the law's course with what it needs; dates can be."""
    after = {**before, **brought}
    changed = {name for name, value in brought.items() if before.get(name) != value}
    if not before:
        if after.get("status") != Status.RECEIVED:
            return Refused("illegal_transition", {"status": [course.STARTS_RECEIVED]})
        return _refused(course.faults_of_dates(after))
    if "petition_kind" in changed and before.get("status") != Status.RECEIVED:
        return Refused("illegal_transition", {"petition_kind": [course.RECLASSIFIED_LATE]})
    kind, target = PetitionKind(after["petition_kind"]), Status(after["status"])
    if "status" in changed:
        petitioner = PetitionerType(after["petitioner_type"]) if after.get("petitioner_type") else None
        day = after.get("ended_on")
        if not course.may_move(
            kind, Status(before["status"]), target, petitioner, date.fromisoformat(day) if day else None
        ):
            return Refused("illegal_transition", {"status": [course.ILLEGAL]})
    missing = set(course.missing_for(kind, target, after))
    if "status" not in changed:
        missing &= changed
    if missing:
        return Refused("validation", {name: [course.MISSING] for name in sorted(missing)})
    return _refused(
        [fault for fault in course.faults_of_dates(after) if fault[0] in changed or "status" in changed]
    )


def check_step(around: Surroundings, operation: Operation, before: Values, brought: Values) -> Refused | None:
    """A step fits the case and the steps before it."""
    after = {**before, **brought}
    case = around.values(uuid.UUID(after["complaint"]))
    if case is None:
        return Refused("validation", {"complaint": [NO_CASE]})
    step = StepTaken(StepKind(after["step"]), date.fromisoformat(after["happened_on"]))
    if step.step in course.NUMBERED and not after.get("number"):
        return Refused("validation", {"number": [course.MISSING]})
    if step.step is StepKind.PARTIAL_WITHDRAWAL and not (after.get("content") or "").strip():
        return Refused("validation", {"content": [NO_EXTRA_CONTENT]})
    others = around.children("complaint_step", uuid.UUID(after["complaint"]))
    accepted = case.get("accepted_on")
    faults = course.faults_of_step(
        PetitionKind(case["petition_kind"]),
        Status(case["status"]),
        Complexity(case.get("complexity") or Complexity.ORDINARY),
        date.fromisoformat(case["received_on"]),
        date.fromisoformat(accepted) if accepted else None,
        [_taken(values) for record, values in others.items() if record != operation.record],
        step,
    )
    if faults and faults[0][0] == "step":
        return Refused("illegal_transition", _words(faults))
    return _refused(faults)


def check_link(around: Surroundings, operation: Operation, before: Values, brought: Values) -> Refused | None:
    """A case is linked to another one of its own register, once."""
    after = {**before, **brought}
    own, target = uuid.UUID(after["complaint"]), uuid.UUID(after["target"])
    if own == target:
        return Refused("validation", {"target": [SELF]})
    if Relation(after["relation"]) in CASES:
        case, other = around.values(own) or {}, around.values(target)
        if other is None or "petition_kind" not in other:
            return Refused("validation", {"target": [NO_CASE]})
        if other.get("jurisdiction") != case.get("jurisdiction"):
            return Refused("validation", {"target": [OTHER_REGISTER]})
    for record, link in around.children("complaint_link", own).items():
        if record != operation.record and (link["relation"], link["target"]) == (
            after["relation"],
            after["target"],
        ):
            return Refused("validation", {"target": [LINKED]})
    return None


def check_remedy(around: Surroundings, _: Operation, before: Values, brought: Values) -> Refused | None:
    """What was ordered stands in a decision; what was carried out follows it."""
    after = {**before, **brought}
    case = around.values(uuid.UUID(after["complaint"])) or {}
    if case.get("status") != Status.SETTLED:
        return Refused("illegal_transition", {"stage": [NOT_SETTLED]})
    settled = case.get("settled_on")
    if settled and after["stage"] == Stage.DONE and after["on"] < settled:
        return Refused("validation", {"on": [NOT_SETTLED]})
    return None


def check_attachment(around: Surroundings, _: Operation, before: Values, brought: Values) -> Refused | None:
    """A redacted copy is one of an attachment of the same case that is no copy itself."""
    after = {**before, **brought}
    if not after.get("redacts"):
        return None
    others = around.children("complaint_attachment", uuid.UUID(after["complaint"]))
    original = others.get(uuid.UUID(after["redacts"]))
    if original is None or original.get("redacts"):
        return Refused("validation", {"redacts": [NO_ORIGINAL]})
    return None


def _taken(values: Mapping[str, object]) -> StepTaken:
    return StepTaken(StepKind(str(values["step"])), date.fromisoformat(str(values["happened_on"])))


def _words(faults: list[course.Fault]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, words in faults:
        named.setdefault(name, []).append(words)
    return named


def _refused(faults: list[course.Fault]) -> Refused | None:
    return Refused("validation", _words(faults)) if faults else None
