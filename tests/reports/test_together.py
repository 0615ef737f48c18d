"""The figures of several jurisdictions as those of one: counted apart and added, they are those of the whole."""

from __future__ import annotations

import gc
import json
import uuid
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from config.extensions import snapshot
from inspection.reports import counting, queries
from inspection.reports.facts import Facts
from inspection.reports.figures import violation_summary
from inspection.reports.shapes import Figures, canonical
from inspection.reports.together import together
from tests.reports.conftest import QUARTER as QUARTER_OF_THE_DISTRICT
from tests.reports.conftest import District
from tests.reports.samples import COMPLAINTS, DISTRICT, FACTS, QUARTER, visit
from tests.reports.test_commands import PERIOD, run
from tests.world import World


def elsewhere(value: Any) -> Any:
    """The same in another district: every record is another one."""
    if isinstance(value, uuid.UUID):
        return uuid.uuid5(value, "elsewhere")
    if isinstance(value, tuple | frozenset):
        return type(value)(elsewhere(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: elsewhere(getattr(value, one.name)) for one in fields(value)})
    return value


def both(one: Facts, other: Facts) -> Facts:
    """The facts of two districts as if they were one."""
    lists: dict[str, Any] = {
        field.name: (*getattr(one, field.name), *getattr(other, field.name))
        for field in fields(Facts)
        if isinstance(getattr(one, field.name), tuple)
    }
    lists["agency_names"] = tuple(sorted(lists["agency_names"], key=lambda pair: (pair[1], pair[0])))
    return replace(one, **lists)


def plain(figures: Figures) -> dict[str, Any]:
    """Without what only a single district has: what moved most, the order of the campaigns' first visits, its name."""
    kept: dict[str, Any] = json.loads(canonical({**figures, "drivers": []}))
    for part in ("by_campaign", "campaign_results"):
        kept[part].sort(key=lambda row: row["key"])
    del kept["jurisdiction"]
    return kept


def test_what_is_counted_in_parts_is_what_is_counted_as_one() -> None:
    here = replace(FACTS, complaints=COMPLAINTS)
    there = elsewhere(replace(here, visits=(*here.visits[2:], visit("9a", "one", QUARTER.last, "quality"))))
    parts = [violation_summary(facts, QUARTER, part=True) for facts in (here, there)]
    whole = violation_summary(both(here, there), QUARTER)
    assert whole["totals"]["visits"] == 15
    assert plain(together(parts, DISTRICT)) == plain(whole)


def test_districts_are_added_as_the_database_has_them(
    busy: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read one after the other. A shop that nobody visited is counted without being read, and one recorded
    twice is one."""
    monkeypatch.setattr(counting, "AT_ONCE", 1)
    world, other = busy.world, District(World(busy.app))
    other.visit(other.world.establishment("Bên kia sông"), "2022-07-01")
    for district in (busy, other):
        district.world.establishment("Không ai đến", establishment_type="catering")
        shop = district.world.establishment("Hai lần")
        repeat = district.world.establishment("Hai lần", merged_into=str(shop))
        for place, day in ((shop, "2022-07-02"), (repeat, "2022-08-02"), (shop, "2021-07-02")):
            district.violation(district.visit(place, day), due_on="2022-09-01")
        district.complaint("2022-07-01")
    with busy.app.app_context(), snapshot() as session:
        single = queries.summary_facts(session, world.jurisdiction, QUARTER_OF_THE_DISTRICT)
        alone = counting.figures_together(session, [world.jurisdiction], QUARTER_OF_THE_DISTRICT)
        assert plain(alone) == plain(violation_summary(single, QUARTER_OF_THE_DISTRICT))
    code, output = run(busy, "together", PERIOD)
    assert code == 0, output
    nation: Figures = json.loads(output)
    assert nation["jurisdiction"]["name"] == "2 địa bàn"
    totals = nation["totals"]
    assert (totals["visits"], totals["establishments"], totals["establishments_registered"]) == (8, 5, 7)
    assert (totals["violations"], nation["overdue_remedies"]["count"]) == (6, 6)
    assert nation["petitions"]["totals"]["received"] == 2
    code, output = run(busy, "together", PERIOD, "--jurisdiction", str(other.world.jurisdiction))
    assert (code, json.loads(output)["totals"]["visits"]) == (0, 3)
    assert run(busy, "together", json.dumps({"kind": "campaign", "campaign": str(busy.campaign)}))[0] == 1
    assert gc.isenabled(), "the search for circles goes on when the counting is over"
