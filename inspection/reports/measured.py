"""Samples, measuring instruments and prepackages in the violation summary. Pure.

The verdicts are those of the law in force on the day of the visit; what a phone claimed is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable

from inspection.reports.facts import InstrumentFact, SampleFact
from inspection.reports.shapes import InstrumentRow, Packages, SampleRow
from inspection.reports.tables import share_string
from inspection.reports.tally import Tally
from inspection.reports.wordlists import OTHER
from inspection.reports.wordlists import instruments as kinds_of_instrument

NOT_HELD = frozenset({"expired", "no_evidence", "damaged"})
"""What evidence of verification amounts to when it does not hold: past its last day, not there, or broken."""

JUDGED = frozenset({"pass", "fail"})


def samples(tally: Tally) -> list[SampleRow]:
    """Bảng 4. The template splits each line into physico-chemical and microbiological tests; which of the two an
    indicator belongs to is not recorded, so the lines stand unsplit."""
    rows = [
        _samples("laboratory", "I. Gửi phòng thử nghiệm", tally, lambda one: line_of(one) == "laboratory"),
        _samples("quick", "II. Kiểm tra tại chỗ, test nhanh", tally, lambda one: line_of(one) == "quick"),
    ]
    return [*rows, _samples("total", "Tổng số", tally, lambda _: True)]


def line_of(sample: SampleFact) -> str:
    """Whether a sample counts among those of the laboratory or those tested on the spot."""
    return "laboratory" if sample.sent else "quick"


def _samples(key: str, name: str, tally: Tally, chosen: Callable[[SampleFact], bool]) -> SampleRow:
    found = [one for one in tally.samples if chosen(one)]
    passed = sum(1 for one in found if one.result == "pass")
    failed = sum(1 for one in found if one.result == "fail")
    return SampleRow(
        key=key,
        name_vi=name,
        total=len(found),
        passed=passed,
        failed=failed,
        pending=len(found) - passed - failed,
        share=share_string(failed, passed + failed),
    )


def instruments(tally: Tally) -> list[InstrumentRow]:
    """Instruments by kind, those that were checked, in the order of the list of instruments; the total last."""
    rows = []
    for word in kinds_of_instrument():
        found = [one for one in tally.instruments if kind_of(one) == word.key]
        if found:
            rows.append(_instruments(word.key, word.name_vi, found))
    return [*rows, _instruments("total", "Tổng số", tally.instruments)]


def kind_of(instrument: InstrumentFact) -> str:
    """The line an instrument counts in: its kind, ``other`` where the list of instruments does not have it."""
    known = any(word.key == instrument.instrument for word in kinds_of_instrument())
    return instrument.instrument if known else OTHER


def _instruments(key: str, name: str, found: list[InstrumentFact]) -> InstrumentRow:
    return InstrumentRow(
        key=key,
        name_vi=name,
        checked=len(found),
        expired=sum(1 for one in found if one.evidence in NOT_HELD),
        out_of_tolerance=sum(1 for one in found if one.out_of_tolerance),
        unjudged=sum(1 for one in found if one.verdict not in JUDGED),
    )


def packages(tally: Tally) -> Packages:
    """Lots of prepackages by verdict."""
    found = tally.packages
    passed = sum(1 for one in found if one.verdict == "pass")
    failed = sum(1 for one in found if one.verdict == "fail")
    return Packages(checked=len(found), passed=passed, failed=failed, unjudged=len(found) - passed - failed)
