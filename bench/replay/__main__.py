"""``make replay SOURCE=<folder>``: play the folder's inspections, print two tables, exit 1 on any
difference."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from bench.replay import compare, desk, independent, office, plan, server, tables
from bench.replay.progress import Progress
from bench.replay.run import Outcome, Replay
from bench.replay.source import Source, SourceError, read
from bin.terminal import say, stop
from config.settings import from_environment

WINDOWS = (compare.CALENDAR_2018, compare.LEGAL_2018)
KILLED_EVERY = 15.0
LIMITED_FROM = date(2017, 12, 15)
"""A replay that is cut short begins here, so that both periods have something to count."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay, compare, print; 0 when all columns are equal and nothing went wrong."""
    wish = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        source = read(wish.source)
        petitions = desk.petitions(wish.complaints) if wish.complaints else _neighbouring(wish.source)
    except SourceError as problem:
        stop(
            "Không dùng được nguồn này:",
            f"This source cannot be used: {problem}",
            "  make replay SOURCE=<folder>",
        )
    if wish.limit is not None:
        source = limited(source, wish.limit)
        petitions = petitions[: wish.limit]
    planned = plan.make(source.inspections, wish.seed)
    say(
        f"{len(source.inspections)} lượt kiểm tra, {len(planned.inspectors)} điện thoại, {len(petitions)} đơn, "
        f"{len(planned.conflicts)} xung đột dự kiến",
        f"{len(source.inspections)} inspections, {len(planned.inspectors)} phones, {len(petitions)} petitions, "
        f"{len(planned.conflicts)} planned conflicts",
    )
    began = time.monotonic()
    with (
        _serving(wish, planned) as (address, passwords, running),
        closing(Replay(address, passwords, source, planned)) as replay,
    ):
        killer = server.Killer(running, wish.kill_web, wish.seed) if running and wish.kill_web else None
        outcome = _play(replay, petitions, killer)
        equal = _compare(replay, wish.source, source)
    say(f"{time.monotonic() - began:.0f} giây", f"{time.monotonic() - began:.0f} s")
    for line in outcome.problems:
        print(f"  ! {line}")
    good = equal and not outcome.problems
    if good:
        say("Mọi cột đều bằng nhau.", "All columns are equal.")
    else:
        say("CÓ KHÁC BIỆT.", "THERE ARE DIFFERENCES.")
    return 0 if good else 1


def limited(source: Source, limit: int) -> Source:
    """The first ``limit`` inspections from the middle of December 2017 on, and the establishments they went
    to."""
    chosen = [inspection for inspection in source.inspections if inspection.day >= LIMITED_FROM][:limit]
    places = {inspection.establishment for inspection in chosen}
    return Source(tuple(chosen), {key: row for key, row in source.establishments.items() if key in places})


def _play(replay: Replay, petitions: Sequence[desk.Petition], killer: server.Killer | None) -> Outcome:
    total = sum(len(tasks) for day in replay.plan.days for tasks in day.tasks.values())
    if killer:
        killer.start()
    try:
        with Progress(total) as progress:
            outcome = replay.play(petitions, progress)
    finally:
        if killer:
            killer.stop()
    print(f"\n{tables.operations(outcome)}\n")
    if killer:
        kills = ", ".join(f"{killer.kills.count(what)} {what}" for what in server.VICTIMS)
        say(f"kill -9 tiến trình web: {kills}", f"kill -9 of web processes: {kills}")
        print()
    return outcome


def _compare(replay: Replay, folder: Path, source: Source) -> bool:
    only = {inspection.id for inspection in source.inspections}
    equal = True
    for window in WINDOWS:
        figures = compare.order(replay.manager.line, window)
        counted = independent.count(
            folder, window.first, window.last, legal_months=window.legal_months, only=only
        )
        rows = compare.rows(figures, counted)
        print(f"{tables.figures(window.name, rows)}\n")
        equal = equal and all(row.equal for row in rows)
    return equal


@contextmanager
def _serving(
    wish: argparse.Namespace, planned: plan.Plan
) -> Iterator[tuple[str, office.Passwords, server.Server | None]]:
    """A server with the office written into its database, and its passwords."""
    if wish.server:
        yield wish.server, office.open_office(from_environment(), planned.inspectors), None
        return
    data_dir = Path(tempfile.mkdtemp(prefix="replay-"))
    try:
        variables = server.environment(data_dir, wish.database)
        passwords = office.open_office(from_environment(variables), planned.inspectors)
        with server.running(variables) as running:
            yield running.address, passwords, running
    finally:
        if wish.keep:
            say(f"Dữ liệu: {data_dir}", f"Data kept in {data_dir}")
        else:
            shutil.rmtree(data_dir, ignore_errors=True)


def _neighbouring(folder: Path) -> list[desk.Petition]:
    """The complaints beside the inspections' folder, none when there are none."""
    beside = folder.resolve().parent.parent / "complaints" / "nyc-dcwp"
    if not (beside / desk.FILE).is_file():
        return []
    return desk.petitions(beside)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description=__doc__)
    parser.add_argument(
        "source", type=Path, help="folder with establishments, inspections and violations (.csv.gz)"
    )
    parser.add_argument(
        "--complaints", type=Path, help="folder with the complaints, if not beside the source"
    )
    parser.add_argument("--limit", type=int, help="only so many inspections, from 15 December 2017 on")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another plan (1)")
    parser.add_argument(
        "--server",
        metavar="URL",
        help="a running server whose still empty database and secret the environment names (starts its own)",
    )
    parser.add_argument(
        "--database", metavar="URL", help="an empty database for the replay's own server (SQLite)"
    )
    parser.add_argument(
        "--kill-web",
        type=float,
        nargs="?",
        const=KILLED_EVERY,
        metavar="SECONDS",
        help=f"kill -9 a web process at random moments, about every so many seconds ({KILLED_EVERY:.0f})",
    )
    parser.add_argument("--keep", action="store_true", help="keep the data folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
