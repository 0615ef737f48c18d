"""The phone's rules and the server's give the same judgement, key for key, on random checks and at every boundary.

One Node process answers all the cases of a test: they are gathered first and compared afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.measurement.judging import instrument_judgement, package_judgement
from inspection.measurement.tables import table
from inspection.measurement.units import Unit

ROOT = Path(__file__).resolve().parents[2]
RULES = {"package_check": package_judgement, "instrument_check": instrument_judgement}
Case = dict[str, Any]

UNITS = st.sampled_from([str(unit) for unit in Unit])
DAYS = st.one_of(
    st.dates(date(2013, 1, 1), date(2030, 12, 31)),
    st.integers(-40, 40).map(lambda days: date(2026, 4, 15) + timedelta(days=days)),
).map(date.isoformat)
DECIMALS = st.one_of(
    st.integers(0, 60_000).map(str),
    st.decimals(0, 60_000, places=3, allow_nan=False, allow_infinity=False).map(lambda one: format(one, "f")),
)


@st.composite
def package_checks(draw: st.DrawFn) -> Case:
    """Packages around their label, at the limits T and 2T more often than chance would have it."""
    nominal = draw(
        st.sampled_from(["5", "50", "101", "200", "333.3", "500", "1001", "5000", "15001", "60000"])
    )
    unit = draw(st.sampled_from(["g", "g", "ml", "ml", "kg", "item", "m", "m2"]))
    known = package_judgement({"nominal": nominal, "nominal_unit": unit, "lot_size": 9}, date(2026, 1, 1))
    marks = [nominal, *(known[name] for name in ("limit_t", "limit_2t") if name in known and unit != "kg")]
    weight = st.tuples(st.sampled_from(marks), st.integers(-200, 200)).map(
        lambda pair: _moved(pair[0], pair[1]) if unit != "item" else pair[0]
    )
    size = draw(st.sampled_from([0, 1, 3, 10, 49, 50, 51, 80]))
    return {
        "kind": "package_check",
        "day": draw(DAYS),
        "fields": {
            "nominal": nominal,
            "nominal_unit": unit,
            "reading_unit": draw(st.one_of(st.none(), st.just(unit), UNITS)),
            "lot_size": draw(st.sampled_from([1, 3, 10, 50, 99, 100, 500, 501, 3200, 3201, 100_001])),
            "weights": draw(st.lists(weight, min_size=size, max_size=size)),
            "tares": draw(st.one_of(st.none(), st.lists(DECIMALS, max_size=3), st.just(["1", "1.1", "1.3"]))),
        },
    }


@st.composite
def instrument_checks(draw: st.DrawFn) -> Case:
    """Instruments with dates around the change of cycles, and readings around what they may err."""
    known = [entry["id"] for entry in table("instruments")["instruments"]]
    loads = draw(st.lists(st.sampled_from(["0.4", "1", "2.5", "7", "10", "50", "1000", "0"]), max_size=4))
    shown = [_moved(load, draw(st.integers(-700, 700))) for load in loads]
    return {
        "kind": "instrument_check",
        "day": draw(DAYS),
        "fields": {
            "instrument": draw(
                st.sampled_from([*known, "spring_scale", "table_scale", "fuel_dispenser", "other"])
            ),
            "evidence": draw(st.sampled_from([None, "sticker", "mark", "certificate", "none", "damaged"])),
            "verified_on": draw(st.one_of(st.none(), DAYS)),
            "stated_until": draw(st.one_of(st.none(), DAYS)),
            "capacity": draw(st.sampled_from([None, "5", "10", "60", "10000"])),
            "division": draw(st.sampled_from([None, "2", "20", "50", "200"])),
            "accuracy_class": draw(st.sampled_from([None, "I", "II", "III", "IIII"])),
            "side": draw(st.sampled_from([None, "seller", "buyer"])),
            "reading_unit": draw(st.sampled_from(["kg", "kg", "g", "l", None])),
            "references": loads,
            "indications": shown[: draw(st.sampled_from([len(shown), len(shown), 1]))],
        },
    }


def _moved(value: str, thousandths: int) -> str:
    whole = round(float(value) * 1000) + thousandths
    return f"{max(whole, 0) // 1000}.{max(whole, 0) % 1000:03d}"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The phone's rules as one file that Node runs."""
    folder = tmp_path_factory.mktemp("judging")
    vite = ROOT / "phone" / "node_modules" / "vite" / "bin" / "vite.js"
    build = ["build", "--config", "vite.driver.config.ts", "--ssr", "tests/judging_driver.ts", "--outDir"]
    subprocess.run(
        [_node(), str(vite), *build, str(folder), "--logLevel", "error", "--emptyOutDir"],
        cwd=ROOT / "phone",
        check=True,
    )
    return folder / "judging_driver.js"


def _node() -> str:
    return str(ROOT / ".venv" / "bin" / "node") if (ROOT / ".venv" / "bin" / "node").exists() else "node"


def answers(driver: Path, cases: Sequence[Case]) -> list[Case]:
    """What the phone's rules say to each case."""
    lines = "\n".join(json.dumps(case) for case in cases)
    done = subprocess.run(
        [_node(), str(driver)], input=lines, capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def gathered(strategy: st.SearchStrategy[Case], count: int) -> list[Case]:
    """Cases of a strategy, the same ones each time."""
    cases: list[Case] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(case: Case) -> None:
        cases.append(case)

    gather()
    return cases


@pytest.mark.parametrize(
    ("strategy", "enough"),
    [
        (package_checks(), {"pass", "fail", "incomplete", "unusable"}),
        (instrument_checks(), {"pass", "fail", "incomplete", "unusable"}),
    ],
    ids=["packages", "instruments"],
)
def test_the_phone_and_the_server_judge_alike(
    driver: Path, strategy: st.SearchStrategy[Case], enough: set[str]
) -> None:
    cases = gathered(strategy, 600)
    own = [RULES[case["kind"]](case["fields"], date.fromisoformat(case["day"])) for case in cases]
    theirs = answers(driver, cases)
    assert len(theirs) == len(cases)
    for case, here, there in zip(cases, own, theirs, strict=True):
        assert here == there, case
    assert {judgement["verdict"] for judgement in own} == enough
