"""Numbers as Vietnamese official documents print them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inspection.documents import numbers


def test_dots_part_thousands_and_a_comma_the_decimals() -> None:
    assert numbers.whole(81_330_000) == "81.330.000"
    assert numbers.decimal(Decimal("1234.50")) == "1.234,50"
    assert numbers.money(81_330_000) == "81.330.000 đồng"


@pytest.mark.parametrize(
    ("part", "total", "printed"),
    [(75, 92, "81,5"), (176, 221, "79,6"), (1, 8, "12,5"), (1, 16, "6,3"), (293, 529, "55,4"), (0, 5, "0,0")],
)
def test_shares_have_one_decimal_rounded_half_up(part: int, total: int, printed: str) -> None:
    share = numbers.share(part, total)
    assert share is not None
    assert numbers.decimal(share) == printed


def test_a_row_with_nothing_checked_has_no_rate_rather_than_zero() -> None:
    assert numbers.share(0, 0) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1_005, "một nghìn không trăm linh năm"),
        (500_000, "năm trăm nghìn"),
        (81_330_000, "tám mươi mốt triệu ba trăm ba mươi nghìn"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (5_000_000_000_000, "năm nghìn tỷ"),
    ],
)
def test_amounts_are_read_in_words(number: int, words: str) -> None:
    assert numbers.in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**18])
def test_amounts_beyond_reason_are_not_read(number: int) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        numbers.in_words(number)


def test_an_amount_in_words_begins_with_a_capital_and_ends_with_dong() -> None:
    assert numbers.money_in_words(5_000_000) == "Năm triệu đồng"


def test_days_below_ten_and_the_first_two_months_take_a_zero() -> None:
    assert numbers.short_date(date(2022, 6, 15)) == "15/6/2022"
    assert numbers.short_date(date(2022, 2, 5)) == "05/02/2022"
    assert numbers.long_date(date(2022, 1, 9)) == "ngày 09 tháng 01 năm 2022"


def test_counts_below_ten_take_a_zero_in_a_sentence() -> None:
    assert [numbers.counted(number) for number in (0, 3, 10, 1234)] == ["0", "03", "10", "1.234"]
