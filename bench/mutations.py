"""``make mutations``: the wrong ways that lose, double or hide a value, each built in, each found by a named test.

Every mutation is a patch of a copy of the tree. First the named tests pass there as they are; then each mutation is
put in, its tests must fail, and it is taken out again. A patch that no longer fits fails the command: the claim is
about the code as it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bin.install import ROOT, phone_environment

PARTS = ("bench", "bin", "config", "inspection", "migrations", "sync", "tasks", "tests")
FILES = ("pyproject.toml", "wsgi.py", ".flaskenv", "requirements.txt")
UNMET = re.compile(r"AssertionError|^E +assert ", re.MULTILINE)
INTERLEAVING = "tests/sync/test_interleaving.py::test_"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One wrong way: ``patches`` are (file, as it is, as it would be); ``check`` must fail with them."""

    name: str
    patches: Sequence[tuple[str, str, str]]
    check: Sequence[str]

    @property
    def test(self) -> str:
        """The check in short."""
        return self.check[-1].rpartition("::")[2]


def pytest(*tests: str) -> list[str]:
    """A run of named tests."""
    return [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *tests]


def properties(seed: int) -> list[str]:
    """A run of the property test."""
    words = ["--no-shrink", "--examples", "300", "--seed", str(seed)]
    return [sys.executable, "-m", "bench.torture.properties", *words]


MUTATIONS = (
    Mutation(
        "a bare sequence instead of the counter row",
        [
            ("inspection/journal/store.py", "            .with_for_update()\n", ""),
            ("inspection/journal/batch.py", "import os\n", "import itertools\nimport os\n"),
            (
                "inspection/journal/batch.py",
                "\n@dataclass(slots=True)\nclass Loaded:",
                "\nSEQUENCE = itertools.count(1000)\n\n\n@dataclass(slots=True)\nclass Loaded:",
            ),
            ("inspection/journal/batch.py", "seq = head.seq + 1", "seq = next(SEQUENCE)"),
        ],
        pytest(
            INTERLEAVING + "a_writer_that_is_slow_to_commit_is_not_overtaken_by_a_later_number[postgresql]"
        ),
    ),
    Mutation(
        "the counter row locked last",
        [
            (
                "inspection/journal/submit.py",
                "    heads = store.lock_scopes(",
                "    records = store.load_records(session, _named(good))\n    heads = store.lock_scopes(",
            ),
            (
                "inspection/journal/submit.py",
                "records=store.load_records(session, _named(good))",
                "records=records",
            ),
        ],
        pytest(
            INTERLEAVING
            + "a_writer_that_is_slow_between_reading_and_writing_decides_on_nothing_stale[postgresql]"
        ),
    ),
    Mutation(
        "the answer before the commit",
        [
            (
                "sync/push.py",
                "    try:\n        with write() as session:\n            results = _submit_all",
                (
                    "    results: list[Result] = []\n"
                    "    try:\n        with write() as session:\n            results = _submit_all"
                ),
            ),
            (
                "sync/push.py",
                "        results = [Result(_id_of(",
                "        results = results or [Result(_id_of(",
            ),
        ],
        pytest(
            INTERLEAVING + "a_commit_that_fails_is_answered_retry_and_the_same_request_succeeds_later[sqlite]"
        ),
    ),
    Mutation(
        "receipts unchecked",
        [
            (
                "inspection/journal/judge.py",
                "        given = self.batch.answered.get(operation.id)\n        if given is not None and (",
                "        given = None\n        if given is not None and (",
            )
        ],
        pytest(
            "tests/sync/test_push.py::test_an_identical_resend_gets_the_stored_answer_and_makes_no_second_entry"
        ),
    ),
    Mutation(
        "the base stamped at send, in the app",
        [
            (
                "phone/src/sync/push.ts",
                "    const batch = cutBatch(rows, limit);",
                (
                    "    for (const row of rows) {\n"
                    "      const pulled = await context.database.records.get(row.record);\n"
                    '      row.body = JSON.stringify({ ...JSON.parse(row.body), base: pulled?.version ?? "0" });\n'
                    "    }\n"
                    "    const batch = cutBatch(rows, limit);"
                ),
            )
        ],
        ["node_modules/.bin/vitest", "run", "tests/frozen.test.ts"],
    ),
    Mutation(
        "the base stamped at send, in the model",
        [
            (
                "tests/sync/stateful/phone.py",
                '        return (\'{"operations": [',
                (
                    "        for row in batch:\n"
                    '            pulled = self.store.records.get(row.operation["record"])\n'
                    '            base = pulled["version"] if pulled else "0"\n'
                    '            row.body = json.dumps({**row.operation, "base": base})\n'
                    '        return (\'{"operations": ['
                ),
            )
        ],
        properties(1),
    ),
    Mutation(
        "only the last writer kept",
        [("inspection/journal/merge.py", "writers=_joined(stored.writers, device)", "writers=(device,)")],
        pytest("tests/journal/test_merge.py"),
    ),
    Mutation(
        "only the last writer kept, seen from outside",
        [("inspection/journal/merge.py", "writers=_joined(stored.writers, device)", "writers=(device,)")],
        properties(1),
    ),
    Mutation(
        "a pull without a snapshot",
        [("config/extensions.py", '{"isolation_level": "REPEATABLE READ"}', "{}")],
        pytest(
            INTERLEAVING + "a_pull_shows_one_moment_although_others_write_between_its_statements[postgresql]"
        ),
    ),
    Mutation(
        "a decision of the office without the scope's lock",
        [
            (
                "inspection/journal/desk.py",
                "        store.lock_scopes(session, [scope], ())",
                "        store.generations(session)",
            )
        ],
        pytest(
            INTERLEAVING
            + "what_the_office_dismisses_while_its_visit_arrives_is_dismissed_or_entered_never_both"
            + "[postgresql-office]"
        ),
    ),
)


def copy_tree(target: Path) -> None:
    """A copy of everything that the checks need; the phone's packages are only linked."""
    unwanted = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part, ignore=unwanted)
    shutil.copytree(ROOT / "phone", target / "phone", ignore=unwanted)
    (target / "phone" / "node_modules").symlink_to(ROOT / "phone" / "node_modules")
    for name in FILES:
        shutil.copy2(ROOT / name, target / name)


def passes(check: Sequence[str], tree: Path) -> tuple[bool, str]:
    """Whether a check passes in ``tree``, and the end of what it printed.

    :raises RuntimeError: when it fails otherwise than by an expectation that is not met.
    """
    folder = tree / "phone" if check[0].startswith("node_modules") else tree
    done = subprocess.run(
        check, cwd=folder, env=phone_environment(), capture_output=True, text=True, check=False, timeout=600
    )
    said = (done.stdout + done.stderr)[-4000:]
    if done.returncode and not UNMET.search(done.stdout + done.stderr):
        raise RuntimeError(f"{' '.join(check)} broke:\n{said}")
    return done.returncode == 0, said


def put_in(mutation: Mutation, tree: Path) -> dict[Path, str]:
    """Patch ``tree``; the files as they were.

    :raises ValueError: when a patch does not fit exactly once.
    """
    before: dict[Path, str] = {}
    for name, old, new in mutation.patches:
        path = tree / name
        text = path.read_text()
        before.setdefault(path, text)
        if text.count(old) != 1:
            raise ValueError(f"{mutation.name}: the patch of {name} fits {text.count(old)} times")
        path.write_text(text.replace(old, new))
    return before


def main() -> int:
    """Show that each mutation is found; 0 when all are."""
    survived = 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as name:
        tree = Path(name)
        copy_tree(tree)
        for check in {tuple(each.check): None for each in MUTATIONS if "--seed" not in each.check}:
            sound, said = passes(check, tree)
            if not sound:
                sys.exit(f"fails without any mutation: {' '.join(check)}\n{said}")
        print(f"{'mutation':<46}{'found':>7}{'seconds':>9}  by")
        for mutation in MUTATIONS:
            before, began = put_in(mutation, tree), time.monotonic()
            sound, _ = passes(mutation.check, tree)
            for path, text in before.items():
                path.write_text(text)
            survived += sound
            shown = "seed 1 of the property test" if "--seed" in mutation.check else mutation.test
            print(
                f"{mutation.name:<46}{'NO' if sound else 'yes':>7}{time.monotonic() - began:>9.1f}  {shown}",
                flush=True,
            )
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
