"""What changed between two countings, and which visits changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from inspection.reports.facts import Facts
from inspection.reports.figures import violation_summary
from inspection.reports.register import register
from inspection.reports.revisions import Change, changed, differing, explained
from tests.reports.samples import COMPLAINTS, DISTRICT, FACTS, QUARTER, found, visit


def count(facts: Facts) -> Mapping[str, Any]:
    return violation_summary(facts, QUARTER)


def revision(before: Facts, now: Facts) -> dict[str, Change]:
    return {
        change.name: change for change in explained(changed(count(before), count(now)), before, now, count)
    }


def test_nothing_changed_is_no_revision() -> None:
    assert changed(count(FACTS), count(FACTS)) == []


def test_a_late_fine_names_the_visit_it_was_decided_for() -> None:
    decided = found(7, "5a", "ATTP-18", "nặng", "fine", 4_000_000, "Chủ tịch UBND xã")
    late = replace(
        FACTS, violations=tuple(decided if one.id == decided.id else one for one in FACTS.violations)
    )
    changes = revision(FACTS, late)
    total = changes["Xử phạt: tổng số tiền phạt (đồng)"]
    assert (total.before, total.now, total.visits) == (5_000_000, 9_000_000, ("Cơ sở five, 15/6/2022",))
    assert (
        changes["Kết quả của cơ sở: chưa có quyết định"].now,
        changes["Kết quả của cơ sở: phạt tiền"].now,
    ) == (0, 2)
    assert changes["Xử phạt, theo cơ quan, Chủ tịch UBND xã: số trường hợp phạt tiền"].before is None


def test_each_figure_names_only_the_visits_that_moved_it() -> None:
    late = replace(
        FACTS,
        visits=(*FACTS.visits, visit("2b", "two", date(2022, 9, 1))),
        violations=(*FACTS.violations, found(30, "6a", "NH-03", "nhẹ", "reminder")),
    )
    changes = revision(FACTS, late)
    assert changes["Tổng số: số lượt"].visits == ("Cơ sở two, 01/9/2022",)
    assert changes["Tổng số: số vi phạm"].visits == ("Cơ sở six, 14/7/2022",)
    assert "Tổng số: số cơ sở" not in changes


def test_two_late_visits_to_one_shop_are_both_named_for_the_one_establishment() -> None:
    late = replace(
        FACTS,
        visits=(
            *FACTS.visits,
            visit("8a", "eight", date(2022, 9, 1)),
            visit("8b", "eight", date(2022, 9, 2)),
        ),
    )
    change = revision(FACTS, late)["Tổng số: số cơ sở"]
    assert (change.before, change.now) == (6, 7)
    assert change.visits == ("Cơ sở eight, 01/9/2022", "Cơ sở eight, 02/9/2022")


def test_a_line_of_the_register_that_reads_otherwise_is_a_change() -> None:
    before = register(COMPLAINTS, QUARTER, DISTRICT)
    later = tuple(replace(one, note="Đã bổ sung") if one.register_number == 4 else one for one in COMPLAINTS)
    assert [change.name for change in changed(before, register(later, QUARTER, DISTRICT))] == [
        "Dòng 04/2022 của sổ"
    ]


def test_a_part_that_the_form_has_gained_is_no_change() -> None:
    figures = dict(count(FACTS))
    old = {key: value for key, value in figures.items() if key != "by_risk"}
    assert changed(old, figures) == []
    assert list(differing(old, figures)) == []
    assert next(differing(figures, old)).startswith("by_risk")


def test_differences_are_named_by_their_path() -> None:
    figures = dict(count(FACTS))
    totals = {**figures["totals"], "visits": 80}
    assert list(differing({**figures, "totals": totals}, figures)) == ["totals.visits"]
