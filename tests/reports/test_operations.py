"""The life of a report: interrupted anywhere, it ends with the same whole documents or says why not."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from config.extensions import db, now, snapshot, write
from inspection.journal import checkpoint
from inspection.reports import counting, operations, printing
from inspection.reports.models import Format, Report, ReportKind, ReportStatus
from inspection.reports.operations import LostError
from inspection.reports.periods import PeriodKind, legal
from tests.reports.conftest import QUARTER, REGISTER, District, FailingStorage

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class WorkerKilled(BaseException):
    """What no handler of the product catches, as a kill is caught by nobody."""


def expire_lease(district: District) -> None:
    """Let the time pass that a dead worker's hold lasts."""
    with district.app.app_context(), write() as session:
        session.execute(update(Report).values(lease_until=now() - timedelta(seconds=1)))


def content(district: District, report: uuid.UUID, made: Format) -> bytes:
    with district.storage.open(f"reports/{report}/{report}.{made.value}") as stream:
        return stream.read()


def test_an_order_ends_with_figures_a_checkpoint_and_three_documents(busy: District) -> None:
    report = busy.order()
    assert busy.compile(report)
    done = busy.report(report)
    assert (done.status, done.progress, done.revision, done.attempts) == ("done", 1.0, 1, 1)
    assert done.figures is not None
    assert done.figures["totals"]["visits"] == 3
    assert set(busy.files(report)) == {"docx", "pdf", "xlsx"}
    with busy.app.app_context(), snapshot() as session:
        assert done.checkpoint == checkpoint.take(session).root_hex


def test_only_the_formats_that_were_ordered_are_made(busy: District) -> None:
    report = busy.order(formats=[Format.PDF])
    busy.compile(report)
    assert set(busy.files(report)) == {"pdf"}


def test_compiling_a_finished_report_again_does_nothing(busy: District) -> None:
    report = busy.order()
    busy.compile(report)
    before = busy.files(report), busy.report(report).finished_at
    assert not busy.compile(report)
    assert (busy.files(report), busy.report(report).finished_at) == before


def test_ordering_the_same_report_while_it_is_open_gives_the_open_one(busy: District) -> None:
    first = busy.order()
    assert busy.order() == first
    assert busy.order(formats=[Format.PDF]) != first
    assert busy.order(kind=REGISTER) != first
    busy.compile(first)
    assert busy.order() != first


@pytest.mark.parametrize("write_number", [1, 2, 3])
def test_a_worker_killed_at_any_document_leaves_no_half_one_and_another_ends_with_the_same_bytes(
    busy: District, write_number: int
) -> None:
    report = busy.order()
    with pytest.raises(WorkerKilled):
        busy.compile(report, FailingStorage(busy.storage, write_number, WorkerKilled()))
    left = busy.report(report)
    assert left.status == "running"
    assert len(busy.files(report)) == write_number - 1
    assert not busy.compile(report), "the dead worker's lease still holds"

    busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    expire_lease(busy)
    assert busy.compile(report)
    done = busy.report(report)
    assert (done.status, done.attempts) == ("done", 2)
    assert (done.checkpoint, done.figures) == (left.checkpoint, left.figures), (
        "what was counted stays counted"
    )
    with busy.app.app_context():
        document = printing.document_of(db.session.get_one(Report, report))
    for made in Format:
        assert content(busy, report, made) == printing.RENDERERS[made].render(document)


def test_a_worker_that_comes_back_after_it_was_replaced_writes_nothing_more(busy: District) -> None:
    report = busy.order()
    with busy.app.app_context(), write() as session:
        late = operations.claim(session, report)
    assert late is not None
    expire_lease(busy)
    assert busy.compile(report)
    with busy.app.app_context():
        with pytest.raises(LostError), write() as session:
            operations.complete(session, late)
        with pytest.raises(LostError), write() as session:
            operations.fail(session, late, "internal")
    assert busy.report(report).status == "done"


def test_a_passing_fault_puts_the_order_back_and_the_next_worker_succeeds(busy: District) -> None:
    report = busy.order()
    with pytest.raises(OSError, match="full"):
        busy.compile(report, FailingStorage(busy.storage, 1, OSError("disk full")))
    assert busy.report(report).status == "queued"
    assert busy.compile(report)
    assert busy.report(report).status == "done"


def test_a_fault_that_stays_ends_in_a_failure_that_can_be_read(busy: District) -> None:
    report = busy.order()
    for _ in range(operations.MOST_ATTEMPTS):
        with pytest.raises(OSError, match="full"):
            busy.compile(report, FailingStorage(busy.storage, 1, OSError("disk full")))
    assert not busy.compile(report)
    failed = busy.report(report)
    assert (failed.status, failed.error) == ("failed", "internal")


def test_figures_that_do_not_add_up_are_not_issued(busy: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspection.reports.tally.Tally.unit_of", _a_new_unit(iter(range(10**6))))
    monkeypatch.setattr("inspection.reports.tally.Tally.violations_of", _forgetful())
    report = busy.order()
    assert busy.compile(report)
    failed = busy.report(report)
    assert (failed.status, failed.error, failed.figures) == ("failed", "figures_do_not_add_up", None)
    assert busy.files(report) == {}


def test_a_register_too_long_for_pages_is_a_workbook_or_says_why_not(
    busy: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = busy.order(kind=ReportKind.COMPLAINT_REGISTER)
    assert busy.compile(whole)
    monkeypatch.setattr(printing, "MOST_LINES", 1)
    refused = busy.order(kind=ReportKind.COMPLAINT_REGISTER, formats=[Format.XLSX, Format.PDF])
    assert busy.compile(refused)
    assert (busy.report(refused).status, busy.report(refused).error) == ("failed", "too_long_for_pages")
    assert busy.files(refused) == {}
    workbook = busy.order(kind=ReportKind.COMPLAINT_REGISTER, formats=[Format.XLSX])
    assert busy.compile(workbook)
    assert (busy.report(workbook).status, list(busy.files(workbook))) == ("done", ["xlsx"])
    assert list(busy.files(whole)) == ["docx", "pdf", "xlsx"], "what was made before stays"


def _a_new_unit(numbers: Iterator[int]) -> object:
    return lambda _self, _visit: uuid.UUID(int=next(numbers))


def _forgetful() -> object:
    """Loses the violations of a visit every other time it is asked."""
    asked = iter(range(10**6))
    return lambda self, visit: () if next(asked) % 2 else self._violations.get(visit.id, ())


def test_a_cancelled_order_is_not_compiled_and_a_running_one_stops(busy: District) -> None:
    queued, running = busy.order(), busy.order(kind=REGISTER)
    with busy.app.app_context(), write() as session:
        hold = operations.claim(session, running)
        assert operations.cancel(session, queued)
        assert operations.cancel(session, running)
    assert not busy.compile(queued)
    assert hold is not None
    with busy.app.app_context(), pytest.raises(LostError), write() as session:
        operations.complete(session, hold)
    assert {busy.report(one).status for one in (queued, running)} == {ReportStatus.CANCELLED.value}
    with busy.app.app_context(), write() as session:
        assert not operations.cancel(session, queued)


def test_two_workers_at_once_make_one_report(busy: District) -> None:
    report = busy.order()
    done = []
    workers = [threading.Thread(target=lambda: done.append(busy.compile(report))) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [False, False, True]
    assert busy.report(report).attempts == 1


def test_a_late_visit_makes_a_numbered_revision_that_says_what_changed(busy: District) -> None:
    first = busy.order()
    busy.compile(first)
    issued = busy.files(first)
    late = busy.visit(busy.world.establishment("Đến sau"), "2022-07-01")
    second = busy.order()
    busy.compile(second)
    revised = busy.report(second)
    assert revised.revision == 2
    assert ["Tổng số: số lượt", 3, 4, ["Đến sau, 01/7/2022"], [str(late)]] in (revised.changes or [])
    assert busy.files(first) == issued, "what was issued is not overwritten"


def test_the_same_figures_ordered_again_keep_their_revision_number(busy: District) -> None:
    for _ in range(2):
        report = busy.order()
        busy.compile(report)
    assert (busy.report(report).revision, busy.report(report).changes) == (1, [])


def test_figures_and_checkpoint_speak_of_the_same_moment(
    busy: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A push that commits between the reading of the heads and the reading of the visits is in neither."""
    take = checkpoint.take
    heads_before = busy.report(_compiled(busy)).checkpoint

    def take_and_push(session: Session, *which: ColumnElement[bool]) -> checkpoint.Checkpoint:
        sealed = take(session, *which)
        pusher = threading.Thread(
            target=lambda: busy.visit(busy.world.establishment("Chen ngang"), "2022-07-01")
        )
        pusher.start()
        pusher.join()
        return sealed

    monkeypatch.setattr(checkpoint, "take", take_and_push)
    report = busy.order()
    busy.compile(report)
    done = busy.report(report)
    assert done.checkpoint == heads_before
    assert done.figures is not None
    assert done.figures["totals"]["visits"] == 3


def _compiled(district: District) -> uuid.UUID:
    report = district.order()
    district.compile(report)
    return report


def test_the_register_is_compiled_the_same_way(district: District) -> None:
    district.complaint("2022-07-01")
    report = district.order(kind=REGISTER)
    district.compile(report)
    done = district.report(report)
    assert done.figures is not None
    assert done.figures["totals"]["received"] == 1
    assert set(district.files(report)) == {"docx", "pdf", "xlsx"}


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        (datetime(2022, 9, 14, 23, 59, tzinfo=VIETNAM), []),
        (datetime(2022, 9, 15, 0, 5, tzinfo=VIETNAM), ["month", "nine_months", "quarter"]),
        (datetime(2022, 9, 17, 0, 5, tzinfo=VIETNAM), ["month", "nine_months", "quarter"]),
        (datetime(2022, 9, 18, 0, 5, tzinfo=VIETNAM), []),
        (datetime(2022, 12, 15, 0, 5, tzinfo=VIETNAM), ["half", "month", "quarter", "year"]),
    ],
)
def test_the_cut_off_orders_every_kind_of_every_period_that_closed(
    district: District, today: datetime, periods: list[str]
) -> None:
    with district.app.app_context(), write() as session:
        made = operations.order_due(session, today)
        kinds = sorted({(report.kind, report.period["kind"]) for report in made})
    assert kinds == sorted((kind.value, period) for kind in ReportKind for period in periods)


def test_the_clock_may_ring_as_often_as_it_likes(district: District) -> None:
    today = datetime(2022, 9, 15, 0, 5, tzinfo=VIETNAM)
    counts = []
    for _ in range(3):
        with district.app.app_context(), write() as session:
            counts.append(len(operations.order_due(session, today)))
    assert counts == [3 * len(ReportKind), 0, 0]


def test_an_open_order_made_by_hand_serves_the_cut_off_too(district: District) -> None:
    by_hand = district.order(period=legal(PeriodKind.MONTH, 2022, 8))
    counts = []
    for _ in range(2):
        with district.app.app_context(), write() as session:
            made = operations.order_due(session, datetime(2022, 8, 15, tzinfo=VIETNAM))
            counts.append([report.id == by_hand for report in made])
    assert counts == [[True, *[False] * (len(ReportKind) - 1)], []]


def test_the_sweep_finds_what_was_rung_in_vain_and_what_a_dead_worker_left(busy: District) -> None:
    fresh, rung_in_vain, abandoned, held = (
        busy.order(period=legal(PeriodKind.MONTH, 2022, number)) for number in (1, 2, 3, 4)
    )
    with busy.app.app_context(), write() as session:
        for report in (abandoned, held):
            assert operations.claim(session, report)
        session.execute(
            update(Report)
            .where(Report.id == rung_in_vain)
            .values(ordered_at=datetime(2022, 1, 1, tzinfo=UTC))
        )
        session.execute(
            update(Report).where(Report.id == abandoned).values(lease_until=datetime(2022, 1, 1, tzinfo=UTC))
        )
    with busy.app.app_context(), snapshot() as session:
        assert set(operations.unheard(session)) == {rung_in_vain, abandoned}
    assert busy.report(fresh).status == "queued"


def test_the_window_is_kept_with_the_report(busy: District) -> None:
    report = busy.report(busy.order())
    kept = counting.period_of(report.period)  # type: ignore[arg-type]  # JSON of the shape that was kept
    assert kept == QUARTER
    assert report.period["first"] == date(2022, 6, 15).isoformat()
