"""A complaint register of 100,000 lines as a workbook: how fast its lines are written, and in what memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench.nation.compiling import in_a_process
from inspection.documents import xlsx
from inspection.reports.documents import compose
from inspection.reports.facts import ComplaintFact, Jurisdiction
from inspection.reports.periods import PeriodKind, legal
from inspection.reports.register import RegisterFigures, register

LINES = 100_000
YEAR = legal(PeriodKind.YEAR, 2026)


def measure() -> Iterator[str]:
    """The figures as lines."""
    figures, whole = in_a_process(counted, LINES), in_a_process(printed, LINES)
    yield f"a register of {LINES:,} lines as a workbook"
    yield f"  its figures alone: {figures.peak:4.0f} MiB, with the workbook: {whole.peak:4.0f} MiB"
    yield f"  {LINES / max(whole.seconds - figures.seconds, 0.01):,.0f} lines/s written"


def counted(lines: int) -> RegisterFigures:
    """The figures of a register: its lines are part of them."""
    days = (YEAR.last - YEAR.first).days
    facts = [
        ComplaintFact(
            UUID(int=number), "complaint", "desk", YEAR.first + timedelta(number * days // lines), "food_safety",
            f"Phản ánh về chất lượng hàng hóa số {number}", "received", register_number=number + 1,
            register_year=2026, subject_name=f"Cơ sở {number % 500}", petitioner_type="one",
        )
        for number in range(lines)
    ]  # fmt: skip
    return register(facts, YEAR, Jurisdiction(UUID(int=0), "Thanh Liêm", "351", "district"))


def printed(lines: int) -> None:
    """The workbook of these figures."""
    circumstances = compose.Circumstances(
        report=str(UUID(int=1)), revision=1, checkpoint="0" * 64, taken_at=datetime(2026, 12, 15, tzinfo=UTC)
    )
    assert xlsx.render(compose.complaint_register(counted(lines), circumstances)).startswith(b"PK")
