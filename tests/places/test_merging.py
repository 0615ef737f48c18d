"""Which record an id counts for, however people have merged."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from inspection.places.merging import all_of, distinction_id, standing

IDS = [uuid.UUID(int=number) for number in range(8)]
LINKS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS))


def test_a_chain_ends_at_the_record_that_stands() -> None:
    links = {IDS[0]: IDS[1], IDS[1]: IDS[2]}
    assert {standing(links, record) for record in IDS[:3]} == {IDS[2]}


@given(LINKS, st.sampled_from(IDS))
def test_what_a_record_counts_for_stands_for_itself(
    links: dict[uuid.UUID, uuid.UUID], record: uuid.UUID
) -> None:
    stands = standing(links, record)
    assert standing(links, stands) == stands


@given(LINKS)
def test_records_that_point_at_one_another_give_one_answer(links: dict[uuid.UUID, uuid.UUID]) -> None:
    for record, into in links.items():
        assert standing(links, record) == standing(links, into)


def test_all_that_count_for_a_record() -> None:
    assert all_of({IDS[0]: IDS[2], IDS[1]: IDS[2]}, [IDS[2]]) == set(IDS[:3])


def test_a_pair_has_one_id_whoever_is_named_first() -> None:
    assert distinction_id(IDS[0], IDS[1]) == distinction_id(IDS[1], IDS[0])
