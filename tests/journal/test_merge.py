"""The merge rules, one sentence each, on states without any database."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inspection.journal.merge import Decision, Incoming, Outcome, apply, decide
from inspection.journal.state import FieldState, RecordState, from_json


def change(
    device: str, n: int, base: int = 0, *, settles: frozenset[int] = frozenset(), **values: Any
) -> Incoming:
    return Incoming(device, f"user of {device}", n, "2026-09-20T08:00:00+07:00", base, values, settles)


def office(device: str, n: int, base: int = 0, **values: Any) -> Incoming:
    return Incoming(device, "officer", n, "2026-09-20T08:00:00+07:00", base, values, self_exempt=False)


def play(*changes: Incoming) -> tuple[RecordState, list[Decision]]:
    state, decisions = RecordState(), []
    for seq, incoming in enumerate(changes, start=1):
        decision = decide(state, incoming)
        decisions.append(decision)
        state = apply(state, seq, incoming, decision)
    return state, decisions


def note(state: RecordState) -> FieldState:
    return state.fields["note"]


def test_the_first_value_of_a_field_is_applied() -> None:
    state, [decision] = play(change("an", 1, note="sạch"))
    assert decision.outcomes == {"note": Outcome.APPLIED}
    assert (note(state).value, note(state).version, note(state).writers) == ("sạch", 1, ("an",))


def test_a_phone_edits_its_own_value_again_before_it_has_pulled_anything() -> None:
    state, decisions = play(change("an", 1, note="bẩn"), change("an", 2, note="rất bẩn"))
    assert decisions[1].outcomes == {"note": Outcome.APPLIED}
    assert note(state).value == "rất bẩn"
    assert not note(state).candidates


def test_two_people_who_wrote_different_values_unseen_by_each_other_leave_a_conflict() -> None:
    state, decisions = play(change("an", 1, note="đạt"), change("bình", 1, note="không đạt"))
    assert decisions[1].disputed == ("note",)
    assert note(state).value == "đạt"
    assert [c.value for c in note(state).candidates] == ["không đạt"]


def test_an_edit_of_what_its_writer_has_seen_replaces_it() -> None:
    state, decisions = play(change("an", 1, note="đạt"), change("bình", 1, base=1, note="không đạt"))
    assert decisions[1].outcomes == {"note": Outcome.APPLIED}
    assert note(state).value == "không đạt"


def test_equal_values_join_their_writers_and_move_nothing() -> None:
    state, decisions = play(change("an", 1, note="đạt"), change("bình", 1, note="đạt"))
    assert decisions[1].outcomes == {"note": Outcome.AGREED}
    assert (note(state).version, note(state).writers) == (1, ("an", "bình"))


def test_a_phone_that_agreed_with_another_is_not_exempt_when_it_changes_its_mind_unseen() -> None:
    state, decisions = play(
        change("an", 1, note="đạt"), change("bình", 1, note="đạt"), change("an", 2, note="không đạt")
    )
    assert decisions[2].disputed == ("note",)
    assert note(state).value == "đạt"


def test_an_office_session_disagrees_with_itself_when_two_of_its_pages_were_open() -> None:
    _, decisions = play(office("desk", 1, note="một"), office("desk", 2, base=0, note="hai"))
    assert decisions[1].disputed == ("note",)


def test_a_later_value_of_one_device_replaces_its_own_candidate() -> None:
    state, _ = play(change("an", 1, note="A"), change("bình", 1, note="B"), change("bình", 2, note="C"))
    assert [c.value for c in note(state).candidates] == ["C"]


def test_a_device_that_comes_round_to_the_stored_value_takes_its_candidate_back() -> None:
    state, _ = play(change("an", 1, note="A"), change("bình", 1, note="B"), change("bình", 2, note="A"))
    assert not note(state).candidates
    assert note(state).writers == ("an", "bình")


def test_a_candidate_that_the_stored_value_comes_to_equal_is_no_disagreement_any_more() -> None:
    state, _ = play(change("an", 1, note="A"), change("bình", 1, note="B"), change("an", 2, note="B"))
    assert not note(state).candidates
    assert set(note(state).writers) == {"an", "bình"}


def test_settling_closes_only_the_candidates_that_the_person_read() -> None:
    state, decisions = play(
        change("an", 1, note="A"),
        change("bình", 1, note="B"),
        change("chi", 1, note="C"),
        change("lead", 1, base=2, settles=frozenset({2}), note="A"),
    )
    assert decisions[3].settled == {"note": (2,)}
    assert [c.value for c in note(state).candidates] == ["C"]


def test_a_settling_value_can_itself_become_a_candidate() -> None:
    state, decisions = play(
        change("an", 1, note="A"),
        change("bình", 1, note="B"),
        change("an", 2, note="A2"),
        change("lead", 1, base=2, settles=frozenset({2}), note="B"),
    )
    assert decisions[3].disputed == ("note",)
    assert note(state).value == "A2"
    assert [(c.device, c.value) for c in note(state).candidates] == [("lead", "B")]


def test_an_older_operation_that_arrives_late_does_not_undo_a_newer_one_of_the_same_phone() -> None:
    state, decisions = play(change("an", 2, note="mới"), change("an", 1, note="cũ"))
    assert decisions[1].outcomes == {"note": Outcome.SUPERSEDED}
    assert note(state).value == "mới"


def test_what_a_phone_itself_replaced_is_no_disagreement_even_after_others_wrote() -> None:
    state, decisions = play(
        change("an", 2, note="B"), change("bình", 1, base=1, note="C"), change("an", 1, note="A")
    )
    assert decisions[2].outcomes == {"note": Outcome.SUPERSEDED}
    assert not note(state).candidates


def test_a_disputed_key_becomes_a_candidate_whatever_its_version_says() -> None:
    decision = decide(RecordState(), change("an", 1, voided={"reason": "nhầm"}), frozenset({"voided"}))
    state = apply(RecordState(), 1, change("an", 1, voided={"reason": "nhầm"}), decision)
    assert not state.voided
    assert state.open_conflicts == ("voided",)


DEVICES = ("an", "bình", "chi")
VALUES = st.sampled_from(["A", "B", "C"])


@st.composite
def histories(draw: st.DrawFn) -> list[Incoming]:
    """Operations of three phones in any order of arrival, each with a base that its writer can have seen."""
    numbers = dict.fromkeys(DEVICES, 0)
    made: list[Incoming] = []
    for at in range(draw(st.integers(1, 10))):
        device = draw(st.sampled_from(DEVICES))
        numbers[device] += 1
        fields = draw(st.dictionaries(st.sampled_from(["note", "result"]), VALUES, min_size=1))
        settles = frozenset(draw(st.sets(st.integers(1, at), max_size=2))) if at else frozenset[int]()
        made.append(change(device, numbers[device], draw(st.integers(0, at)), settles=settles, **fields))
    return made


@given(histories())
def test_no_value_vanishes(history: list[Incoming]) -> None:
    """Every value is current, a candidate, or was knowingly replaced: by its own writer, by somebody who had
    seen it, by a person who settled it, or by agreement."""
    state = RecordState()
    for seq, incoming in enumerate(history, start=1):
        decision = decide(state, incoming)
        after = apply(state, seq, incoming, decision)
        for key, before in state.fields.items():
            kept = after.fields[key]
            for candidate in before.candidates:
                assert (
                    candidate in kept.candidates
                    or candidate.device == incoming.device
                    or candidate.entry in decision.settled.get(key, ())
                    or candidate.value == kept.value
                )
            if kept.value != before.value:
                unseen = before.version > incoming.base
                assert not unseen or set(before.writers) <= {incoming.device}
        state = after


@given(histories())
def test_nobodys_unseen_disagreement_is_hidden(history: list[Incoming]) -> None:
    state = RecordState()
    for seq, incoming in enumerate(history, start=1):
        decision = decide(state, incoming)
        for key, value in incoming.values.items():
            stored = state.fields.get(key)
            if stored is None or stored.value == value or stored.latest.get(incoming.device, 0) > incoming.n:
                continue
            others = any(writer != incoming.device for writer in stored.writers)
            assert (decision.outcomes[key] is Outcome.CANDIDATE) == (
                stored.version > incoming.base and others
            )
        state = apply(state, seq, incoming, decision)


@given(histories())
def test_a_state_survives_its_json_form(history: list[Incoming]) -> None:
    state, _ = play(*history)
    assert from_json(state.to_json()) == state


@given(histories(), st.randoms(use_true_random=False))
def test_changes_of_disjoint_fields_may_arrive_in_any_order(history: list[Incoming], random: Any) -> None:
    """Each phone writes a field of its own; its operations arrive shuffled among the others' and among
    themselves."""
    own = [Incoming(i.device, i.user, i.n, i.made_at, 0, {i.device: f"{i.device} {i.n}"}) for i in history]
    shuffled = list(own)
    random.shuffle(shuffled)
    values = [{key: f.value for key, f in play(*order)[0].fields.items()} for order in (own, shuffled)]
    assert values[0] == values[1]
    assert not play(*shuffled)[0].open_conflicts
