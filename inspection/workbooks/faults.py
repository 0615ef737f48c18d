"""What can be wrong with a workbook, said with the sheet and the cell, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.errors import Language

WORDS: dict[str, tuple[str, str]] = {
    "not_a_workbook": (
        "Tệp không phải sổ tính .xlsx đọc được.",
        "The file is not an .xlsx workbook that can be read.",
    ),
    "old_workbook": (
        "Tệp thuộc định dạng Excel 97–2003 (.xls). Hãy mở trong Excel và lưu lại thành .xlsx.",
        "The file is in the format of Excel 97–2003 (.xls). Open it in Excel and save it as .xlsx.",
    ),
    "too_large": (
        "Sổ tính lớn hơn mức cho phép ({largest} MB sau khi giải nén).",
        "The workbook is larger than the limit ({largest} MB unpacked).",
    ),
    "too_many_sheets": ("Quá {most} trang tính.", "More than {most} sheets."),
    "too_many_rows": ("Quá {most} dòng.", "More than {most} rows."),
    "too_many_columns": ("Quá {most} cột.", "More than {most} columns."),
    "formula": (
        "Ô chứa công thức. Hãy dán giá trị thay cho công thức.",
        "The cell holds a formula. Paste its value instead.",
    ),
    "merged": ("Các ô bị gộp. Hãy bỏ gộp ô.", "Cells are merged. Unmerge them."),
    "error_value": ("Ô báo lỗi ({value}).", "The cell shows an error ({value})."),
    "too_long": ("Nội dung dài quá {most} ký tự.", "The text is longer than {most} characters."),
    "control_character": (
        "Ô chứa ký tự điều khiển không đọc được.",
        "The cell holds control characters.",
    ),
    "no_header": (
        "Cột {name} có nội dung nhưng không có tên ở dòng đầu.",
        "Column {name} has content but no name in the first row.",
    ),
    "missing_sheet": ("Thiếu trang tính “{name}”.", "The sheet “{name}” is missing."),
    "missing_column": ("Thiếu cột “{name}”.", "The column “{name}” is missing."),
    "unknown_column": ("Không có cột tên “{name}”.", "There is no column named “{name}”."),
    "repeated_column": ("Cột “{name}” có hai lần.", "The column “{name}” stands twice."),
}
"""Words of the faults that any workbook can have, by code, as (Vietnamese, English). An import has words of its own
for faults of meaning."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``cell`` is its address ("B7", "B7:C9"), a row ("7:7") or empty for the whole sheet; ``words`` are
    (Vietnamese, English) with places for ``values``."""

    words: tuple[str, str]
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """What is wrong, without the place."""
        return self.words[1 if language == "en" else 0].format_map(self.values)

    @property
    def place(self) -> str:
        """Sheet and cell as Excel writes them: ``survey!B7``."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


def fault(code: str, sheet: str = "", cell: str = "", **values: object) -> Fault:
    """The fault ``code`` of :data:`WORDS`."""
    return Fault(WORDS[code], sheet, cell, values)


class WorkbookError(Exception):
    """A workbook is refused; ``faults`` holds everything that was found, in the order of the sheets."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{each.place}: {each.message('en')}" for each in faults[:5]))
        self.faults = tuple(faults)
