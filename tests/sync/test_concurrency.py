"""Many phones at the same time, in real transactions on both databases: nothing missed, doubled or hidden."""

from __future__ import annotations

import threading
import uuid
from functools import partial
from typing import Any

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from config.extensions import db
from inspection.journal.models import Parked, ParkedStatus
from tests.sync.concurrency import Follower, assert_sound, at_once, entries_of
from tests.sync.conftest import Team
from tests.world import DAY, Phone, statuses

ROUNDS = 6
ACCEPTED = {"applied", "merged", "conflict"}


def writers(team: Team) -> list[Phone]:
    return [team.lead, team.binh, team.chi, team.world.phone("an"), team.world.phone("binh")]


def field_work(
    phone: Phone, campaign: uuid.UUID, shop: uuid.UUID, shared: dict[str, Any]
) -> list[dict[str, Any]]:
    """A visit of one's own with an answer, and a word about a visit that everybody writes to."""
    visit = phone.visit(campaign, shop)
    return [
        visit,
        phone.answer(visit, "ATTP-C01", result="pass"),
        phone.operation("visit", shared["scope"], shared["record"], note=f"{phone.device} {phone.n}"),
    ]


def kept_aside(team: Team, operations: list[dict[str, Any]]) -> int:
    wanted = [uuid.UUID(operation["id"]) for operation in operations]
    with team.world.app.app_context():
        return db.session.scalar(select(func.count()).where(Parked.operation.in_(wanted))) or 0


def test_followers_of_five_writers_in_one_scope_miss_nothing(team: Team) -> None:
    shared = team.lead.visit(team.campaign, team.shop)
    team.lead.push(shared)
    phones, done = writers(team), threading.Event()
    followers = [Follower(team.world.phone("chi"), limit) for limit in (3, 50)]
    left = threading.Semaphore(0)

    def write(phone: Phone) -> list[dict[str, Any]]:
        try:
            made = [field_work(phone, team.campaign, team.shop, shared) for _ in range(ROUNDS)]
            for operations in made:
                assert set(statuses(phone.push(*operations))) <= ACCEPTED
            return [operation for operations in made for operation in operations]
        finally:
            left.release()
            if left._value == len(phones):
                done.set()

    works = [partial(write, phone) for phone in phones]
    sent = at_once(*works, *(partial(follower.follow, done) for follower in followers))
    operations = [operation for made in sent if made for operation in made]
    assert entries_of(team.world.app, operations) == len(operations) == len(phones) * ROUNDS * 3
    assert [follower.missed() for follower in followers] == [[], []]
    assert_sound(team.world.app)


def test_requests_that_name_scopes_in_opposite_orders_never_lock_each_other_out(team: Team) -> None:
    people = {
        change["fields"]["person"]
        for change in team.lead.pull_all().values()
        if change["kind"] == "assignment"
    }
    other = team.world.campaign(*(uuid.UUID(person) for person in people))
    phones = writers(team)[:4]

    def write(phone: Phone, campaigns: list[uuid.UUID]) -> list[str]:
        answered: list[str] = []
        for _ in range(ROUNDS):
            visits = [phone.visit(campaign, team.shop) for campaign in campaigns]
            shop = phone.operation(
                "establishment", team.world.establishments, name="Chè", establishment_type="other"
            )
            answered += statuses(phone.push(visits[0], shop, visits[1]))
        return answered

    orders = [[team.campaign, other], [other, team.campaign]] * 2
    results = at_once(*(partial(write, phone, order) for phone, order in zip(phones, orders, strict=True)))
    assert [set(answered) for answered in results] == [{"applied"}] * 4
    assert_sound(team.world.app)


def test_one_request_sent_six_times_at_once_takes_effect_once_and_is_answered_alike(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop)
    operations = [visit, *(team.lead.answer(visit, f"ATTP-C{at:02}", result="pass") for at in range(1, 5))]
    answers = at_once(*[partial(team.lead.push, *operations)] * 6)
    first = [answer for answer in answers if "replayed" not in answer[0]]
    assert len(first) == 1
    assert [[each["seq"] for each in answer] for answer in answers] == [
        [each["seq"] for each in first[0]]
    ] * 6
    assert entries_of(team.world.app, operations) == len(operations)
    assert_sound(team.world.app)


def test_one_refused_request_sent_six_times_at_once_is_kept_once(team: Team) -> None:
    bad = [team.lead.operation("visit", team.scope, weather="mưa"), {"id": "no operation"}]
    good = team.lead.visit(team.campaign, team.shop)
    answers = at_once(*[partial(team.lead.push, *bad, good)] * 6)
    assert [statuses(answer) for answer in answers] == [["rejected", "rejected", "applied"]] * 6
    with team.world.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Parked)) == 2
    assert_sound(team.world.app)


def test_a_clone_that_uses_the_same_numbers_at_the_same_time_is_found_out_and_loses_nothing(
    team: Team,
) -> None:
    clone = Phone(team.world.app, team.binh.token, "", team.binh.device, team.binh.n)
    pairs = [
        (team.binh.visit(team.campaign, team.shop), clone.visit(team.campaign, team.shop)) for _ in range(5)
    ]
    results = at_once(
        *(partial(team.binh.push, mine) for mine, _ in pairs), *(partial(clone.push, its) for _, its in pairs)
    )
    found = [result.get("error", {}).get("code", result["status"]) for [result] in results]
    assert sorted(found) == ["applied"] * 5 + ["device_cloned"] * 5
    with team.world.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Parked)) == 5
    assert_sound(team.world.app)


def test_several_phones_open_one_scope_at_the_same_time_and_it_is_opened_once(team: Team) -> None:
    team.world.person("dung", "manager")
    managers = [team.world.phone("dung") for _ in range(4)]
    for _ in range(3):
        campaign = uuid7()
        values: dict[str, Any] = {
            "jurisdiction": str(team.world.jurisdiction), "name": "Tết 2027", "campaign_type": "periodic",
            "starts_on": DAY, "ends_on": DAY,
        }  # fmt: skip
        opening = [
            phone.operation("campaign", f"campaign:{campaign}", campaign, **values) for phone in managers
        ]
        pushes = [partial(phone.push, made) for phone, made in zip(managers, opening, strict=True)]
        answers = [result["status"] for [result] in at_once(*pushes)]
        assert set(answers) <= {"applied", "merged", "rejected"}
        assert answers.count("applied") == 1
        late = [made for made, answered in zip(opening, answers, strict=True) if answered == "rejected"]
        assert kept_aside(team, late) == len(late)
    assert_sound(team.world.app)


def test_of_values_written_at_the_same_moment_one_stands_and_all_others_are_candidates(team: Team) -> None:
    phones = writers(team)
    for _ in range(ROUNDS):
        visit = team.lead.visit(team.campaign, team.shop)
        team.lead.push(visit)
        edits = [
            phone.operation("visit", team.scope, visit["record"], note=str(phone.device)) for phone in phones
        ]
        answers = at_once(*(partial(phone.push, made) for phone, made in zip(phones, edits, strict=True)))
        assert sum(result["status"] == "conflict" for [result] in answers) == len(phones) - 1
        shown = team.chi.pull_all()
        [conflict] = [c["fields"] for c in shown.values() if c["fields"].get("target") == visit["record"]]
        values = [conflict["stored"]["value"], *(candidate["value"] for candidate in conflict["candidates"])]
        assert sorted(values) == sorted(str(phone.device) for phone in phones)
    assert_sound(team.world.app)


def test_answers_that_race_with_the_visit_they_belong_to_are_held_at_most_until_it_comes(team: Team) -> None:
    phones = [team.binh, team.chi, team.world.phone("binh"), team.world.phone("chi")]
    answers: list[dict[str, Any]] = []
    for at in range(ROUNDS):
        visit = team.lead.visit(team.campaign, team.shop)
        made = [
            phone.answer(visit, f"ATTP-C{at:02}-{which}", result="pass") for which, phone in enumerate(phones)
        ]
        pushes = [partial(phone.push, answer) for phone, answer in zip(phones, made, strict=True)]
        results = at_once(partial(team.lead.push, visit), *pushes)
        assert {result["status"] for [result] in results} <= {"applied", "held", "merged"}
        answers += made
    with team.world.app.app_context():
        assert db.session.scalar(select(func.count()).where(Parked.status == ParkedStatus.HELD)) == 0
    assert entries_of(team.world.app, answers) == len(answers)
    assert_sound(team.world.app)
