"""Conditions mean the same on the phone and on the server, and nothing outside the subset is taken."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.checklists.expressions import ExpressionError, bounds, holds, parse

ROOT = Path(__file__).resolve().parents[2]
VECTORS = json.loads((Path(__file__).parent / "expressions.json").read_text(encoding="utf-8"))
REFUSED = "refused"

TEXTS = st.sampled_from(["", "food", "5", "5.0", "-3", "2026-01-22", "2026-02-30", "a b", "phở", "0"])
REFERENCES = st.sampled_from(["a", "b", "NH-C01"]).map(lambda name: f"${{{name}}}") | st.just(".")
OPERANDS = st.one_of(
    REFERENCES,
    TEXTS.map(lambda text: f"'{text}'"),
    st.sampled_from(["0", "5", "-3", "5.5", "today()", "true()", "false()"]),
    st.tuples(REFERENCES, TEXTS).map(lambda pair: f"selected({pair[0]}, '{pair[1]}')"),
    REFERENCES.map(lambda one: f"string-length({one})"),
)
CONDITIONS = st.recursive(
    st.tuples(OPERANDS, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), OPERANDS).map(" ".join)
    | OPERANDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda all_: "(" + " and ".join(all_) + ")"),
        st.lists(inner, min_size=2, max_size=3).map(lambda all_: "(" + " or ".join(all_) + ")"),
        inner.map(lambda one: f"not({one})"),
    ),
    max_leaves=6,
)
RUBBISH = st.text(alphabet="${}()'\"=<>!.,-ab01 \t\n\u00a0ă", max_size=25)
CASES = st.fixed_dictionaries(
    {
        "text": CONDITIONS | RUBBISH,
        "answers": st.dictionaries(st.sampled_from(["a", "b", "NH-C01"]), TEXTS),
        "own": TEXTS,
        "today": st.sampled_from(["2026-01-22", "1970-01-01"]),
    }
)


def judged(case: dict[str, Any]) -> bool | str:
    try:
        return holds(case["text"], case["answers"], case["own"], date.fromisoformat(case["today"]))
    except ExpressionError:
        return REFUSED


@pytest.mark.parametrize(("text", "expected"), VECTORS["holds"])
def test_a_condition_holds_or_not(text: str, expected: bool) -> None:
    assert judged({**VECTORS, "text": text}) is expected


@pytest.mark.parametrize("text", VECTORS["refused"])
def test_what_lies_outside_the_subset_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_a_deep_or_endless_condition_is_refused_without_exhausting_the_stack() -> None:
    for text in ("(" * 5000 + "1" + ")" * 5000, "not(" * 1000, "1 or " * 1000 + "1", "(" * 400):
        with pytest.raises(ExpressionError):
            parse(text)


def test_bounds_are_read_where_a_constraint_is_a_plain_range() -> None:
    assert bounds(". >= 0 and . <= 100.5") == (0.0, 100.5)
    assert bounds(". >= 0 or . <= 100") == (None, None)
    assert bounds("${a} >= 0") == (None, None)


def test_the_phone_and_the_server_agree_on_every_vector_and_on_random_conditions(tmp_path: Path) -> None:
    cases: list[dict[str, Any]] = [
        {**{key: VECTORS[key] for key in ("answers", "own", "today")}, "text": text}
        for text in [*(text for text, _ in VECTORS["holds"]), *VECTORS["refused"]]
    ]

    @settings(
        max_examples=600,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES)
    def gather(case: dict[str, Any]) -> None:
        cases.append(case)

    gather()
    assert [judged(case) for case in cases] == on_the_phone(cases, tmp_path)


def on_the_phone(cases: list[dict[str, Any]], folder: Path) -> list[bool | str]:
    phone = ROOT / "phone"
    node = ROOT / ".venv" / "bin" / "node"
    runner = str(node) if node.exists() else "node"
    vite = phone / "node_modules" / "vite" / "bin" / "vite.js"
    build = ["build", "--config", "vite.driver.config.ts", "--ssr", "tests/expressions_driver.ts", "--outDir"]
    subprocess.run(
        [runner, str(vite), *build, str(folder), "--logLevel", "error", "--emptyOutDir"],
        cwd=phone,
        check=True,
    )
    lines = "\n".join(json.dumps(case) for case in cases)
    done = subprocess.run(
        [runner, str(folder / "expressions_driver.js")],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
