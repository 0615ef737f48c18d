"""The complaint register of the hand-made quarter (see samples.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspection.reports.checks import DisagreementError
from inspection.reports.periods import PeriodKind, legal
from inspection.reports.register import RegisterFigures, check, register
from tests.reports.samples import COMPLAINTS, DISTRICT, QUARTER, complaint

NEXT_QUARTER = legal(PeriodKind.QUARTER, 2022, 4)


@pytest.fixture
def figures() -> RegisterFigures:
    return register(COMPLAINTS, QUARTER, DISTRICT)


def row(figures: RegisterFigures, number: str) -> dict[str, object]:
    return {key: value for one in figures["rows"] if one["number"] == number for key, value in one.items()}


def test_a_case_still_open_when_the_period_began_is_carried_over_and_a_finished_one_is_not(
    figures: RegisterFigures,
) -> None:
    assert [(one["number"], one["carried_over"]) for one in figures["rows"]] == [
        ("01/2022", True),
        ("02/2022", False),
        ("03/2022", False),
        ("04/2022", False),
    ]


def test_counts_by_kind_include_the_kind_nobody_wrote(figures: RegisterFigures) -> None:
    rows = {one["key"]: one for one in figures["by_kind"]}
    assert {key: (one["carried_over"], one["received"], one["finished"]) for key, one in rows.items()} == {
        "complaint": (1, 1, 1),
        "denunciation": (0, 2, 1),
        "recommendation": (0, 0, 0),
    }
    assert (rows["complaint"]["partly"], rows["denunciation"]["right"]) == (1, 1)
    assert (rows["complaint"]["on_time"], rows["denunciation"]["late"]) == (1, 1)
    assert figures["totals"]["overdue"] == 1


def test_what_is_in_hand_at_the_end_is_carried_over_by_the_next_period(figures: RegisterFigures) -> None:
    following = register(COMPLAINTS, NEXT_QUARTER, DISTRICT)
    assert following["totals"]["carried_over"] == figures["totals"]["in_hand"] == 2
    assert following["totals"]["received"] == 1


def test_a_period_without_petitions_is_a_row_of_zeros() -> None:
    figures = register((), QUARTER, DISTRICT)
    assert figures["totals"]["total"] == 0
    assert [one["total"] for one in figures["by_kind"]] == [0, 0, 0]
    assert figures["rows"] == []


def test_a_denouncers_line_says_that_the_identity_is_kept_secret(figures: RegisterFigures) -> None:
    assert row(figures, "02/2022")["petitioner"] == "Giữ bí mật"
    assert row(figures, "03/2022")["petitioner"] == "Không rõ người gửi"
    assert row(figures, "01/2022")["petitioner"] == "Một người ký"


def test_the_result_says_whether_the_case_was_right_and_late(figures: RegisterFigures) -> None:
    assert row(figures, "01/2022")["result"] == (
        "Đã giải quyết ngày 05/7/2022, số 45/QĐ-UBND, khiếu nại đúng một phần"
    )
    assert row(figures, "02/2022")["result"] == "Đã giải quyết ngày 28/7/2022, tố cáo đúng, quá hạn"
    assert row(figures, "04/2022")["result"] == "Chưa giải quyết xong"


def test_a_forwarded_petition_names_who_sent_it_and_when(figures: RegisterFigures) -> None:
    assert row(figures, "04/2022")["channel"] == (
        "Hội đồng nhân dân huyện chuyển đến, số 7/CV ngày 12/9/2022"
    )


def test_a_case_settled_after_the_period_is_in_hand_within_it() -> None:
    late = complaint(
        9, "complaint", date(2022, 7, 1), "settled", settled_on=date(2022, 9, 15), outcome="wrong"
    )
    assert register((late,), QUARTER, DISTRICT)["totals"]["in_hand"] == 1
    assert register((late,), NEXT_QUARTER, DISTRICT)["totals"]["wrong"] == 1


def test_an_end_without_a_decision_counts_from_the_day_it_was_entered() -> None:
    transferred = complaint(9, "recommendation", date(2022, 7, 1), "transferred", ended_on=date(2022, 9, 20))
    assert register((transferred,), QUARTER, DISTRICT)["totals"]["in_hand"] == 1
    assert register((transferred,), NEXT_QUARTER, DISTRICT)["totals"]["finished"] == 1


def test_a_voided_petition_keeps_its_line_and_counts_nowhere() -> None:
    lines = (replace(COMPLAINTS[1], voided=True), *COMPLAINTS[2:4])
    figures = register(lines, QUARTER, DISTRICT)
    assert figures["totals"]["total"] == 2
    assert len(figures["rows"]) == 3
    assert row(figures, "02/2022")["result"] == "Đã hủy khỏi sổ"


def test_a_register_that_does_not_add_up_is_not_issued(figures: RegisterFigures) -> None:
    figures["by_kind"][0]["received"] += 1
    with pytest.raises(DisagreementError):
        check(figures)
