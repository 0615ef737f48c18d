"""A report is counted again from the journal alone, whatever has been entered since."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from config.extensions import snapshot, write
from inspection.journal.models import SealedHeads
from inspection.journal.operation import Operation, Status
from inspection.journal.submit import submit
from inspection.reports.reproducing import NoProofError, Proof, prove
from tests.reports.conftest import REGISTER, SUMMARY, District
from tests.reports.test_commands import run
from tests.world import MADE_AT, system_author

LATER = 1000


def proof_of(district: District, report: uuid.UUID) -> Proof:
    with district.app.app_context(), snapshot() as session:
        return prove(session, report)


def enter_much_more(district: District, entries: int) -> None:
    """So many entries in one submission: visits inside the period, violations, fines, petitions to other campaigns."""
    scope, campaign = f"campaign:{district.campaign}", str(district.campaign)
    place = district.world.establishment("Đến sau")
    operations: list[Operation] = []
    for number in range(entries // 2):
        visit = uuid7()
        fields = (
            (visit, "visit", {"campaign": campaign, "establishment": str(place), "visited_on": "2022-07-01"}),
            (
                uuid7(),
                "violation",
                {"visit": str(visit), "code": "ATTP-18", "sanction": "fine", "amount": 1000},
            ),
        )
        for record, kind, values in fields:
            operations.append(
                Operation(
                    id=uuid7(), n=10**6 + 2 * number + len(operations), schema=1, kind=kind, record=record,
                    scope=scope, base="0", fields=values, made_at=MADE_AT,
                )
            )  # fmt: skip
    with district.app.app_context(), write() as session:
        author = system_author(session, district.world.jurisdiction)
        results = submit(session, author, operations)
        assert {result.status for result in results} == {Status.APPLIED}


def test_a_report_is_the_same_after_a_thousand_later_entries(busy: District) -> None:
    busy.complaint("2022-07-01")
    reports = {kind: busy.order(kind=kind) for kind in (SUMMARY, REGISTER)}
    for report in reports.values():
        busy.compile(report)
    enter_much_more(busy, LATER)
    busy.complaint("2022-07-02")
    for report in reports.values():
        proof = proof_of(busy, report)
        assert proof.holds
        assert (proof.broken, proof.differences) == ([], [])
        assert proof.files == {"docx": "same", "pdf": "same", "xlsx": "same"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_command_says_so_and_finds_figures_that_were_altered(busy: District) -> None:
    report = busy.order(formats=[])
    busy.compile(report)
    code, output = run(busy, "reproduce", str(report))
    assert code == 0, output
    assert "figures: same" in output
    with busy.app.app_context(), write() as session:
        changed = {"old": '"visits":3', "new": '"visits":30'}
        session.execute(text("update report set figures = replace(figures, :old, :new)"), changed)
    code, output = run(busy, "reproduce", str(report))
    assert code == 1
    assert "figures: DIFFERS at totals.visits" in output


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_journal_that_was_cut_below_the_checkpoint_is_said_to_contradict_it(busy: District) -> None:
    report = busy.order(formats=[])
    busy.compile(report)
    with busy.app.app_context(), write() as session:
        for (name,) in session.execute(text("select name from sqlite_master where type = 'trigger'")).all():
            session.execute(text(f"drop trigger {name}"))
        session.execute(
            text("delete from journal_entry where scope like 'campaign:%' and kind = 'violation'")
        )
    proof = proof_of(busy, report)
    assert not proof.holds
    assert proof.broken


def test_a_report_seals_what_it_reads_and_is_proved_by_it(busy: District) -> None:
    foreign = busy.new_campaign("Huyện khác", uuid.uuid4())
    petition = busy.complaint("2022-07-01")
    report = busy.order(formats=[])
    busy.compile(report)
    with busy.app.app_context(), snapshot() as session:
        sealed = session.get_one(SealedHeads, busy.report(report).checkpoint)
        scopes = {scope for scope, _, _ in sealed.heads}
    assert f"campaign:{foreign}" not in scopes
    own = {busy.world.reference, busy.world.establishments, f"campaign:{busy.campaign}"}
    assert scopes == own | {f"complaint:{petition}"}
    assert proof_of(busy, report).holds


def test_a_report_without_figures_cannot_be_proved(busy: District) -> None:
    with pytest.raises(NoProofError):
        proof_of(busy, busy.order())
