"""The two tables that a replay ends with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.replay.compare import CODE, Row
from bench.replay.run import Outcome

EQUAL, DIFFERENT = "=", "≠"
NONE_GIVEN = "(không ghi / none)"
WORDS = {
    "establishments": "cơ sở / establishments",
    "visits": "lượt kiểm tra / visits",
    "with_violation": "có vi phạm / with a violation",
    "without_violation": "không vi phạm / without",
    "violations": "vi phạm / violations",
}
SHORT = {
    "establishments": "cơ sở / est.",
    "visits": "lượt / visits",
    "with_violation": "có / with",
    "without_violation": "không / without",
    "violations": "vi phạm / viol.",
}


def table(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Lines under their heads; the first column to the left, the others to the right."""
    cells = [list(heads), *([str(cell) for cell in line] for line in lines)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(heads))]
    drawn = [
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
        )
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
    """The figures of one period in two columns, then those of its months, then every difference by name."""
    whole = [(_word(row), row.reported, row.counted, _sign(row)) for row in rows if not row.month]
    parts = [table((name, "báo cáo / report", "CSV", ""), whole)]
    months = sorted({row.month for row in rows if row.month})
    kinds = list(dict.fromkeys(row.name for row in rows if row.month and not row.name.startswith(CODE)))
    lines = [[month, *_cells([row for row in rows if row.month == month], kinds)] for month in months]
    heads = ["tháng / month", *(SHORT.get(kind, kind or NONE_GIVEN) for kind in kinds), "10 mã / codes"]
    parts.append(table(heads, lines))
    parts += [
        f"{DIFFERENT} {row.month} {_word(row)}: {row.reported} | {row.counted}"
        for row in rows
        if not row.equal
    ]
    return "\n\n".join(parts)


def _cells(rows: Sequence[Row], kinds: Sequence[str]) -> list[str]:
    """A month's figures, the report's before the files', and how many of its commonest codes agree."""
    by_name = {row.name: row for row in rows}
    codes = [row for row in rows if row.name.startswith(CODE)]
    equal = sum(1 for row in codes if row.equal)
    cells = [_cell(by_name.get(kind, Row(kind, 0, 0))) for kind in kinds]
    return [*cells, f"{equal} {EQUAL if equal == len(codes) else DIFFERENT} {len(codes)}"]


def _cell(row: Row) -> str:
    return f"{row.reported} {_sign(row)} {row.counted}"


def _sign(row: Row) -> str:
    return EQUAL if row.equal else DIFFERENT


def _word(row: Row) -> str:
    return WORDS.get(row.name, row.name or NONE_GIVEN)
