"""The journal proves itself: chains, rebuilding, and what direct meddling with the database leaves to see."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from config.extensions import snapshot, write
from inspection.journal import history, rebuild
from inspection.journal.checkpoint import root, take
from inspection.journal.history import Head
from tests.sync.conftest import Team


@pytest.fixture
def busy(team: Team) -> Team:
    """A campaign in which much has happened: merges, a conflict, a settlement, a void, a signature, an amendment."""
    visit = team.lead.visit(team.campaign, team.shop, note="A")
    answer = team.binh.answer(visit, "ATTP-C01", result="pass")
    team.binh.push(answer)
    team.lead.push(visit)
    record = uuid.UUID(visit["record"])
    team.binh.push(team.binh.operation("visit", team.scope, record, note="B"))
    team.chi.push(team.chi.operation("visit", team.scope, record, note="A"))
    found = team.lead.pull_all()
    [conflict] = [change["fields"] for change in found.values() if change["kind"] == "conflict"]
    read = tuple(candidate["entry"] for candidate in conflict["candidates"])
    seen = found[visit["record"]]["version"]
    team.lead.push(team.lead.operation("visit", team.scope, record, base=seen, settles=read, note="B"))
    other = team.chi.visit(team.campaign, team.shop)
    team.chi.push(other)
    team.chi.push(
        team.chi.operation("visit", team.scope, uuid.UUID(other["record"]), voided={"reason": "mở nhầm"}),
        team.chi.operation("signature", team.scope, visit=visit["record"], party="team", name="Chi"),
        team.chi.operation("visit", team.scope, record, base=seen, representative="Bà Hoa"),
    )
    return team


def differences(team: Team) -> list[rebuild.Difference]:
    with team.world.app.app_context(), snapshot() as session:
        return list(rebuild.differences(session))


def faults(team: Team) -> list[tuple[str, int, str]]:
    with team.world.app.app_context(), snapshot() as session:
        return [(fault.scope, fault.seq, fault.problem) for fault in history.verify(session)]


def meddle(team: Team, *statements: str, **values: Any) -> None:
    """Change the database behind the product's back, with the triggers that would refuse it taken off."""
    with team.world.app.app_context(), write() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER journal_entry_kept"))
            session.execute(text("DROP TRIGGER journal_entry_fixed"))
        else:
            session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
        for statement in statements:
            session.execute(text(statement), {"scope": team.scope, **values})


def test_the_projections_are_what_the_journal_says(busy: Team) -> None:
    assert differences(busy) == []
    assert faults(busy) == []


def test_rebuilding_from_the_journal_alone_changes_nothing(busy: Team) -> None:
    before = busy.lead.pull_all()
    with busy.world.app.app_context(), write() as session:
        rebuild.rebuild(session)
    assert busy.lead.pull_all() == before
    assert differences(busy) == []


def test_a_projection_that_was_changed_by_hand_is_named(busy: Team) -> None:
    meddle(busy, "UPDATE establishment SET name = 'khác'")
    [difference] = differences(busy)
    assert (difference.table, difference.columns) == ("establishment", ("name",))
    assert faults(busy) == []


def test_a_value_erased_by_law_leaves_the_chain_intact(busy: Team) -> None:
    with busy.world.app.app_context(), write() as session:
        session.execute(
            text("""UPDATE journal_entry SET content = '{"note": null}' WHERE scope = :scope AND seq = 6"""),
            {"scope": busy.scope},
        )
    assert faults(busy) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET n = n + 1",
        "UPDATE journal_entry SET hash = hash || hash",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(busy: Team, statement: str) -> None:
    with busy.world.app.app_context(), pytest.raises(DBAPIError, match="only grows"), write() as session:
        session.execute(text(statement))


def test_a_checkpoint_is_a_root_over_all_heads_and_depends_on_each(busy: Team) -> None:
    with busy.world.app.app_context(), snapshot() as session:
        sealed = take(session)
    assert {head.scope for head in sealed.heads} >= {busy.scope, busy.world.reference}
    for at, head in enumerate(sealed.heads):
        changed = [*sealed.heads[:at], Head(head.scope, head.seq + 1, head.hash), *sealed.heads[at + 1 :]]
        assert root(changed).hex() != sealed.root_hex
    assert root(reversed(sealed.heads)).hex() == sealed.root_hex


def test_the_history_of_a_record_tells_who_wrote_what_and_what_became_of_it(busy: Team) -> None:
    client = busy.world.app.test_client()
    visit = next(
        change
        for change in busy.lead.pull_all().values()
        if change["kind"] == "visit" and not change["voided"]
    )

    def history_of(record: str) -> Any:
        return client.get(f"/api/journal/records/{record}", headers=busy.lead.headers).get_json()

    notes = [
        (entry["values"]["note"], entry["outcomes"]["note"])
        for entry in history_of(visit["record"])
        if "note" in entry["values"]
    ]
    assert notes == [("A", "applied"), ("B", "candidate"), ("A", "agreed"), ("B", "applied")]
    assert history_of(str(uuid.uuid4()))["code"] == "not_found"
