"""What can be wrong with the meaning of the catalogue's workbook, as (Vietnamese, English)."""

from __future__ import annotations

from inspection.checklists.workbook.words import WORDS as CHECKLISTS

WORDS: dict[str, tuple[str, str]] = {
    **{name: CHECKLISTS[name] for name in ("empty", "bad_name", "repeated_name", "unknown_word")},
    "amount": (
        "“{text}” không phải số tiền: chỉ ghi số nguyên bằng đồng, không kèm chữ hay đơn vị.",
        "“{text}” is no amount: write whole dong as digits, without words or units.",
    ),
    "times": ("“{text}” không phải số lần.", "“{text}” is no multiple."),
    "day": ("“{text}” không phải ngày.", "“{text}” is no day."),
    "backwards": ("Nhỏ hơn giá trị “từ” ({low}).", "Less than where it begins ({low})."),
    "payer": (
        "Có mức phạt thì phải ghi mức ấy tính cho ai: {known}.",
        "An amount needs the payer it is stated for: {known}.",
    ),
    "long": ("Dài quá {most} ký tự.", "Longer than {most} characters."),
    "no_such_act": ("Trang acts không có mã “{name}”.", "The sheet acts has no code “{name}”."),
    "other_version": (
        "Dòng này lấy từ phiên bản khác của hành vi (đang hiệu lực từ {expected}). Hãy tải lại tệp Excel.",
        "This row is of another version of the act (the one in force begins on {expected}). Download it again.",
    ),
    "still_raised": (
        "Không bỏ được “{name}”: bảng kiểm {code} còn dẫn tới hành vi này.",
        "“{name}” cannot go: the checklist {code} still leads to it.",
    ),
    "no_acts": ("Danh mục chưa có hành vi nào.", "The catalogue has no act."),
}
