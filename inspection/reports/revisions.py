"""What a later revision of a report says has changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Change = tuple[str, int, int]
"""The name of a figure as the document words it, its value in the revision before, and now."""

COMPARED: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "violation_summary": (
        ("số lượt kiểm tra", ("totals", "visits")),
        ("số lượt có vi phạm", ("totals", "visits_with_violation")),
        ("số cơ sở được kiểm tra", ("totals", "establishments")),
        ("số cơ sở có vi phạm", ("totals", "establishments_with_violation")),
        ("số vi phạm", ("totals", "violations")),
        ("số trường hợp phạt tiền", ("penalties", "fines")),
        ("tổng số tiền phạt (đồng)", ("penalties", "fines_total")),
        ("số đơn", ("petitions", "totals", "total")),
        ("số nội dung chưa thống nhất", ("open_conflicts", "count")),
    ),
    "complaint_register": (
        ("số đơn kỳ trước chuyển sang", ("totals", "carried_over")),
        ("số đơn tiếp nhận", ("totals", "received")),
        ("số đơn đã xử lý xong", ("totals", "finished")),
        ("số đơn đang xử lý", ("totals", "in_hand")),
        ("số đơn quá hạn", ("totals", "late")),
    ),
}


def changes(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The heads of a report of ``kind`` that differ between two revisions."""
    found = []
    for name, path in COMPARED[kind]:
        old, new = _at(before, path), _at(after, path)
        if old != new:
            found.append((name, old, new))
    return found


def _at(figures: Mapping[str, Any], path: tuple[str, ...]) -> int:
    value: Any = figures
    for step in path:
        value = value[step]
    return int(value)
