"""The two tables that a replay ends with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.replay.compare import Row
from bench.replay.run import Outcome

EQUAL, DIFFERENT = "=", "≠"


def table(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Lines under their heads; the first column to the left, the others to the right."""
    cells = [list(heads), *([str(cell) for cell in line] for line in lines)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(heads))]
    drawn = [
        "  ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))])
        for line in cells
    ]
    return "\n".join([drawn[0], "─" * len(drawn[0]), *drawn[1:]])


def operations(outcome: Outcome) -> str:
    """What became of the operations."""
    lines: list[tuple[str, object]] = [
        ("đã gửi / operations sent", outcome.sent),
        ("áp dụng / applied", outcome.applied),
        ("gộp / merged", outcome.merged),
        ("xung đột dự kiến / conflicts planned", outcome.planned),
        ("xung đột tìm thấy / conflicts found", outcome.conflicts),
        ("đã chờ / held on the way", outcome.held),
        ("từ chối / rejected", outcome.rejected),
        ("gửi lại / resent", outcome.resent),
        ("đơn vào sổ / petitions entered", outcome.petitions),
    ]
    return table(("Thao tác / Operations", "Số / Number"), lines)


def figures(name: str, rows: Sequence[Row]) -> str:
    """The figures of one period in two columns."""
    lines = [
        (row.name, row.reported, row.counted, EQUAL if row.equal else DIFFERENT)
        for row in rows
    ]
    return table((name, "báo cáo / report", "CSV", ""), lines)
