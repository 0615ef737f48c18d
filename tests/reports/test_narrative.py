"""The sentences are right for none, one and many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspection.reports import narrative
from inspection.reports.figures import violation_summary
from inspection.reports.register import petitions
from tests.reports.samples import CAMPAIGN, COMPLAINTS, DISTRICT, FACTS, QUARTER, complaint, found, visit

TEAM = "Đoàn kiểm tra liên ngành của UBND huyện Thanh Liêm"
ISSUER = "UBND huyện Thanh Liêm"
ONE = replace(
    FACTS, visits=(visit("x", "two", date(2022, 7, 1), "food_safety"),), violations=(), conflicts=()
)


def sentences(facts: object = FACTS) -> list[str]:
    return narrative.inspection(violation_summary(facts, QUARTER), TEAM)  # type: ignore[arg-type]  # Facts, as given


def about_petitions(*lines: object) -> str:
    return " ".join(
        narrative.petitions(petitions(lines, QUARTER, DISTRICT), ISSUER, QUARTER.first, QUARTER.last)  # type: ignore[arg-type]  # ComplaintFacts, as given
    )


def test_no_visit_is_said_to_be_no_visit_and_nothing_more() -> None:
    assert sentences(replace(FACTS, visits=())) == [
        "Trong kỳ báo cáo, đoàn kiểm tra liên ngành của UBND huyện Thanh Liêm không tiến hành lượt kiểm tra nào."
    ]


def test_one_establishment_without_a_violation() -> None:
    assert sentences(ONE)[-1] == (
        "Qua kiểm tra, cơ sở được kiểm tra chấp hành tốt các quy định của pháp luật về an toàn thực phẩm,"
        " không có vi phạm."
    )


def test_several_establishments_without_a_violation() -> None:
    two = replace(ONE, visits=(*ONE.visits, visit("y", "three", date(2022, 7, 2), "food_safety")))
    assert "cả 02 cơ sở đều chấp hành tốt" in sentences(two)[1]


def test_one_establishment_and_it_was_fined() -> None:
    assert sentences(replace(ONE, violations=(found(1, "x", "NH-03", None, "fine", 4_000_000),)))[1].endswith(
        "cơ sở được kiểm tra có vi phạm các quy định của pháp luật về an toàn thực phẩm và nhãn hàng hóa,"
        " bị phạt tiền."
    )


def test_many_establishments_are_told_as_the_plan_tells_them() -> None:
    told = sentences()
    assert told[0] == (
        "Đoàn kiểm tra liên ngành của UBND huyện Thanh Liêm gồm Công an huyện và Quản lý thị trường đã tiến"
        " hành 08 lượt kiểm tra tại 06 cơ sở sản xuất, kinh doanh trên địa bàn, kiểm tra về an toàn thực phẩm,"
        " đo lường và nhãn hàng hóa, trong 02 đợt: Tết Trung thu năm 2022; Kiểm tra đột xuất tháng 9 năm 2022."
    )
    assert told[1] == (
        "Qua kiểm tra, 02/06 cơ sở (33,3%) chấp hành tốt các quy định của pháp luật về an toàn thực phẩm, đo lường và"
        " nhãn hàng hóa; 04/06 cơ sở (66,7%) có vi phạm, trong đó 01 cơ sở bị nhắc nhở, 01 cơ sở bị phạt cảnh cáo,"
        " 01 cơ sở bị phạt tiền và 01 cơ sở chưa có quyết định xử lý."
    )
    assert told[3] == (
        "Đã xử phạt vi phạm hành chính: phạt cảnh cáo 01 trường hợp; phạt tiền 01 trường hợp, tổng số tiền 5.000.000"
        " đồng (bằng chữ: năm triệu đồng)."
    )
    assert told[5] == "Biện pháp đã áp dụng: tiêu hủy tại 01 cơ sở (03 sản phẩm)."


def test_violations_without_any_sanction_are_not_called_punished() -> None:
    told = sentences(replace(ONE, violations=(found(1, "x", "NH-03"),)))
    assert "chưa có trường hợp nào bị xử phạt" in " ".join(told)


def test_open_conflicts_are_said_aloud() -> None:
    assert "01 nội dung được các thành viên đoàn ghi khác nhau" in sentences()[-1]


def test_no_petition_is_said_in_full() -> None:
    assert about_petitions() == (
        "Từ ngày 15/6/2022 đến ngày 14/9/2022, UBND huyện Thanh Liêm không nhận được đơn thư khiếu nại, tố cáo, kiến"
        " nghị, phản ánh nào."
    )


def test_one_petition_names_its_kind_and_those_that_did_not_come() -> None:
    assert about_petitions(complaint(1, "denunciation", date(2022, 7, 1))) == (
        "Từ ngày 15/6/2022 đến ngày 14/9/2022, UBND huyện Thanh Liêm tiếp nhận 01 đơn tố cáo; không nhận được đơn khiếu"
        " nại và đơn kiến nghị, phản ánh. Chưa xử lý xong đơn nào; còn 01 đơn đang xử lý."
    )


def test_many_petitions_are_counted_by_kind_and_result() -> None:
    assert about_petitions(*COMPLAINTS) == (
        "Từ ngày 15/6/2022 đến ngày 14/9/2022, UBND huyện Thanh Liêm tiếp nhận 03 đơn, gồm 01 đơn khiếu nại và 02 đơn"
        " tố cáo; không nhận được đơn kiến nghị, phản ánh; kỳ trước chuyển sang 01 đơn. Đã xử lý xong 02/04 đơn; còn"
        " 02 đơn đang xử lý, trong đó 01 đơn đã đến hạn. Kết quả giải quyết: đúng 01 đơn, đúng một phần 01 đơn."
        " Có 01 đơn giải quyết quá thời hạn."
    )


def test_a_revision_says_what_it_replaces_and_what_changed() -> None:
    assert narrative.revision(2, [("số lượt kiểm tra", 10, 12)]) == (
        "Báo cáo này là bản sửa đổi lần 01, thay thế bản đã lập trước đó; thay đổi: số lượt kiểm tra từ 10 thành 12."
    )


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")]
)
def test_lists_are_joined_as_spoken(names: list[str], said: str) -> None:
    assert narrative.listed(names) == said


def test_whole_shares_have_no_decimals_in_a_sentence() -> None:
    assert [narrative.percent(1, 1), narrative.percent(1, 3), narrative.percent(0, 0)] == [
        "100%",
        "33,3%",
        "–",
    ]


def test_abbreviations_keep_their_capitals_inside_a_sentence() -> None:
    assert narrative.lower_first("ATTP là viết tắt") == "ATTP là viết tắt"
    assert narrative.lower_first(CAMPAIGN.name) == "tết Trung thu năm 2022"
