"""What can be wrong with the meaning of a checklist's workbook, as (Vietnamese, English)."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "empty": ("Ô này không được để trống.", "This cell must not be empty."),
    "bad_name": (
        "Mã “{name}” không dùng được: bắt đầu bằng chữ, chỉ gồm chữ không dấu, số, “-”, “_”, “.”, tối đa 50 ký tự.",
        "The name “{name}” cannot be used: a letter first; plain letters, digits, “-”, “_”, “.” only; at most 50.",
    ),
    "repeated_name": ("Mã “{name}” đã có ở dòng trên.", "The name “{name}” stands above already."),
    "unknown_type": (
        "Không có kiểu câu hỏi “{word}”. Các kiểu dùng được: {known}.",
        "There is no question type “{word}”. Types that may be used: {known}.",
    ),
    "unknown_list": ("Trang choices không có danh sách “{name}”.", "The sheet choices has no list “{name}”."),
    "result_list": (
        "Danh sách pass_fail_na phải có đúng các mã: {names}.",
        "The list pass_fail_na must have exactly the names: {names}.",
    ),
    "unknown_word": (
        "Không hiểu “{word}”. Dùng một trong: {known}.",
        "“{word}” is not known. Use one of: {known}.",
    ),
    "unknown_act": (
        "Danh mục hành vi vi phạm không có mã “{act}” vào hôm nay.",
        "The violation catalogue has no act “{act}” today.",
    ),
    "nested_group": ("Nhóm nằm trong nhóm không dùng được.", "A group within a group cannot be used."),
    "group_not_open": ("end_group mà không có begin_group.", "An end_group without its begin_group."),
    "group_not_closed": ("Nhóm “{name}” thiếu end_group.", "The group “{name}” has no end_group."),
    "expression": (
        "Biểu thức nằm ngoài phần được hỗ trợ, từ ký tự thứ {at}: “{near}”.",
        "The expression is outside the supported subset, from character {at}: “{near}”.",
    ),
    "own_answer": (
        "Điều kiện hiển thị (relevant) không được dùng dấu “.”.",
        "A condition for showing (relevant) cannot use “.”.",
    ),
    "not_above": (
        "Điều kiện nhắc tới “{name}”, nhưng không có câu hỏi nào ở phía trên mang mã đó.",
        "The condition speaks of “{name}”, but no question above has that name.",
    ),
    "too_many_items": (
        "Bảng kiểm quá lớn: tối đa {most} câu hỏi và 58 KB nội dung.",
        "The checklist is too large: at most {most} questions and 58 KB of content.",
    ),
    "no_items": ("Bảng kiểm chưa có câu hỏi nào.", "The checklist has no question."),
    "other_checklist": (
        "form_id là “{code}”, không phải bảng kiểm đang sửa (“{expected}”).",
        "form_id is “{code}”, not the checklist being changed (“{expected}”).",
    ),
    "other_domain": (
        "Lĩnh vực của bảng kiểm không đổi được (đang là “{expected}”).",
        "The domain of a checklist cannot be changed (it is “{expected}”).",
    ),
}
