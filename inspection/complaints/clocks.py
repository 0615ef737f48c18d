"""The clocks of a case: what has to be done by when, and the rule behind every date. Pure.

:func:`clocks` gives every legal time limit that the course of a case has started, :func:`running` the one that its
handler works against. :func:`explain` says a clock's rule in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspection.calendar.rules import (
    DayUnit,
    OutsideCalendarError,
    Pause,
    Period,
    Skipped,
    Why,
    WorkingCalendar,
)
from inspection.complaints.course import StepTaken, extensions, suspended_since
from inspection.complaints.deadlines import Limit, Step, Variant, Words, limit_for
from inspection.complaints.rules import (
    OPEN,
    Channel,
    Complexity,
    Level,
    PetitionerType,
    PetitionKind,
    Status,
    StepKind,
)

ONE_DAY = timedelta(days=1)
NEVER = date.max


@dataclass(frozen=True, slots=True)
class Case:
    """What the clocks of a case depend on."""

    kind: PetitionKind
    received_on: date
    status: Status = Status.RECEIVED
    petitioner: PetitionerType | None = None
    channel: Channel = Channel.DESK
    level: Level = Level.FIRST
    complexity: Complexity = Complexity.ORDINARY
    remote: bool = False
    several_places: bool = False
    competent: bool | None = None
    act_known_on: date | None = None
    accepted_on: date | None = None
    settled_on: date | None = None
    ended_on: date | None = None
    steps: tuple[StepTaken, ...] = ()

    @property
    def finished_on(self) -> date | None:
        """The day the case came to its end."""
        return self.settled_on or self.ended_on if self.status not in OPEN else None


class State(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"  # done, after its day
    STOPPED = "stopped"  # the case is suspended: no day is counted
    UNKNOWN = "unknown"  # the working calendar does not reach that far


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit counted from ``start``. ``period`` is None while it stands still or cannot be counted."""

    limit: Limit
    start: date
    period: Period | None
    met_on: date | None
    state: State

    @property
    def step(self) -> Step:
        """What has to be done."""
        return self.limit.step

    @property
    def due_on(self) -> date | None:
        """The last day."""
        return None if self.period is None else self.period.end

    def overdue(self, today: date) -> bool:
        """Whether it was to be done before ``today`` and is not."""
        return self.state is State.RUNNING and self.due_on is not None and self.due_on < today


def clocks(case: Case, limits: Iterable[Limit], calendar: WorkingCalendar) -> tuple[Clock, ...]:
    """Every clock that the course of ``case`` has started, in the order of the law."""
    table = tuple(limits)
    found = []
    for step, variant, start, met_on, pauses in _started(case):
        limit = limit_for(table, case.kind, step, variant, start)
        if limit is None:
            continue
        stopped = bool(pauses) and pauses[-1][1] == NEVER and met_on is None
        period = None if stopped else _period(calendar, limit, start, pauses)
        found.append(Clock(limit, start, period, met_on, _state(period, met_on, stopped=stopped)))
    return tuple(found)


def running(case: Case, limits: Iterable[Limit], calendar: WorkingCalendar) -> Clock | None:
    """The clock that its handler works against: first handling until the case is accepted, settlement from then on.

    None when the case has ended or the law sets no time: an anonymous denunciation has no settlement clock (Luật Tố
    cáo 2018 Điều 25), nor has a recommendation, for which no statutory time was found.
    """
    if case.status not in OPEN:
        return None
    settling = {Step.SETTLEMENT, Step.SECOND_SETTLEMENT}
    wanted = settling if case.status is Status.ACCEPTED else {Step.FIRST_HANDLING, Step.SECOND_ACCEPTANCE}
    return next((clock for clock in clocks(case, limits, calendar) if clock.step in wanted), None)


_Start = tuple[Step, Variant, date, date | None, tuple[Pause, ...]]


def _started(case: Case) -> Iterator[_Start]:
    complaint, denunciation = case.kind is PetitionKind.COMPLAINT, case.kind is PetitionKind.DENUNCIATION
    second = complaint and case.level is Level.SECOND
    if complaint and not second and case.act_known_on is not None:
        yield _start(Step.LODGE_FIRST, case.act_known_on, case.received_on)
    handled = case.accepted_on or case.finished_on
    several = denunciation and case.several_places
    yield _start(
        Step.SECOND_ACCEPTANCE if second else Step.FIRST_HANDLING,
        case.received_on,
        handled,
        Variant.SEVERAL_PLACES if several else Variant.ORDINARY,
    )
    if denunciation and (case.competent is False or case.status is Status.TRANSFERRED):
        yield _start(Step.PASS_ON, case.received_on, case.ended_on)
    if case.channel is Channel.FORWARDED:
        yield _start(Step.REPLY_TO_FORWARDER, case.received_on, _taken(case, StepKind.REPLY_TO_FORWARDER))
    if case.channel is Channel.RECEPTION:
        told = _taken(case, StepKind.REPLY_AFTER_RECEPTION)
        yield _start(Step.REPLY_AFTER_RECEPTION, case.received_on, told)
    if case.accepted_on is not None and not (denunciation and case.petitioner is PetitionerType.ANONYMOUS):
        yield _start(Step.NOTIFY_ACCEPTANCE, case.accepted_on, _taken(case, StepKind.NOTICE))
        step = Step.SECOND_SETTLEMENT if second else Step.SETTLEMENT
        yield (step, _variant(case), case.accepted_on, case.finished_on, _pauses(case))
    yield from _after_the_end(case, second=second)
    if (asked := _taken(case, StepKind.OVERDUE_REQUEST)) is not None:
        yield _start(Step.REPORT_OVERDUE, asked, _taken(case, StepKind.OVERDUE_REPORT))


def _after_the_end(case: Case, *, second: bool) -> Iterator[_Start]:
    if case.status is Status.SETTLED and case.settled_on is not None:
        sent = _taken(case, StepKind.DECISION_SENT)
        yield _start(Step.SEND_DECISION, case.settled_on, sent)
        yield _start(Step.PUBLISH_CONCLUSION, case.settled_on, _taken(case, StepKind.PUBLICATION))
        if sent is not None and not second:
            remote = Variant.REMOTE if case.remote else Variant.ORDINARY
            yield _start(Step.LODGE_SECOND, sent, None, remote)
    if case.status is Status.FILED and case.ended_on is not None:
        yield _start(Step.STORE_FILED, case.ended_on, None)


def _start(step: Step, start: date, met_on: date | None, variant: Variant = Variant.ORDINARY) -> _Start:
    return (step, variant, start, met_on, ())


def _taken(case: Case, kind: StepKind) -> date | None:
    return min((one.on for one in case.steps if one.step is kind), default=None)


def _variant(case: Case) -> Variant:
    """A complaint has longer limits when complex or remote; a denunciation only by a written extension."""
    if case.kind is not PetitionKind.COMPLAINT:
        made = extensions(case.steps)
        return (Variant.ORDINARY, Variant.EXTENDED_ONCE, Variant.EXTENDED_TWICE)[min(made, 2)]
    if case.complexity is Complexity.ORDINARY:
        return Variant.REMOTE if case.remote else Variant.ORDINARY
    return Variant.REMOTE_COMPLEX if case.remote else Variant.COMPLEX


def _pauses(case: Case) -> tuple[Pause, ...]:
    """From the day of each suspension to the day before the case went on; the last one may be open."""
    pauses, since = [], None
    for one in sorted(case.steps, key=lambda step: step.on):
        if one.step is StepKind.SUSPENSION and since is None:
            since = one.on
        elif one.step is StepKind.RESUMPTION and since is not None:
            pauses.append((since, one.on - ONE_DAY))
            since = None
    if suspended_since(case.steps) is not None and since is not None:
        pauses.append((since, NEVER))
    return tuple(pauses)


def _period(calendar: WorkingCalendar, limit: Limit, start: date, pauses: tuple[Pause, ...]) -> Period | None:
    counted = [pause for pause in pauses if pause[1] != NEVER]
    try:
        return calendar.period(start, limit.days, limit.unit, counted)
    except OutsideCalendarError:
        return None


def _state(period: Period | None, met_on: date | None, *, stopped: bool) -> State:
    if stopped:
        return State.STOPPED
    if period is None:
        return State.UNKNOWN
    if met_on is None:
        return State.RUNNING
    return State.MET if met_on <= period.end else State.LATE


def penalty_bar(found: Iterable[date], calendar: WorkingCalendar) -> date | None:
    """The last day on which the earliest of these violations can be penalised, counted from the days on which they were
    found: one year (Luật Xử lý vi phạm hành chính Điều 6). A denunciation in state management is not settled later
    (Luật Tố cáo Điều 42 khoản 2). An act that ended before it was found is barred earlier; some goods have two
    years."""
    first = min(found, default=None)
    return None if first is None else calendar.period(first, 1, DayUnit.YEAR).end


UNITS = {
    DayUnit.CALENDAR: Words("ngày", "calendar days"),
    DayUnit.WORKING: Words("ngày làm việc", "working days"),
    DayUnit.MONTH: Words("tháng", "month"),
    DayUnit.YEAR: Words("năm", "year"),
}
MARKS = {
    "V": Words("đã đối chiếu văn bản", "read in the text"),
    "V2": Words("theo nguồn thứ cấp", "secondary source"),
    "U": Words("chưa đối chiếu văn bản", "not verified"),
}


def explain(clock: Clock) -> Words:
    """The rule of a clock in words: how many days from what, by which article, what was passed over."""
    limit, mark = clock.limit, MARKS[clock.limit.verified]
    unit, start = UNITS[limit.unit], clock.limit.counted_from
    rule = f"{limit.article} {limit.document}"
    vi = f"{limit.days} {unit.vi} kể từ {start.vi} ({_day(clock.start)}), theo {rule} – {mark.vi}."
    en = f"{limit.days} {unit.en} from {start.en} ({_day(clock.start)}), by {rule}: {mark.en}."
    if clock.state is State.STOPPED:
        return Words(f"{vi} Đang tạm đình chỉ, không tính thời hạn.", f"{en} Suspended: no day is counted.")
    if clock.period is None:
        return Words(
            f"{vi} Lịch làm việc chưa có đến ngày hết hạn.",
            f"{en} The working calendar does not reach its end.",
        )
    passed = _passed_over(clock.period)
    vi, en = vi + passed.vi, en + passed.en
    if clock.period.may_move:
        vi += " Có ngày nghỉ trong thời hạn chưa được công bố chính thức, nên hạn này còn có thể đổi."
        en += " A holiday within is not officially decided yet, so this day may still move."
    return Words(vi, en)


def _passed_over(period: Period) -> Words:
    """What moved the end: the last day of calendar days, the days off of working days, and suspensions."""
    paused = sum(one.why is Why.PAUSED for one in period.skipped)
    off = [one for one in period.skipped if one.why is not Why.PAUSED]
    vi = f" Không tính {paused} ngày tạm đình chỉ." if paused else ""
    en = f" {paused} days of suspension are not counted." if paused else ""
    if off and period.unit is DayUnit.WORKING:
        vi += f" Bỏ qua ngày nghỉ: {_list(off, 'vi')}."
        en += f" Days off passed over: {_list(off, 'en')}."
    elif off:
        nominal, end = _day(period.nominal_end), _day(period.end)
        vi += f" Ngày cuối {nominal} là ngày nghỉ nên chuyển sang {end} ({_list(off, 'vi')})."
        en += f" The last day {nominal} is off and moves to {end} ({_list(off, 'en')})."
    return Words(vi, en)


def _list(days: list[Skipped], language: str) -> str:
    """Weekends counted together, holidays by name."""
    weekend = sum(one.why is Why.WEEKEND for one in days)
    parts = [f"{_day(one.day)} {one.name}" for one in days if one.why is Why.HOLIDAY]
    if weekend:
        parts.append(f"{weekend} ngày cuối tuần" if language == "vi" else f"{weekend} weekend days")
    return ", ".join(parts)


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
