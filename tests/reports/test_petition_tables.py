"""The petition tables: counted by hand, checked by their own formulas, carried over from period to period."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from inspection.reports.checks import DisagreementError
from inspection.reports.facts import Jurisdiction
from inspection.reports.periods import PeriodKind, legal
from inspection.reports.petitions.facts import CaseFact, ReceptionFact, RemedyFact
from inspection.reports.petitions.forms import check, forms
from inspection.reports.petitions.reception import reception_book
from inspection.reports.petitions.tables import COUNTERS, PetitionTables, petition_tables

HERE = Jurisdiction(uuid.UUID(int=1), "huyện Thanh Liêm")
Q3, Q4 = legal(PeriodKind.QUARTER, 2022, 3), legal(PeriodKind.QUARTER, 2022, 4)
"""15/6 to 14/9 and 15/9 to 14/12."""


def case(kind: str, received_on: str, status: str = "received", **facts: Any) -> CaseFact:
    own = uuid.uuid4()
    dated = {name: date.fromisoformat(day) for name, day in facts.items() if name.endswith("_on")}
    known: dict[str, Any] = {"id": own, "paper": own, "petitioner": "one", **facts, **dated}
    return CaseFact(kind=kind, received_on=date.fromisoformat(received_on), status=status, **known)


def column(figures: PetitionTables, form: str, number: int) -> int | str:
    rows = next(table for table in figures["tables"] if table["key"] == form)["rows"]
    return next(row["value"] for row in rows if row["key"] == str(number))


def test_a_period_without_petitions_has_its_tables_with_zeros() -> None:
    figures = petition_tables([], Q3, HERE)
    assert figures["nothing"]
    assert [table["key"] for table in figures["tables"]] == list(COUNTERS)
    assert {row["value"] for table in figures["tables"] for row in table["rows"]} <= {0, "0"}


def a_quarter() -> list[CaseFact]:
    paper = case(
        "complaint",
        "2022-07-01",
        "settled",
        accepted_on="2022-07-05",
        settled_on="2022-08-01",
        outcome="right",
    )
    second = CaseFact(uuid.uuid4(), paper.id, "denunciation", paper.received_on, "received", petitioner="one")
    return [
        paper,
        second,
        case("complaint", "2022-05-01", "accepted", accepted_on="2022-05-10", petitioner="several"),
        case("denunciation", "2022-07-02", "transferred", ended_on="2022-07-06", petitioner="anonymous"),
        case("denunciation", "2022-07-03", "guided", ended_on="2022-07-06", competent=False),
        case("recommendation", "2022-07-04", "filed", ended_on="2022-07-08", processable=False),
        case("recommendation", "2022-08-04", "settled", settled_on="2022-08-08"),
        case(
            "complaint",
            "2022-04-04",
            "settled",
            accepted_on="2022-04-06",
            settled_on="2022-05-08",
            outcome="wrong",
        ),
        case("complaint", "2022-09-14"),
        case("complaint", "2022-09-15"),
    ]


def test_a_quarter_is_counted_as_by_hand() -> None:
    figures = petition_tables(a_quarter(), Q3, HERE)
    printed = {number: column(figures, "01/XLĐ", number) for number in range(1, 27)}
    # eight papers; the one with two contents counts once under its first, the one of April ended before the quarter
    assert (printed[1], printed[2], printed[6], printed[7]) == (7, 1, 5, 1)
    assert printed[8] == 6, "the petition of 14/9 waits still"
    assert (printed[9], printed[10]) == (5, 6), "one paper cannot be processed, one has two cases"
    assert [printed[number] for number in (11, 12, 13)] == [2, 2, 1]
    assert [printed[number] for number in (14, 15, 16, 17)] == [1, 0, 1, 3]
    assert [printed[number] for number in range(18, 26)] == [3, 2, 0, 1, 2, 1, 1, 0]
    assert column(figures, "03/XLĐ", 12) == 3
    assert [column(figures, "01/KQGQ", number) for number in (1, 4, 5, 20, 25, 26)] == [2, 2, 1, 1, 1, 0]


def test_what_is_open_at_the_end_is_carried_over_into_the_next_period() -> None:
    third, fourth = petition_tables(a_quarter(), Q3, HERE), petition_tables(a_quarter(), Q4, HERE)
    carried = sum(int(column(fourth, "01/XLĐ", number)) for number in (2, 3, 4))
    # the paper with the waiting second content, the complaint of May, the one of 14/9
    assert carried == 3
    assert int(column(third, "01/XLĐ", 1)) - 4 == carried


AMOUNTS: dict[str, Decimal | int] = {"state_money": Decimal("1.5"), "organisations": 2}


def some(random_: random.Random) -> CaseFact:
    received = date(2022, 3, 1) + timedelta(days=random_.randrange(300))
    accepted = received + timedelta(days=random_.randrange(10))
    ended = accepted + timedelta(days=random_.randrange(60))
    status = random_.choice(
        ["received", "accepted", "settled", "filed", "guided", "transferred", "refused", "withdrawn"]
    )
    maybe = random_.choice
    settled = status == "settled"
    own = uuid.UUID(int=random_.getrandbits(128))
    return CaseFact(
        id=own,
        paper=own,
        kind=maybe(["complaint", "denunciation", "recommendation"]),
        received_on=received,
        status=status,
        petitioner=maybe(["one", "several", "anonymous", None]),
        topic=maybe(
            ["policy", "land", "duty", "administrative", "corruption", "judicial", "party", "other", None]
        ),
        level=maybe(["first", "second", None]),
        previously=maybe(["never", "once", "several", "court", "overdue", "concluded", None]),
        processable=maybe([True, False, None]),
        competent=maybe([True, False, None]),
        accepted_on=accepted if status in ("accepted", "settled", "withdrawn") else None,
        settled_on=ended if settled else None,
        ended_on=None if settled or status in ("received", "accepted") else ended,
        due_on=accepted + timedelta(days=30),
        outcome=maybe(["right", "wrong", "partly"]) if settled else None,
        replies=(ended,) if status == "transferred" else (),
        reminders=(ended,) if status == "transferred" and maybe([True, False]) else (),
        remedies=(
            RemedyFact(ended, maybe([True, False]), {"state_money": Decimal("1.5"), "organisations": 2}),
        )
        if settled
        else (),
    )


@pytest.mark.parametrize("seed", range(25))
def test_the_formulas_of_the_forms_hold_for_any_register(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a sample, not a secret
    cases = [some(chance) for _ in range(chance.randrange(1, 120))]
    together = [
        CaseFact(**{**{name: getattr(one, name) for name in CaseFact.__slots__}, "paper": cases[0].id})
        if chance.random() < 0.1
        else one
        for one in cases
    ]
    for period in (Q3, Q4, legal(PeriodKind.YEAR, 2022)):
        petition_tables(together, period, HERE)


def test_a_table_that_does_not_add_up_is_not_issued() -> None:
    figures = petition_tables(a_quarter(), Q3, HERE)
    counted: dict[str, dict[int, Any]] = {
        table["key"]: {int(row["key"]): Decimal(row["value"]) for row in table["rows"]}
        for table in figures["tables"]
    }
    check(counted)
    counted["01/XLĐ"][23] += 1
    with pytest.raises(DisagreementError, match=r"01/XLĐ 22=23\+24\+25"):
        check(counted)


def test_the_columns_of_every_form_are_numbered_without_a_gap_and_all_of_them_are_counted() -> None:
    for form in forms():
        numbers = [number for number, _ in form.columns]
        assert numbers == list(range(1, len(numbers) + 1))
        assert set(COUNTERS[form.key]([], Q3)) == set(numbers)


def test_money_is_added_up_without_losing_a_fraction() -> None:
    remedies = tuple(RemedyFact(date(2022, 8, 1), False, {"state_money": Decimal("0.1")}) for _ in range(3))
    settled = case(
        "complaint",
        "2022-07-01",
        "settled",
        accepted_on="2022-07-05",
        settled_on="2022-08-01",
        outcome="right",
        remedies=remedies,
    )
    figures = petition_tables([settled], Q3, HERE)
    assert column(figures, "01/KQGQ", 7) == "0.3"
    assert column(figures, "02/KQGQ", 3) == "0.3"


def test_the_reception_book_has_its_columns_and_never_a_name() -> None:
    day = date(2022, 7, 1)
    facts = [
        ReceptionFact(
            day,
            "denunciation",
            "Tố cáo bán hàng giả",
            "transferred",
            receiver="Công an",
            closing_number="3/PC",
        ),
        ReceptionFact(day, "recommendation", "Phản ánh", "settled", people=3, settled_on=date(2022, 7, 9)),
        ReceptionFact(date(2022, 9, 20), "complaint", "Ngoài kỳ", "received"),
    ]
    rows = reception_book(facts, Q3, HERE)["rows"]
    assert [(row["number"], row["kind"], row["transferred"], row["result"]) for row in rows] == [
        (1, "TC / 1", "Công an; số 3/PC", ""),
        (2, "KN-PA / 3", "", "Đã giải quyết ngày 09/7/2022"),
    ]
    assert {row["person"] for row in rows} == {"Giữ bí mật (Điều 9, 56 Luật Tố cáo)", "Lưu riêng, niêm phong"}
