"""Pull: what changed, once, in order, and only what is the person's."""

from __future__ import annotations

import uuid

from sqlalchemy import event, func, insert, select, update
from sqlalchemy.engine import Engine

from config.extensions import db, snapshot, write
from inspection.journal.models import Entry, Record, Scope, WitnessAlarm
from inspection.journal.store import start_generation
from sync import pull as pulling
from tests.sync.conftest import Team
from tests.world import statuses


def test_a_fresh_phone_reads_reference_establishments_and_its_campaigns(team: Team) -> None:
    page = team.binh.pull()
    assert set(page["scopes"]) == {team.world.reference, team.world.establishments, team.scope}
    assert page["more"] is False
    assert {change["kind"] for change in page["changes"]} == {
        "person",
        "establishment",
        "campaign",
        "assignment",
    }


def test_nothing_new_is_an_empty_page_with_the_same_cursors(team: Team) -> None:
    page = team.binh.pull()
    again = team.binh.pull(page["cursors"])
    assert (again["changes"], again["cursors"]) == ([], page["cursors"])


def test_each_record_comes_once_with_its_newest_state(team: Team) -> None:
    cursors = team.binh.pull()["cursors"]
    visit = team.lead.visit(team.campaign, team.shop)
    team.lead.push(
        visit, {**team.lead.visit(team.campaign, team.shop, note="sửa"), "record": visit["record"]}
    )
    changes = team.binh.pull(cursors)["changes"]
    assert [(change["record"], change["fields"]["note"]) for change in changes] == [(visit["record"], "sửa")]


def test_pages_cut_anywhere_give_the_same_records(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop, note="A")
    team.lead.push(visit, *(team.lead.answer(visit, f"ATTP-C{at:02}", result="pass") for at in range(1, 8)))
    team.binh.push({**team.binh.visit(team.campaign, team.shop, note="B"), "record": visit["record"]})
    whole = team.chi.pull_all()
    for limit in (1, 2, 3, 5):
        assert team.chi.pull_all(limit=limit) == whole


def test_a_person_who_leaves_the_team_loses_the_scope(team: Team) -> None:
    page = team.binh.pull()
    [assignment] = [
        change
        for change in page["changes"]
        if change["kind"] == "assignment" and change["fields"]["duty"] == "member"
    ][:1]
    team.world.edit(
        "assignment",
        team.scope,
        uuid.UUID(assignment["record"]),
        assignment["version"],
        voided={"reason": "chuyển công tác"},
    )
    scopes = {
        name: set(phone.pull(page["cursors"])["scopes"])
        for name, phone in {"b": team.binh, "c": team.chi}.items()
    }
    assert sorted(team.scope in found for found in scopes.values()) == [False, True]


def test_records_of_other_campaigns_never_leave_the_server(team: Team) -> None:
    foreign = team.world.campaign()
    page = team.binh.pull({f"campaign:{foreign}": "3f2a.0.00000000"})
    assert f"campaign:{foreign}" not in page["scopes"]
    assert all(change["scope"] != f"campaign:{foreign}" for change in page["changes"])


def test_a_cursor_that_the_chain_does_not_confirm_raises_an_alarm_and_starts_over(team: Team) -> None:
    page = team.binh.pull()
    with team.world.app.app_context(), write() as session:
        session.execute(update(Entry).where(Entry.scope == team.scope, Entry.seq == 1).values(content={}))
    cursor = page["cursors"][team.scope]
    forged = cursor[:-8] + "deadbeef"
    again = team.binh.pull({**page["cursors"], team.scope: forged})
    assert again["resync"] == [{"scope": team.scope, "restored_to": 0}]
    assert {change["scope"] for change in again["changes"]} == {team.scope}
    with team.world.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(WitnessAlarm)) == 1


def test_a_cursor_ahead_of_the_head_raises_an_alarm(team: Team) -> None:
    cursor = team.binh.pull()["cursors"][team.scope]
    generation = cursor.partition(".")[0]
    answer = team.binh.pull({team.scope: f"{generation}.999.00000000"})
    assert answer["resync"][0]["scope"] == team.scope
    with team.world.app.app_context():
        assert db.session.scalar(select(WitnessAlarm.problem)) == "ahead of the head"


def test_after_a_restore_phones_are_told_from_where_to_send_again(team: Team) -> None:
    page = team.binh.pull()
    with team.world.app.app_context(), write() as session:
        start_generation(session, "beef", {team.scope: 2})
    answer = team.binh.pull(page["cursors"])
    told = {item["scope"]: item["restored_to"] for item in answer["resync"]}
    assert told[team.scope] == 2
    assert told[team.world.reference] == 0
    assert all(cursor.startswith("beef.") for cursor in answer["cursors"].values())


def test_a_base_of_an_older_generation_counts_as_at_most_the_restore_point(team: Team) -> None:
    visit = team.lead.visit(team.campaign, team.shop, note="A")
    team.lead.push(visit)
    seen = team.binh.record(visit)["version"]
    with team.world.app.app_context(), write() as session:
        start_generation(session, "beef", {team.scope: 2})
    edit = team.binh.operation("visit", team.scope, visit["record"], base=seen, note="B")
    assert statuses(team.binh.push(edit)) == ["conflict"]


def test_a_desk_with_thousands_of_petitions_reads_each_once_and_finds_nothing_new(team: Team) -> None:
    scopes = [f"complaint:{uuid.uuid4()}" for _ in range(6000)]
    state = {"seq": 1, "fields": {}}
    rows = [
        {"id": uuid.uuid4(), "scope": scope, "seq": 1, "kind": "complaint", "parent": None, "state": state}
        for scope in scopes
    ]
    with team.world.app.app_context(), write() as session:
        session.execute(insert(Scope), [{"id": s, "head": 1, "head_hash": bytes(32)} for s in scopes])
        session.execute(insert(Record), rows)
    found: list[str] = []
    cursors: dict[str, str] = {}
    more = True
    with team.world.app.app_context(), snapshot() as session:
        while more:
            page = pulling.pull(session, scopes, pulling.Request(cursors, 2000, 0))
            found += [change["record"] for change in page.changes]
            cursors |= page.cursors
            more = page.more
        assert sorted(found) == sorted(str(row["id"]) for row in rows)
        seen: list[str] = []
        listening = lambda _c, _k, statement, *_: seen.append(statement)  # noqa: E731
        event.listen(Engine, "before_cursor_execute", listening)
        again = pulling.pull(session, scopes, pulling.Request(cursors, 2000, 0))
        event.remove(Engine, "before_cursor_execute", listening)
    assert (again.changes, again.more, len(again.cursors)) == ([], False, 6000)
    assert len(seen) <= 3
    answer = team.lead.post("/api/sync/pull", {"cursors": cursors})
    assert answer.status_code == 200
