"""The legal course of a case: which step may follow, what it must bring along, which dates cannot be. Pure.

The same rules judge an office page, the HTTP API and an operation that a phone pushes
(:mod:`inspection.complaints.checking`). A fault is a field and words in Vietnamese and English, with a stroke between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspection.complaints.rules import (
    ENDS,
    NEW_RULES,
    Complexity,
    PetitionerType,
    PetitionKind,
    Status,
    StepKind,
)

FROM_RECEIVED = ENDS - {Status.SETTLED, Status.TERMINATED} | {Status.ACCEPTED}
FROM_ACCEPTED = frozenset({Status.SETTLED, Status.WITHDRAWN})

BROUGHT_ALONG: Mapping[Status, tuple[str, ...]] = {
    Status.ACCEPTED: ("accepted_on", "acceptance_number"),
    Status.REFUSED: ("ended_on", "refusal_code", "refusal_reason", "refusal_number"),
    Status.TRANSFERRED: ("ended_on", "closing_number", "receiver"),
    Status.GUIDED: ("ended_on", "closing_number"),
    Status.SETTLED: ("settled_on", "decision_number"),
    Status.FILED: ("ended_on",),
    Status.WITHDRAWN: ("ended_on",),
    Status.TERMINATED: ("ended_on", "closing_number", "closing_reason"),
}
"""The fields that must be filled for a case to stand at a status: its day, its document and the reason."""

MISSING = "Bắt buộc. / Required."
BEFORE_RECEIPT = "Không được trước ngày nhận đơn ({day}). / Must not be before the receipt ({day})."
BEFORE_ACCEPTANCE = "Không được trước ngày thụ lý ({day}). / Must not be before the acceptance ({day})."
AFTER_RECEIPT = "Không được sau ngày nhận đơn ({day}). / Must not be after the receipt ({day})."
RECLASSIFIED_LATE = (
    "Chỉ phân loại lại khi đơn chưa được xử lý. / Only a petition not handled yet is reclassified."
)
STARTS_RECEIVED = "Đơn mới vào sổ ở trạng thái đã tiếp nhận. / A petition enters the register as received."
ILLEGAL = "Không thể chuyển từ trạng thái hiện tại. / The case cannot move there from where it stands."

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step that leaves the status as it is: what and when."""

    step: StepKind
    on: date


def next_statuses(
    kind: PetitionKind, status: Status, petitioner: PetitionerType | None, day: date | None = None
) -> frozenset[Status]:
    """Where a case may go from ``status`` on ``day`` (None: by the newest rules).

    An anonymous denunciation is never accepted as one, though it may lead to an inspection (Luật Tố cáo 2018 Điều
    25). A recommendation may be answered at once: no law asks for its acceptance. A complaint may be terminated (đình
    chỉ) from 01/7/2026 on (Luật 136/2025/QH15 Điều 11a, secondary source).
    """
    terminated = (
        {Status.TERMINATED} if kind is PetitionKind.COMPLAINT and not (day and day < NEW_RULES) else set()
    )
    if status is Status.ACCEPTED:
        return FROM_ACCEPTED | terminated
    if status is not Status.RECEIVED:
        return frozenset()
    if kind is PetitionKind.RECOMMENDATION:
        return FROM_RECEIVED | {Status.SETTLED}
    if kind is PetitionKind.DENUNCIATION and petitioner is PetitionerType.ANONYMOUS:
        return FROM_RECEIVED - {Status.ACCEPTED}
    return FROM_RECEIVED


def may_move(
    kind: PetitionKind,
    status: Status,
    target: Status,
    petitioner: PetitionerType | None = None,
    day: date | None = None,
) -> bool:
    """Whether a case of ``kind`` may go from ``status`` to ``target``."""
    return target in next_statuses(kind, status, petitioner, day)


def missing_for(kind: PetitionKind, target: Status, values: Mapping[str, object]) -> tuple[str, ...]:
    """The fields still empty that ``target`` needs. A settled complaint or denunciation also needs its outcome, which
    the statistical forms 01/KQGQ and 03/KQGQ count; a recommendation is accepted and answered without a numbered
    document."""
    needed = BROUGHT_ALONG.get(target, ())
    if kind is PetitionKind.RECOMMENDATION:
        needed = tuple(name for name in needed if name not in ("acceptance_number", "decision_number"))
    elif target is Status.SETTLED:
        needed = (*needed, "outcome")
    return tuple(name for name in needed if values.get(name) in (None, ""))


def faults_of_dates(values: Mapping[str, object]) -> list[Fault]:
    """Dates that cannot be: a step before the receipt, an end before the acceptance, a covering letter after the
    receipt."""
    received, accepted = _day(values, "received_on"), _day(values, "accepted_on")
    faults = []
    if received is not None:
        faults += [
            (name, BEFORE_RECEIPT.format(day=_words(received)))
            for name in ("accepted_on", "settled_on", "ended_on")
            if (day := _day(values, name)) is not None and day < received
        ]
        faults += [
            (name, AFTER_RECEIPT.format(day=_words(received)))
            for name in ("forwarded_on", "act_known_on")
            if (day := _day(values, name)) is not None and day > received
        ]
    if accepted is not None:
        faults += [
            (name, BEFORE_ACCEPTANCE.format(day=_words(accepted)))
            for name in ("settled_on", "ended_on")
            if (day := _day(values, name)) is not None and day < accepted
        ]
    return list(dict(reversed(faults)).items())


def faults_of_step(
    kind: PetitionKind,
    status: Status,
    complexity: Complexity,
    received_on: date,
    accepted_on: date | None,
    before: Sequence[StepTaken],
    step: StepTaken,
) -> list[Fault]:
    """Why ``step`` may not be taken after the steps ``before``."""
    if step.on < received_on:
        return [("happened_on", BEFORE_RECEIPT.format(day=_words(received_on)))]
    if accepted_on is not None and step.step in AFTER_ACCEPTANCE and step.on < accepted_on:
        return [("happened_on", BEFORE_ACCEPTANCE.format(day=_words(accepted_on)))]
    words = _illegal_step(kind, status, complexity, before, step)
    return [("step", words)] if words else []


AFTER_ACCEPTANCE = frozenset(
    {
        StepKind.EXTENSION,
        StepKind.SUSPENSION,
        StepKind.RESUMPTION,
        StepKind.NOTICE,
        StepKind.VERIFICATION,
        StepKind.DIALOGUE,
    }
)
AFTER_REQUEST = frozenset({StepKind.OVERDUE_REPORT})
PASSED_ON = frozenset({StepKind.REMINDER, StepKind.REPLY_RECEIVED})
AFTER_DECISION = frozenset({StepKind.DECISION_SENT, StepKind.PUBLICATION})
NUMBERED = frozenset({StepKind.EXTENSION, StepKind.SUSPENSION, StepKind.RESUMPTION})
"""Steps that exist only by a written decision (Luật Tố cáo Điều 30 khoản 4; Luật Khiếu nại Điều 11a)."""


def next_steps(
    kind: PetitionKind, status: Status, complexity: Complexity, before: Sequence[StepTaken], day: date
) -> tuple[StepKind, ...]:
    """The steps that may be taken on ``day``."""
    return tuple(
        one for one in StepKind if not _illegal_step(kind, status, complexity, before, StepTaken(one, day))
    )


def extensions(steps: Iterable[StepTaken]) -> int:
    """How often the time for settling was extended."""
    return sum(one.step is StepKind.EXTENSION for one in steps)


def suspended_since(steps: Iterable[StepTaken]) -> date | None:
    """The day from which the case stands still; None when it runs."""
    since = None
    for one in sorted(steps, key=lambda step: step.on):
        if one.step is StepKind.SUSPENSION:
            since = one.on
        elif one.step is StepKind.RESUMPTION:
            since = None
    return since


def _illegal_step(
    kind: PetitionKind, status: Status, complexity: Complexity, before: Sequence[StepTaken], step: StepTaken
) -> str:
    return _wrong_moment(kind, status, before, step) or _wrong_kind(kind, complexity, before, step)


def _wrong_moment(kind: PetitionKind, status: Status, before: Sequence[StepTaken], step: StepTaken) -> str:
    """What a step has to follow."""
    asked = any(one.step is StepKind.OVERDUE_REQUEST for one in before)
    decided = status is Status.SETTLED and kind is not PetitionKind.RECOMMENDATION
    for steps, may_be, words in (
        (AFTER_ACCEPTANCE, status is Status.ACCEPTED, ONLY_ACCEPTED),
        (AFTER_DECISION, decided, ONLY_DECIDED),
        (PASSED_ON, status is Status.TRANSFERRED, ONLY_PASSED_ON),
        (AFTER_REQUEST, asked, ONLY_ASKED),
        ({StepKind.PARTIAL_WITHDRAWAL}, status not in ENDS, ENDED),
    ):
        if step.step in steps and not may_be:
            return words
    return ""


def _wrong_kind(
    kind: PetitionKind, complexity: Complexity, before: Sequence[StepTaken], step: StepTaken
) -> str:
    """Which kind of petition, from when on and how often."""
    complaint, denunciation = kind is PetitionKind.COMPLAINT, kind is PetitionKind.DENUNCIATION
    suspended = suspended_since(one for one in before if one.on <= step.on) is not None
    match step.step:
        case StepKind.EXTENSION | StepKind.OVERDUE_REQUEST if not denunciation:
            return ONLY_DENUNCIATION
        case StepKind.EXTENSION:
            return _illegal_extension(complexity, extensions(before))
        case StepKind.SUSPENSION if not complaint:
            return ONLY_COMPLAINT
        case StepKind.SUSPENSION | StepKind.PARTIAL_WITHDRAWAL if complaint and step.on < NEW_RULES:
            return ONLY_FROM
        case StepKind.SUSPENSION if suspended:
            return SUSPENDED
        case StepKind.RESUMPTION if not suspended:
            return NOT_SUSPENDED
    return ""


ONLY_ACCEPTED = "Chỉ sau khi thụ lý và trước khi kết thúc. / Only after acceptance and before the end."
ONLY_DECIDED = "Chỉ sau khi có quyết định, kết luận. / Only after the decision or conclusion."
ONLY_PASSED_ON = "Chỉ khi đơn đã chuyển. / Only for a petition that was passed on."
ONLY_ASKED = "Cấp trên chưa yêu cầu báo cáo. / The superior has not asked for a report."
ENDED = "Vụ việc đã kết thúc. / The case has ended."
ONLY_DENUNCIATION = "Luật chỉ quy định việc này với tố cáo. / The law knows this for denunciations only."
ONLY_COMPLAINT = "Luật chỉ quy định việc này với khiếu nại. / The law knows this for complaints only."
ONLY_FROM = "Chỉ từ 01/7/2026 (Luật 136/2025/QH15). / Only from 1 July 2026 (Law 136/2025/QH15)."
SUSPENDED = "Vụ việc đang tạm đình chỉ. / The case is suspended already."
NOT_SUSPENDED = "Vụ việc không bị tạm đình chỉ. / The case is not suspended."


def _illegal_extension(complexity: Complexity, made: int) -> str:
    """Luật Tố cáo Điều 30 khoản 2 and 3: once when complex, twice when especially complex."""
    allowed = {Complexity.ORDINARY: 0, Complexity.COMPLEX: 1, Complexity.ESPECIALLY: 2}[complexity]
    if made < allowed:
        return ""
    return {
        0: "Chỉ vụ việc phức tạp được gia hạn. / Only a complex case is extended.",
        1: "Vụ việc phức tạp chỉ gia hạn một lần. / A complex case is extended once only.",
        2: "Vụ việc đặc biệt phức tạp chỉ gia hạn hai lần. / An especially complex case is extended twice only.",
    }[allowed]


def _day(values: Mapping[str, object], name: str) -> date | None:
    value = values.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, date) else None


def _words(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
