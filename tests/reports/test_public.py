"""The edition for publication names nobody and hides what points to somebody."""

from __future__ import annotations

from dataclasses import replace

from inspection.documents import pdf
from inspection.documents.model import Document, Table
from inspection.reports.documents import compose
from inspection.reports.documents.public import HIDDEN
from inspection.reports.figures import violation_summary
from tests.reports.samples import CIRCUMSTANCES, COMPLAINTS, QUARTER
from tests.reports.test_lists import RICH

FACTS = replace(RICH, complaints=COMPLAINTS, breaches=(), remedies=RICH.remedies[:1])


def published(*, public: bool = True) -> Document:
    change = compose.ChangedFigure("Tổng số: số lượt", 7, 8, ("Cơ sở one, 10/8/2022",))
    circumstances = replace(CIRCUMSTANCES, public=public, revision=2, changes=(change,))
    return compose.summary(violation_summary(FACTS, QUARTER), circumstances)


def table(document: Document, key: str) -> Table:
    return next(one for one in document.tables() if one.key == key)


def test_no_establishment_is_named() -> None:
    assert any("Cơ sở one" in str(one.rows) for one in published(public=False).tables())
    assert not any("Cơ sở " in str(one.rows) for one in published().tables() if one.names)


def test_a_line_of_few_establishments_keeps_only_how_many_and_no_other_gives_it_away() -> None:
    """Commune A has two, B three, and one is nowhere: A and the one are hidden, B and the total are not."""
    rows = {row[1]: row[2:] for row in table(published(), "Theo địa bàn").rows}
    assert rows["Xã Thanh Hà"] == (2, *[HIDDEN] * 4)
    assert rows["Chưa rõ địa bàn"] == (1, *[HIDDEN] * 4)
    assert rows["Thị trấn Kiện Khê"][0] == 3
    assert HIDDEN not in rows["Thị trấn Kiện Khê"]
    risks = {row[1]: row[2:] for row in table(published(), "Theo nguy cơ").rows}
    assert risks["Nguy cơ trung bình"] == (0, 0, 0, 0, 0)


def test_a_single_small_line_takes_the_next_smallest_along() -> None:
    few = replace(
        FACTS, visits=tuple(one for one in FACTS.visits if one.establishment != FACTS.visits[7].establishment)
    )
    document = compose.summary(violation_summary(few, QUARTER), replace(CIRCUMSTANCES, public=True))
    rows = {row[1]: row[2:] for row in table(document, "Theo địa bàn").rows}
    assert HIDDEN in rows["Xã Thanh Hà"]
    assert HIDDEN in rows["Thị trấn Kiện Khê"]


def test_petitions_are_counted_only_when_they_are_many() -> None:
    document = published()
    text = " ".join(str(block) for block in document.blocks)
    assert "Trong kỳ tiếp nhận 3 đơn" in text
    assert pdf.render(document)
