"""Two inspectors opened the same visit without scanning: a person makes one of it, and nothing is lost on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, write
from inspection.journal.operation import Author
from inspection.people.access import grants_for
from inspection.visits import merging, pairs
from inspection.visits.models import VisitMerge
from inspection.visits.record.content import digest
from inspection.visits.record.gathering import gathered
from inspection.visits.record.standing import standing_of
from inspection.visits.rules import answer_id
from tests.evidence.samples import photo
from tests.evidence.sending import Sender, announce
from tests.sync.concurrency import assert_sound, at_once
from tests.sync.conftest import Team
from tests.world import DAY, statuses

Operation = dict[str, Any]


class Pair:
    """An's visit and Binh's: the same shop on the same day. An found fault with the labels, Binh did not; each did
    something that the other did not."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.kept = team.lead.visit(
            team.campaign, team.shop, started_at=f"{DAY}T08:00:00+07:00", note="An ghi"
        )
        self.same = team.lead.answer(self.kept, "C01", result="fail", reason="thiếu nhãn")
        self.ans_only = team.lead.answer(self.kept, "C02", result="pass")
        self.other = team.binh.visit(
            team.campaign, team.shop, started_at=f"{DAY}T07:50:00+07:00", representative="bà Tý"
        )
        self.disagreeing = team.binh.answer(self.other, "C01", result="pass")
        self.binhs_only = team.binh.answer(self.other, "C03", result="fail", reason="cân lệch")
        self.violation = team.binh.operation(
            "violation", team.scope, visit=self.other["record"], code="A1", answer=self.binhs_only["record"]
        )
        self.weighing = team.binh.operation(
            "package_check", team.scope, visit=self.other["record"], product="bánh", lot_size=100
        )
        self.signature = team.binh.operation(
            "signature", team.scope, visit=self.other["record"], party="team", name="Binh",
            covers={self.binhs_only["record"]: "1"},
        )  # fmt: skip
        assert set(statuses(team.lead.push(self.kept, self.same, self.ans_only))) == {"applied"}
        mine = (self.other, self.disagreeing, self.binhs_only, self.violation, self.weighing, self.signature)
        assert set(statuses(team.binh.push(*mine))) == {"applied"}
        self.office = uuid.uuid4()

    def newest(self) -> str:
        below = [
            change
            for change in self.team.lead.pull_all().values()
            if self.other["record"] in (change["record"], change["fields"].get("visit"))
        ]
        return str(max(below, key=lambda change: change["seq"])["version"])

    def act(self, verb: Callable[..., Any], *given: Any, name: str = "An", **options: Any) -> Any:
        team = self.team
        person = next(
            uuid.UUID(c["record"])
            for c in team.lead.pull_all().values()
            if c["fields"].get("full_name") == name
        )
        with team.world.app.app_context():
            author = Author(self.office, person, grants_for(db.session(), person), self_exempt=False)
            with write() as session:
                return verb(session, author, *given, **options)

    def merge(self, **options: Any) -> uuid.UUID:
        kept, other = uuid.UUID(self.kept["record"]), uuid.UUID(self.other["record"])
        base = options.pop("base", None) or self.newest()
        found = self.act(merging.merge, kept, other, base=base, reason="mở hai lần", **options)
        assert isinstance(found, uuid.UUID)
        return found

    def below(self, visit: Operation, kind: str) -> dict[str, Any]:
        """What stands below a visit: records of one kind that are not voided and not empty."""
        return {
            record: change["fields"]
            for record, change in self.team.chi.pull_all().items()
            if change["kind"] == kind
            and change["fields"].get("visit") == visit["record"]
            and not change["voided"]
        }

    def answers(self, visit: Operation) -> dict[str, Any]:
        return {
            fields["item"]: fields["result"]
            for fields in self.below(visit, "answer").values()
            if fields["result"] is not None
        }

    def conflicts(self) -> list[dict[str, Any]]:
        """The conflicts that are open now."""
        changes = self.team.chi.pull_all().values()
        return [c["fields"] for c in changes if c["kind"] == "conflict" and c["fields"]["open"]]


@pytest.fixture
def pair(team: Team) -> Pair:
    return Pair(team)


def test_all_that_belonged_to_either_is_below_the_one_that_stays(pair: Pair) -> None:
    pair.merge()
    shown = pair.team.chi.pull_all()
    assert shown[pair.other["record"]]["voided"]["moved_to"] == pair.kept["record"]
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass", "C03": "fail"}
    [violation] = pair.below(pair.kept, "violation").values()
    assert violation["answer"] == str(answer_id(uuid.UUID(pair.kept["record"]), "C03"))
    [weighing] = pair.below(pair.kept, "package_check").values()
    assert (weighing["product"], weighing["lot_size"]) == ("bánh", 100)
    [signature] = pair.below(pair.kept, "signature").values()
    assert signature["covers"] == {pair.binhs_only["record"]: "1"}
    kept = shown[pair.kept["record"]]["fields"]
    assert (kept["note"], kept["representative"]) == ("An ghi", "bà Tý")
    assert kept["started_at"] == pair.other["fields"]["started_at"]
    assert_sound(pair.team.world.app)


def test_who_disagreed_is_shown_with_both_values_and_both_people(pair: Pair) -> None:
    pair.merge()
    [conflict] = pair.conflicts()
    assert conflict["target"] == pair.same["record"]
    assert conflict["stored"]["value"]["result"] == "fail"
    [candidate] = conflict["candidates"]
    assert candidate["value"]["result"] == "pass"
    assert candidate["user"] != conflict["stored"]["user"]
    assert candidate["device"] == str(pair.team.binh.device)


def test_who_wrote_what_stays_known(pair: Pair) -> None:
    pair.merge()
    shown = pair.team.chi.pull_all()
    carried = shown[str(answer_id(uuid.UUID(pair.kept["record"]), "C03"))]["authors"]
    assert carried == shown[pair.binhs_only["record"]]["authors"]


def test_work_that_the_person_had_not_seen_stops_the_merge(pair: Pair) -> None:
    seen = pair.newest()
    pair.team.chi.push(pair.team.chi.answer(pair.other, "C09", result="pass"))
    with pytest.raises(Refusal, match="changed_meanwhile"):
        pair.merge(base=seen)
    assert pair.conflicts() == []


def test_only_who_may_settle_in_the_campaign_merges(pair: Pair) -> None:
    with pytest.raises(Refusal, match="forbidden"):
        pair.merge(name="Chi")


def test_visits_on_different_days_are_not_one(pair: Pair) -> None:
    pair.other = pair.team.binh.visit(pair.team.campaign, pair.team.shop, visited_on="2026-09-21")
    pair.team.binh.push(pair.other)
    with pytest.raises(Refusal, match="unprocessable"):
        pair.merge()


def test_undone_both_are_as_they_were(pair: Pair) -> None:
    before = {record: c for record, c in pair.team.chi.pull_all().items() if c["kind"] != "conflict"}
    pair.act(merging.undo, pair.merge(), reason="hai lượt khác nhau")
    after = pair.team.chi.pull_all()
    for record, change in before.items():
        was = {name: value for name, value in change["fields"].items() if value is not None}
        now = {name: value for name, value in after[record]["fields"].items() if value is not None}
        assert (now, after[record]["voided"]) == (was, change["voided"]), change["kind"]
    assert pair.conflicts() == []
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass"}
    for kind in ("violation", "package_check", "signature"):
        assert pair.below(pair.kept, kind) == {}
    assert_sound(pair.team.world.app)


def test_what_was_written_to_the_one_visit_goes_back_to_where_it_came_from(pair: Pair) -> None:
    record = pair.merge()
    [carried] = pair.below(pair.kept, "violation")
    at = pair.team.chi.record(carried)["version"]
    pair.team.chi.push(
        pair.team.chi.operation(
            "violation", pair.team.scope, uuid.UUID(carried), base=at, description="thấy thêm"
        )
    )
    pair.act(merging.undo, record, reason="nhầm")
    assert pair.team.chi.record(pair.violation)["fields"]["description"] == "thấy thêm"


def test_what_a_late_phone_sends_to_the_visit_that_went_is_kept_and_carried_after(pair: Pair) -> None:
    record = pair.merge()
    late = pair.team.chi.answer(pair.other, "C05", result="fail", reason="mới thấy")
    changed = pair.team.binh.operation(
        "answer", pair.team.scope, uuid.UUID(pair.binhs_only["record"]), result="na", reason="đo lại"
    )
    assert statuses(pair.team.chi.push(late)) == ["conflict"]
    pair.team.binh.push(changed)
    assert pair.answers(pair.other) == {"C01": "pass", "C03": "na", "C05": "fail"}
    second = pair.act(merging.carry_late, record)
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass", "C03": "na", "C05": "fail"}
    assert [c["target"] for c in pair.conflicts()] == [pair.same["record"]]
    with pytest.raises(Refusal, match="changed_meanwhile"):
        pair.act(merging.carry_late, second)
    assert_sound(pair.team.world.app)
    pair.act(merging.undo, second, reason="hai lượt")
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass"}
    assert pair.answers(pair.other) == {"C01": "pass", "C03": "na", "C05": "fail"}


def test_what_was_undone_can_be_merged_again(pair: Pair) -> None:
    pair.act(merging.undo, pair.merge(), reason="nhầm")
    with pytest.raises(Refusal, match="changed_meanwhile"):
        pair.act(merging.undo, self_merge(pair), reason="lần hai")
    pair.merge()
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass", "C03": "fail"}
    assert len(pair.conflicts()) == 1
    assert len(pair.below(pair.kept, "violation")) == 1


def self_merge(pair: Pair) -> uuid.UUID:
    with pair.team.world.app.app_context():
        return db.session().scalars(select(VisitMerge.id)).one()


def test_two_people_who_merge_at_once_make_one_merge(pair: Pair) -> None:
    base = pair.newest()

    def merge() -> str:
        try:
            pair.merge(base=base)
        except Refusal as refusal:
            return refusal.code
        return "merged"

    assert sorted(at_once(merge, merge)) == ["changed_meanwhile", "merged"]
    assert pair.answers(pair.kept) == {"C01": "fail", "C02": "pass", "C03": "fail"}
    assert_sound(pair.team.world.app)


def test_a_photo_that_was_still_on_its_way_arrives_below_the_visit_that_stays(pair: Pair) -> None:
    content = photo()
    announced = announce(pair.team.binh, pair.other, content)
    pair.merge()
    assert [fields.get("stored") for fields in pair.below(pair.kept, "evidence").values()] == [None]
    Sender(pair.team.binh, announced).whole(content)
    [carried] = pair.below(pair.kept, "evidence").values()
    assert (carried["stored"], carried["size"]) == (True, len(content))


def test_the_content_that_was_signed_goes_along_unchanged_under_its_digest(pair: Pair) -> None:
    team, other, kept = pair.team, uuid.UUID(pair.other["record"]), uuid.UUID(pair.kept["record"])
    with team.world.app.app_context():
        content = gathered(db.session(), other)
        assert content is not None
    frozen = team.binh.operation(
        "frozen_record", team.scope, visit=str(other), digest=digest(content), content=content
    )
    signed = team.binh.operation(
        "signature", team.scope, visit=str(other), party="establishment", name="bà Tý",
        covers={}, digest=digest(content),
    )  # fmt: skip
    assert set(statuses(team.binh.push(frozen, signed))) <= {"applied", "merged"}
    record = pair.merge()
    with team.world.app.app_context():
        standing = standing_of(db.session(), kept)
        assert standing is not None
        assert (standing.digest, standing.kept, standing.whole) == (digest(content), True, True)
        assert standing.signed == content
        assert "bà Tý" in {each.signature.name for each in standing.signatures}
        assert standing.amendments
    assert_sound(team.world.app)
    pair.act(merging.undo, record, reason="hai lượt")
    with team.world.app.app_context():
        first, second = standing_of(db.session(), kept), standing_of(db.session(), other)
        assert first is not None
        assert second is not None
        assert not first.is_signed
        assert (second.digest, second.kept, second.whole) == (digest(content), True, True)


def test_visits_that_were_over_before_the_other_began_are_not_proposed(pair: Pair) -> None:
    with pair.team.world.app.app_context():
        [proposed] = pairs.proposals(db.session(), pair.team.campaign)
        assert str(proposed.first.id) == pair.kept["record"]
    over = f"{DAY}T07:55:00+07:00"
    pair.team.binh.push(
        pair.team.binh.operation("visit", pair.team.scope, uuid.UUID(pair.other["record"]), finished_at=over)
    )
    with pair.team.world.app.app_context():
        assert pairs.proposals(db.session(), pair.team.campaign) == []


def test_two_visits_that_a_person_kept_apart_are_not_proposed_again(pair: Pair) -> None:
    kept, other = uuid.UUID(pair.kept["record"]), uuid.UUID(pair.other["record"])
    pair.act(merging.keep_apart, kept, other, reason="sáng và chiều")
    with pair.team.world.app.app_context():
        assert pairs.proposals(db.session(), pair.team.campaign) == []
        assert [each.voided for each in pairs.decisions(db.session(), pair.team.campaign)] == [True]
