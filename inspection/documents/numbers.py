"""Numbers, money, shares and dates as Vietnamese official documents print them. Pure.

A comma parts the decimals, a dot the thousands ("81.330.000 đồng", "81,5"). Shares are rounded half up to
one decimal; the rule is stated because published reports differ (176/221 was printed 79,63 where half up
gives 79,64). Counts below ten take a leading zero in running text ("03 cơ sở"), as do days below 10 and
months 1 and 2 in dates (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.4).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def whole(number: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def decimal(number: Decimal) -> str:
    """Decimal("1234.50") → "1.234,50", every digit kept."""
    return f"{number:,}".translate({ord(","): ".", ord("."): ","})


def counted(number: int) -> str:
    """A count inside a sentence: 3 → "03", 1234 → "1.234"."""
    return f"{number:02d}" if 0 < number < 10 else whole(number)


def share(part: int, total: int) -> Decimal | None:
    """``part`` in percent of ``total``, one decimal, half up; None where nothing was counted (no rate, not 0
    %)."""
    if total == 0:
        return None
    return (Decimal(100 * part) / Decimal(total)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def share_text(value: Decimal | None) -> str:
    """A cell of a rate column: "81,5", or empty where there is no rate."""
    return "" if value is None else decimal(value)


def money(dong: int) -> str:
    """81330000 → "81.330.000 đồng"."""
    return f"{whole(dong)} đồng"


def money_in_words(dong: int) -> str:
    """81330000 → "Tám mươi mốt triệu ba trăm ba mươi nghìn đồng"; whole đồng, not negative."""
    words = in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def in_words(number: int) -> str:
    """A whole number from 0 to below 10^18 read in Vietnamese; beyond the first, a group of three is read in
    full."""
    if not 0 <= number < 10**18:
        raise ValueError("only whole numbers from 0 to below 10^18 are read in words")
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, 10**9)
    spoken = [f"{in_words(billions)} tỷ"] if billions else []
    for size, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            spoken.append(_group(group, inner=bool(spoken)) + name)
    return " ".join(spoken)


def _group(group: int, inner: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds or inner:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(DIGITS[ones])
    return " ".join(words)


@lru_cache(maxsize=4096)
def short_date(day: date) -> str:
    """15/6/2022; 05/02/2022. A long register holds the words of a day once."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2022"."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def date_in_words_english(day: date) -> str:
    """ "5 February 2022"."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
