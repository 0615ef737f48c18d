"""The lists, the comparison and what was measured, on small hand-counted cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inspection.reports import narrative
from inspection.reports.checks import DisagreementError, check_summary
from inspection.reports.documents import lists, measured_sheets
from inspection.reports.facts import (
    CampaignFact,
    Earlier,
    EndedUnitFact,
    Facts,
    InstrumentFact,
    MeasureFact,
    PackageFact,
    RemedyFact,
    SampleFact,
)
from inspection.reports.figures import violation_summary
from inspection.reports.lists import seen
from inspection.reports.periods import Period, PeriodKind, compared_with, legal
from inspection.reports.shapes import Figures
from inspection.reports.tally import Tally
from tests.reports.samples import CAMPAIGN, FACTS, QUARTER, found, identifier, visit


def remedy(number: int, place: str, due: date, done: date | None = None) -> RemedyFact:
    return RemedyFact(
        identifier(f"remedy {number}"), identifier(place), date(2022, 6, 20), "ATTP-18", due, done
    )


def earlier(key: str, period: Period, facts: Facts) -> Earlier:
    return Earlier(key, period, seen(Tally(facts, period)), facts)


LAST_YEAR = legal(PeriodKind.QUARTER, 2021, 3)
BEFORE = legal(PeriodKind.QUARTER, 2022, 2)

RICH = replace(
    FACTS,
    establishments=tuple(
        replace(
            one, risk={"one": "high", "two": "low", "five": "extreme"}.get(one.name.removeprefix("Cơ sở "))
        )
        for one in FACTS.establishments
    ),
    measures=(
        MeasureFact(identifier("visit 1b"), "destruction", 3, Decimal("12.50"), "kg"),
        MeasureFact(identifier("visit 3b"), "destruction", 1, Decimal("2.5"), "Kg "),
        MeasureFact(identifier("visit 3b"), "label_remedy", 2),
    ),
    # three was in breach on 1/7 and 2/9; four a year and a day before its breach of 14/9; five on the day a year before
    breaches=(
        (identifier("four"), date(2021, 9, 13)),
        (identifier("five"), date(2021, 6, 15)),
        (identifier("two"), date(2021, 12, 1)),
    ),
    remedies=(
        remedy(1, "one", date(2022, 9, 1)),  # 13 days overdue on 14/9
        remedy(2, "three", date(2022, 9, 14)),  # due on the last day: not overdue yet, still owed
        remedy(3, "four", date(2022, 8, 1), date(2022, 8, 20)),  # done, if late
        remedy(4, "six", date(2022, 7, 31), date(2022, 9, 15)),  # done after the period: overdue at its end
    ),
    samples=(
        SampleFact(identifier("s1"), identifier("visit 1a"), "pass", True, "physicochemical"),
        SampleFact(identifier("s2"), identifier("visit 1b"), "fail", True, "microbiological"),
        SampleFact(identifier("s3"), identifier("visit 1b"), "pending", True, "microbiological"),
        SampleFact(identifier("s4"), identifier("visit 3a"), "pass"),
        SampleFact(identifier("s5"), identifier("visit 7a"), "fail"),  # another quarter
    ),
    instruments=(
        InstrumentFact(identifier("i1"), identifier("visit 3a"), "spring_scale", "fail", "expired"),
        InstrumentFact(identifier("i2"), identifier("visit 3a"), "spring_scale", "fail", "no_evidence", True),
        InstrumentFact(identifier("i3"), identifier("visit 3a"), "of a newer list", "pass", "valid"),
        InstrumentFact(identifier("i4"), identifier("visit 1a"), "spring_scale", "unusable"),
    ),
    packages=(
        PackageFact(identifier("p1"), identifier("visit 2a"), "pass"),
        PackageFact(identifier("p2"), identifier("visit 2a"), "incomplete"),
    ),
    ended_units=(
        EndedUnitFact(identifier("commune B"), "Thị trấn Kiện Khê", date(2022, 8, 31), ("Phường Châu Sơn",)),
        EndedUnitFact(identifier("commune C"), "Xã không ai đến", date(2022, 8, 31)),
    ),
    earlier=(
        earlier(
            "previous",
            BEFORE,
            replace(FACTS, visits=(visit("0a", "one", date(2022, 4, 1)),), violations=()),
        ),
        earlier(
            "last_year",
            LAST_YEAR,
            replace(
                FACTS,
                visits=(visit("0b", "one", date(2021, 8, 1)), visit("0c", "two", date(2021, 8, 2))),
                violations=(found(20, "0b", "ATTP-18", None, "fine", 2_000_000),),
            ),
        ),
    ),
    voided_visits=1,
)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return violation_summary(RICH, QUARTER)


def test_establishments_by_risk_partition_those_inspected(figures: Figures) -> None:
    rows = {row["key"]: (row["establishments"], row["visits"]) for row in figures["by_risk"]}
    assert rows == {"high": (1, 2), "medium": (0, 0), "low": (1, 1), "unknown": (4, 5)}


def test_repeat_offenders_were_in_breach_on_two_days_of_twelve_months(figures: Figures) -> None:
    rows = [(row["name"], row["breaches"], row["days"]) for row in figures["repeat_offenders"]]
    assert rows == [
        ("Cơ sở five", 2, ["2021-06-15", "2022-06-15"]),
        ("Cơ sở three", 2, ["2022-07-01", "2022-09-02"]),
    ]


def test_a_remedy_is_overdue_at_the_end_of_the_period_until_it_was_seen_done(figures: Figures) -> None:
    overdue = figures["overdue_remedies"]
    assert [(row["name"], row["days"]) for row in overdue["named"]] == [("Cơ sở six", 45), ("Cơ sở one", 13)]
    assert (overdue["count"], overdue["establishments"]) == (2, 2)


def test_only_who_passed_and_has_a_clean_year_and_owes_nothing_is_commended(figures: Figures) -> None:
    """Two and six passed; two was in breach in December, six owes a remedy."""
    assert figures["commendable"] == []
    clean = violation_summary(replace(RICH, breaches=(), remedies=()), QUARTER)
    assert [row["name"] for row in clean["commendable"]] == ["Cơ sở six", "Cơ sở two"]
    assert clean["commendable"][1]["unit"] == "Xã Thanh Hà"


def test_the_period_stands_beside_the_one_before_and_that_of_a_year_ago(figures: Figures) -> None:
    rows = [
        (row["key"], row["visits"], row["passed"], row["in_breach"], row["fines"], row["fines_total"])
        for row in figures["comparison"]
    ]
    assert rows == [
        ("now", 8, 2, 4, 1, 5_000_000),
        ("previous", 1, 1, 0, 0, 0),
        ("last_year", 2, 1, 1, 1, 2_000_000),
    ]
    assert narrative.comparison(figures)[1] == (
        "So với cùng kỳ năm trước: số lượt kiểm tra tăng 300% (từ 02 lên 08); số cơ sở có vi phạm tăng 300% (từ 01 lên"
        " 04); số trường hợp phạt tiền không đổi (01); tổng số tiền phạt tăng 150% (từ 2.000.000 lên 5.000.000 đồng)."
    )


def test_a_period_that_is_not_over_knows_only_what_is_overdue_by_the_day_it_is_counted() -> None:
    early = violation_summary(RICH, QUARTER, counted_on=date(2022, 8, 10))
    assert early["overdue_remedies"]["on"] == "2022-08-10"
    assert [(row["name"], row["days"]) for row in early["overdue_remedies"]["named"]] == [
        ("Cơ sở six", 10),
        ("Cơ sở four", 9),
    ]
    assert any(sentence.startswith("Đến ngày 10/8/2022 còn 02") for sentence in narrative.follow_up(early))
    assert lists.overdue_remedies(early).title.endswith("đến ngày 10/8/2022")


def test_samples_add_up_and_one_without_a_result_is_neither(figures: Figures) -> None:
    rows = [
        (row["key"], row["total"], row["passed"], row["failed"], row["pending"], row["share"])
        for row in figures["samples"]
    ]
    assert rows == [
        ("laboratory", 3, 1, 1, 1, "50.0"),
        ("quick", 1, 1, 0, 0, "0.0"),
        ("total", 4, 2, 1, 1, "33.3"),
    ]


def test_samples_of_each_part_are_split_by_group_of_indicators_and_add_up(figures: Figures) -> None:
    rows = [(row["key"], row["total"], row["failed"]) for row in figures["samples_by_test"]]
    assert rows == [
        ("laboratory.physicochemical", 1, 0),
        ("laboratory.microbiological", 2, 1),
        ("quick.physicochemical", 0, 0),
        ("quick.microbiological", 0, 0),
        ("quick.unknown", 1, 0),
    ]
    table = measured_sheets.samples(figures)
    assert [row[1] for row in table.rows] == [
        "Hóa lý",
        "Vi sinh",
        "I. Gửi phòng thử nghiệm",
        "Hóa lý",
        "Vi sinh",
        "Chưa ghi nhóm chỉ tiêu",
        "II. Kiểm tra tại chỗ, test nhanh",
        "Tổng số",
    ]
    assert table.strong == {2, 6, 7}
    lost = {**figures, "samples_by_test": figures["samples_by_test"][1:]}
    with pytest.raises(DisagreementError, match="Bảng 4 laboratory"):
        check_summary(lost)  # type: ignore[arg-type]  # figures without one line


def test_each_campaign_has_its_own_results_and_they_add_up(figures: Figures) -> None:
    rows = [
        (
            row["name"],
            row["establishments"],
            row["passed"],
            row["in_breach"],
            row["visits"],
            row["violations"],
        )
        for row in figures["campaign_results"]
    ]
    assert rows == [
        ("Tết Trung thu năm 2022", 5, 1, 4, 7, 7),
        ("Kiểm tra đột xuất tháng 9 năm 2022", 1, 1, 0, 1, 0),
    ]
    assert figures["campaign_results"][0]["fines_total"] == figures["penalties"]["fines_total"]


THIS = Period(
    PeriodKind.CAMPAIGN, date(2022, 6, 15), date(2022, 9, 14), campaign=CAMPAIGN.id, name=CAMPAIGN.name
)
LAST = Period(
    PeriodKind.CAMPAIGN,
    date(2021, 8, 1),
    date(2021, 9, 30),
    campaign=identifier("last year's"),
    name="Tết Trung thu năm 2021",
)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (0, "So với đợt “Tết Trung thu năm 2021” (cùng dịp lần trước): đợt ấy không có lượt kiểm tra nào."),
        (
            1,
            (
                "So với đợt “Tết Trung thu năm 2021” (cùng dịp lần trước): số lượt kiểm tra tăng 700% (từ 01 lên 08);"
                " số cơ sở có vi phạm tăng (từ 0 lên 05); số trường hợp phạt tiền tăng (từ 0 lên 02);"
                " tổng số tiền phạt tăng (từ 0 lên 14.000.000 đồng)."
            ),
        ),
    ],
)
def test_a_campaign_is_set_beside_the_last_one_of_its_occasion(made: int, said: str) -> None:
    other = CampaignFact(identifier("last year's"), "Tết Trung thu năm 2021")
    visits = tuple(visit(f"l{n}", "one", date(2021, 9, 1), campaign=other) for n in range(made))
    past = replace(FACTS, visits=visits, violations=(), campaigns=(other,))
    counted = violation_summary(replace(FACTS, earlier=(earlier("last_campaign", LAST, past),)), THIS)
    assert narrative.comparison(counted) == [said]
    assert all("theo đợt" not in sentence for sentence in narrative.drivers(counted))
    table = lists.comparison(counted)
    assert table.title == "Bảng 5. So sánh với đợt cùng dịp lần trước"
    assert [column.heading for column in table.columns][1:3] == [
        "Đợt này",
        "Đợt “Tết Trung thu năm 2021” (01/8/2021 – 30/9/2021)",
    ]


def test_an_instrument_may_be_both_expired_and_out_of_tolerance(figures: Figures) -> None:
    rows = [
        (row["key"], row["checked"], row["expired"], row["out_of_tolerance"], row["unjudged"])
        for row in figures["instruments"]
    ]
    assert rows == [("spring_scale", 3, 2, 1, 1), ("other", 1, 0, 0, 0), ("total", 4, 2, 1, 1)]
    assert figures["packages"] == {"checked": 2, "passed": 1, "failed": 0, "unjudged": 1}


def test_destroyed_goods_are_added_unit_by_unit(figures: Figures) -> None:
    rows = {row["key"]: row for row in figures["measures"]}
    assert rows["destruction"]["quantities"] == [{"unit": "kg", "amount": "15"}]
    assert (rows["destruction"]["establishments"], rows["destruction"]["products"]) == (2, 4)


def test_a_unit_that_was_merged_in_the_period_is_named_with_what_took_it_in(figures: Figures) -> None:
    (unit,) = figures["ended_units"]
    assert (unit["name"], unit["visits"], unit["successors"]) == ("Thị trấn Kiện Khê", 4, ["Phường Châu Sơn"])
    (sentence,) = narrative.division(figures)
    assert "Thị trấn Kiện Khê (đến hết ngày 31/8/2022, nay thuộc Phường Châu Sơn)" in sentence


@pytest.mark.parametrize(
    ("period", "compared"),
    [
        (legal(PeriodKind.MONTH, 2026, 1), [("previous", "2025-11-15"), ("last_year", "2024-12-15")]),
        (legal(PeriodKind.QUARTER, 2026, 3), [("previous", "2026-03-15"), ("last_year", "2025-06-15")]),
        (legal(PeriodKind.NINE_MONTHS, 2026), [("last_year", "2024-12-15")]),
        (
            Period(PeriodKind.RANGE, date(2024, 2, 28), date(2024, 2, 29)),
            [("previous", "2024-02-26"), ("last_year", "2023-02-28")],
        ),
        (Period(PeriodKind.CAMPAIGN, date(2026, 9, 1), date(2026, 9, 30), campaign=identifier("c")), []),
    ],
)
def test_what_a_period_is_compared_with(period: Period, compared: list[tuple[str, str]]) -> None:
    assert [(key, one.first.isoformat()) for key, one in compared_with(period)] == compared


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("by_risk", lambda rows: rows[0].update(establishments=9)),
        ("samples", lambda rows: rows[0].update(total=9)),
        ("instruments", lambda rows: rows[0].update(expired=9)),
        ("packages", lambda row: row.update(failed=9)),
        ("overdue_remedies", lambda row: row.update(count=9)),
        ("comparison", lambda rows: rows[0].update(visits=9)),
        ("comparison", lambda rows: rows[2].update(passed=9)),
    ],
)
def test_a_list_that_does_not_add_up_is_not_issued(part: str, change: object) -> None:
    figures = violation_summary(RICH, QUARTER)
    change(figures[part])  # type: ignore[operator, literal-required]  # the parts above
    with pytest.raises(DisagreementError):
        check_summary(figures)


INSTRUMENTS_SAID = (
    "Đã kiểm tra 04 phương tiện đo: 02 phương tiện hết hạn hoặc không có kiểm định và 01 phương tiện có sai"
    " số vượt mức cho phép (kết quả sàng lọc)."
)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (FACTS, []),
        (
            RICH,
            [
                "Đã lấy 04 mẫu, trong đó 01/03 mẫu đã có kết quả không đạt; 01 mẫu chưa có kết quả.",
                INSTRUMENTS_SAID,
                "Đã kiểm tra lượng của 02 lô hàng đóng gói sẵn: không có lô không đạt.",
            ],
        ),
        (
            replace(FACTS, samples=(SampleFact(identifier("s"), identifier("visit 1a"), "pending"),)),
            ["Đã lấy 01 mẫu, chưa có kết quả."],
        ),
        (
            replace(FACTS, samples=(SampleFact(identifier("s"), identifier("visit 1a"), "pass"),)),
            ["Đã lấy 01 mẫu, các mẫu đã có kết quả đều đạt."],
        ),
    ],
)
def test_sentences_on_what_was_measured_are_right_for_none_one_and_many(
    facts: Facts, said: list[str]
) -> None:
    assert narrative.measured(violation_summary(facts, QUARTER)) == said
