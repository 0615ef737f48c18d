"""Samples, measuring instruments and prepackages in the violation summary. Pure.

The verdicts are those of the law in force on the day of the visit; what a phone claimed is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from inspection.reports.facts import InstrumentFact, SampleFact
from inspection.reports.shapes import InstrumentRow, Packages, SampleRow, TestedRow
from inspection.reports.tables import share_string
from inspection.reports.tally import Tally
from inspection.reports.wordlists import OTHER, UNKNOWN
from inspection.reports.wordlists import instruments as kinds_of_instrument

NOT_HELD = frozenset({"expired", "no_evidence", "damaged"})
"""What evidence of verification amounts to when it does not hold: past its last day, not there, or broken."""

PARTS = (("laboratory", "I. Gửi phòng thử nghiệm"), ("quick", "II. Kiểm tra tại chỗ, test nhanh"))
TESTS = (("physicochemical", "Hóa lý"), ("microbiological", "Vi sinh"), (UNKNOWN, "Chưa ghi nhóm chỉ tiêu"))

JUDGED = frozenset({"pass", "fail"})


def samples(tally: Tally) -> list[SampleRow]:
    """Bảng 4 by where a sample was tested, and its total."""
    rows = [
        _samples(part, name, [one for one in tally.samples if line_of(one) == part]) for part, name in PARTS
    ]
    return [*rows, _samples("total", "Tổng số", tally.samples)]


def samples_by_test(tally: Tally) -> list[TestedRow]:
    """The lines of Bảng 4 inside each part: physico-chemical, microbiological, and those whose group nobody recorded,
    where there are any."""
    rows = []
    for part, _ in PARTS:
        for key, name in TESTS:
            found = [
                one for one in tally.samples if line_of(one) == part and (one.tested_for or UNKNOWN) == key
            ]
            if found or key != UNKNOWN:
                rows.append(TestedRow(part=part, **_samples(f"{part}.{key}", name, found)))
    return rows


def line_of(sample: SampleFact) -> str:
    """Whether a sample counts among those of the laboratory or those tested on the spot."""
    return "laboratory" if sample.sent else "quick"


def _samples(key: str, name: str, found: Sequence[SampleFact]) -> SampleRow:
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
