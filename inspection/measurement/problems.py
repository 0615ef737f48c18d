"""Why readings cannot be taken, in both languages at once, as the messages of the journal's fields say it."""

from __future__ import annotations

WORDS = {
    "not_filled_in": "Chưa điền lượng danh định, đơn vị và cỡ lô. / "
    "Nominal quantity, unit and lot size are not filled in.",
    "mixed_units": "Đơn vị của số đo không cùng loại với đơn vị ghi trên nhãn hoặc của phương tiện đo. / "
    "The readings are not in a unit of the same kind as the label or the instrument.",
    "not_positive": "Phải lớn hơn 0. / Must be above zero.",
    "lot_too_large": "Lô không quá 100 000 đơn vị (TT 21/2014). / A lot has at most 100 000 packages (TT 21/2014).",
    "lot_smaller_than_sample": "Lô nhỏ hơn số gói đã cân. / The lot is smaller than the number of packages weighed.",
    "count_not_whole": "Số đếm phải là số nguyên. / A count must be a whole number.",
    "weight_out_of_range": "Có số đo chưa bằng 1 % hoặc hơn 10 lần lượng danh định: xem lại đơn vị. / "
    "A reading is below 1 % or above ten times the nominal quantity: check the unit.",
    "readings_unpaired": "Mỗi tải phải có một số chỉ. / Every load needs an indication.",
    "readings_not_taken": "Phương tiện đo này không nhập số đo. / This instrument takes no readings here.",
    "reading_out_of_range": "Số chỉ lệch hơn 10 lần so với tải: xem lại đơn vị. / "
    "An indication is off by more than ten times: check the unit.",
    "load_above_capacity": "Tải lớn hơn mức cân lớn nhất. / The load is above the capacity.",
    "dates_reversed": "Hạn ghi trên tem sớm hơn ngày kiểm định. / The stated end lies before the day of verification.",
    "verified_later": "Ngày kiểm định sau ngày kiểm tra. / The day of verification lies after the visit.",
    "beyond_table": "Lượng danh định vượt bảng lượng thiếu cho phép. / The nominal quantity is beyond the table of T.",
    "no_rule": "Ngày kiểm tra trước khi TT 21/2014 có hiệu lực. / The visit lies before TT 21/2014.",
    "tare_scatters": "Bao bì chênh nhau quá nhiều, không dùng được trung bình: cân lượng thực từng gói. / "
    "The tares scatter too much for a mean: weigh the content of each package.",
    "more_than_sample": "Đã đo nhiều hơn cỡ mẫu: bỏ số đo thừa, hoặc đo toàn bộ lô. / "
    "More packages than the sample: take the extra ones back, or measure the whole lot.",
    "in_the_future": "Ngày chưa tới. / The day has not come yet.",
}


def in_language(code: str, language: str) -> str:
    """The words of a problem in one language."""
    vietnamese, _, english = WORDS[code].partition(" / ")
    return english if language == "en" else vietnamese


def said(code: str) -> str:
    """The words of a problem, Vietnamese first."""
    return WORDS[code]
