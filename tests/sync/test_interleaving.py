"""Two requests that meet at one chosen moment, and work that arrives by two ways."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.journal import desk
from inspection.journal.models import Parked, ParkedStatus
from tests.sync.concurrency import Follower, assert_sound, at_once, entries_of, once_after
from tests.sync.conftest import Team
from tests.world import codes, statuses

PARKED_READ = "decision_reason FROM journal_parked WHERE journal_parked.id ="
RECORDS_READ = "FROM journal_record WHERE journal_record.id IN"
HEADS_READ = "FROM journal_scope WHERE journal_scope.id IN"


def test_a_writer_that_is_slow_between_reading_and_writing_decides_on_nothing_stale(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(visit)
    seen = team.binh.record(visit)["version"]
    mine = team.binh.operation("visit", team.scope, visit["record"], base=seen, note="bẩn")
    other = team.chi.operation("visit", team.scope, visit["record"], base=seen, note="sạch")
    meanwhile = threading.Thread(target=team.chi.push, args=(other,))

    def let_the_other_in() -> None:
        meanwhile.start()
        meanwhile.join(0.5)

    with once_after(team.world.app, RECORDS_READ, let_the_other_in):
        [result] = team.binh.push(mine)
    meanwhile.join()
    values = {result["status"], *(c["fields"]["note"] for c in [team.lead.record(visit)])}
    assert values == {"applied", "bẩn"}
    conflicts = [c["fields"] for c in team.lead.pull_all().values() if c["kind"] == "conflict"]
    assert [[candidate["value"] for candidate in c["candidates"]] for c in conflicts] == [["sạch"]]
    assert_sound(team.world.app)


def test_a_writer_that_is_slow_to_commit_is_not_overtaken_by_a_later_number(team: Team) -> None:
    follower = Follower(team.world.phone("binh"))
    slow, quick = team.lead.visit(team.campaign, team.shop), team.chi.visit(team.campaign, team.shop)
    meanwhile = threading.Thread(target=team.chi.push, args=(quick,))

    def read_all() -> None:
        while follower.step():
            pass

    def let_the_other_in(session: Session) -> None:
        if session.in_nested_transaction() or meanwhile.ident is not None:
            return
        meanwhile.start()
        meanwhile.join(0.5)
        at_once(read_all)

    event.listen(Session, "before_commit", let_the_other_in)
    try:
        team.lead.push(slow)
    finally:
        event.remove(Session, "before_commit", let_the_other_in)
    meanwhile.join()
    read_all()
    assert {slow["record"], quick["record"]} <= follower.records.keys()
    assert follower.missed() == []
    assert_sound(team.world.app)


def test_a_pull_shows_one_moment_although_others_write_between_its_statements(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop, note="trước")
    team.lead.push(visit)
    follower = Follower(team.binh, 1000)
    late = [
        team.chi.visit(team.campaign, team.shop),
        team.chi.operation("visit", team.scope, visit["record"], note="s"),
    ]
    with once_after(team.world.app, HEADS_READ, partial(at_once, partial(team.chi.push, *late))):
        follower.step()
    assert follower.records[visit["record"]]["fields"]["note"] == "trước"
    assert late[0]["record"] not in follower.records
    follower.step()
    assert follower.missed() == []


def test_a_commit_that_fails_is_answered_retry_and_the_same_request_succeeds_later(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)

    def fail(session: Session) -> None:
        if not session.in_nested_transaction():
            raise OperationalError("COMMIT", None, Exception("the disk is full"))

    event.listen(Session, "before_commit", fail)
    try:
        answered = team.lead.push(visit)
    finally:
        event.remove(Session, "before_commit", fail)
    assert statuses(answered) == ["retry"]
    assert entries_of(team.world.app, [visit]) == 0
    assert statuses(team.lead.push(visit)) == ["applied"]


@pytest.mark.parametrize("office", ["late", "early"])
@pytest.mark.parametrize("kept_as", ["quarantined", "cloned"])
def test_work_kept_aside_that_also_comes_from_a_new_device_is_entered_once(
    team: Team, kept_as: str, office: str
) -> None:
    visit = team.binh.visit(team.campaign, team.shop)
    if kept_as == "cloned":
        team.binh.push({**team.binh.visit(team.campaign, team.shop), "n": visit["n"]})
        assert codes(team.binh.push(visit)) == ["device_cloned"]
    else:
        team.binh.post("/api/auth/logout", {})
        assert team.binh.post("/api/sync/push", {"operations": [visit]}).status_code == 403
    again = team.world.phone("binh")
    if office == "late":
        assert statuses(again.push(visit)) == ["applied"]
    with team.world.app.app_context():
        [parked] = db.session.scalars(select(Parked).where(Parked.operation == uuid.UUID(visit["id"])))
        assert desk.admit(db.session(), parked.id, uuid.uuid4()).status == "applied"
        assert parked.status == ParkedStatus.ADMITTED
        db.session.commit()
    assert again.push(visit)[0]["replayed"] is True
    assert entries_of(team.world.app, [visit]) == 1
    assert_sound(team.world.app)


def test_a_phone_learns_that_its_held_operation_was_dismissed_itself(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    assert statuses(team.binh.push(answer)) == ["held"]
    with team.world.app.app_context():
        [parked] = db.session.scalars(select(Parked.id).where(Parked.operation == uuid.UUID(answer["id"])))
        desk.dismiss(db.session(), parked, uuid.uuid4(), "gửi nhầm")
        db.session.commit()
    team.lead.push(visit)
    assert codes(team.binh.push(answer)) == ["dismissed"]
    assert entries_of(team.world.app, [answer]) == 0


@pytest.mark.parametrize("first", ["office", "phone"])
def test_what_the_office_dismisses_while_its_visit_arrives_is_dismissed_or_entered_never_both(
    team: Team, first: str
) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    assert statuses(team.binh.push(answer)) == ["held"]
    app = team.world.app

    def dismiss() -> str:
        with app.app_context():
            parked = db.session.scalars(select(Parked.id)).one()
            try:
                with write() as session:
                    desk.dismiss(session, parked, uuid.uuid4(), "gửi nhầm")
            except Refusal as refusal:
                return refusal.code
        return "dismissed"

    works: list[Callable[[], object]] = [dismiss, partial(team.lead.push, visit)]
    mine, other = works if first == "office" else reversed(works)
    moment = PARKED_READ if first == "office" else RECORDS_READ
    with ThreadPoolExecutor(1) as pool:
        meanwhile: list[Future[object]] = []

        def let_the_other_in() -> None:
            meanwhile.append(pool.submit(other))
            wait(meanwhile, 0.5)

        with once_after(app, moment, let_the_other_in):
            done = mine()
        results = [done, meanwhile[0].result(30)]
    decided = "dismissed" if "dismissed" in results else "changed_meanwhile"
    assert decided in results
    assert any(isinstance(result, list) and statuses(result) == ["applied"] for result in results)
    with app.app_context():
        parked = db.session.scalars(select(Parked.status)).one()
    entered = entries_of(app, [answer])
    assert (decided, parked, entered) in {
        ("dismissed", ParkedStatus.DISMISSED, 0),
        ("changed_meanwhile", ParkedStatus.ADMITTED, 1),
    }
    assert_sound(app)
