"""Whom to visit first, and which team goes where."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.campaigns.rules import TargetReason
from inspection.campaigns.targeting import Candidate, Spot, rank, share_out

TODAY = date(2026, 11, 25)
UNITS = [uuid.UUID(int=number) for number in range(3)]


def candidate(**more: object) -> Candidate:
    return Candidate(uuid.uuid4(), **{"name": "A", **more})  # type: ignore[arg-type] # a test names fields freely


@pytest.mark.parametrize(
    ("one", "points", "reason"),
    [
        (candidate(), 20, TargetReason.NEVER),
        (candidate(last_visit=date(2026, 11, 1)), 0, TargetReason.BREACH),
        (candidate(last_visit=date(2025, 11, 20)), 12, TargetReason.LONG_AGO),
        (candidate(last_visit=date(2010, 1, 1)), 24, TargetReason.LONG_AGO),
        (candidate(risk="high", last_visit=date(2026, 11, 1)), 30, TargetReason.RISK),
        (candidate(risk="medium"), 35, TargetReason.NEVER),
        (candidate(petitions=2, last_visit=date(2026, 11, 1)), 25, TargetReason.COMPLAINT),
        (candidate(open_breaches=3, risk="high"), 90, TargetReason.BREACH),
    ],
)
def test_points_and_what_gave_most_of_them(one: Candidate, points: int, reason: TargetReason) -> None:
    [ranked] = rank([one], TODAY)
    assert ranked.points == points
    if points:
        assert ranked.reason is reason


def test_the_gravest_come_first_and_equals_by_name() -> None:
    order = [candidate(name="Z", open_breaches=1), candidate(name="B"), candidate(name="C")]
    assert [one.candidate for one in rank(reversed(order), TODAY)] == order


SPOTS = st.lists(
    st.builds(
        Spot,
        id=st.uuids(),
        unit=st.none() | st.sampled_from(UNITS),
        latitude=st.none() | st.floats(20.3, 20.6),
        longitude=st.none() | st.floats(105.8, 106.0),
    ),
    unique_by=lambda spot: spot.id,
    max_size=60,
)


@given(SPOTS, st.integers(1, 7))
def test_every_spot_is_in_one_share_and_shares_are_even(spots: list[Spot], teams: int) -> None:
    shares = share_out(spots, teams)
    assert len(shares) == teams
    assert sorted(each for share in shares for each in share) == sorted(spot.id for spot in spots)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_each_team_gets_neighbours() -> None:
    places = [(20.40, 105.85), (20.41, 105.85), (20.40, 105.95), (20.41, 105.95)]
    spots = [Spot(uuid.UUID(int=at), None, north, east) for at, (north, east) in enumerate(places)]
    shares = share_out(spots, 2)
    assert sorted(sorted(each.int for each in share) for share in shares) == [[0, 1], [2, 3]]


def test_what_has_no_position_goes_with_its_commune() -> None:
    spots = [
        Spot(uuid.UUID(int=0), UNITS[0], 20.40, 105.85),
        Spot(uuid.UUID(int=1), UNITS[1], 20.40, 105.95),
        Spot(uuid.UUID(int=2), UNITS[0]),
        Spot(uuid.UUID(int=3), UNITS[1]),
    ]
    assert sorted(sorted(each.int for each in share) for share in share_out(spots, 2)) == [[0, 2], [1, 3]]
