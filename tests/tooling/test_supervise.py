"""Programs under supervision come back when they die and go when they are told to."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bin.supervise import Program, configuration
from tests.tooling.conftest import Command, Start, is_alive, until

STEADY = "import os, time; os.write(1, b'steady %d\\n' % os.getpid()); time.sleep(600)"
CHATTING = (
    "import os, time; [os.write(1, b'steady %d\\n' % os.getpid()) and time.sleep(1) for _ in range(600)]"
)
FAILING = "import os, sys; os.write(1, b'failing\\n'); sys.exit(3)"
SUPERVISE = """
import os, sys
from pathlib import Path
from bin.supervise import Program, supervise
names = sys.argv[2:]
programs = [Program(f"p{n}", [sys.executable, "-c", code]) for n, code in enumerate(names)]
sys.exit(supervise(programs, os.environ, Path(sys.argv[1])))
"""


def supervised(start: Start, python: str, folder: Path, *codes: str) -> Command:
    place = folder / "100% own"
    place.mkdir()
    return start(python, "-c", SUPERVISE, str(place), *codes)


def pids(command: Command) -> list[int]:
    return [int(line.split()[1]) for line in command.text.splitlines() if line.startswith("steady ")]


def test_a_killed_program_is_reported_and_started_again(start: Start, python: str, tmp_path: Path) -> None:
    command = supervised(start, python, tmp_path, STEADY)
    until(lambda: pids(command), why="the program did not start")
    (first,) = pids(command)
    os.kill(first, signal.SIGKILL)
    until(lambda: len(pids(command)) == 2, why="the program did not come back")
    assert not is_alive(first)
    assert is_alive(pids(command)[1])
    assert "p0: dừng ngoài dự kiến (terminated by SIGKILL)" in command.text
    assert "p0: stopped unexpectedly (terminated by SIGKILL), being restarted" in command.text


def test_a_program_that_keeps_failing_is_tried_again_and_harms_no_other(
    start: Start, python: str, tmp_path: Path
) -> None:
    command = supervised(start, python, tmp_path, STEADY, FAILING)
    until(lambda: command.text.count("failing") >= 3, why="the program was not tried three times")
    assert is_alive(pids(command)[0])
    assert len(pids(command)) == 1


def test_ctrl_c_ends_every_program_and_counts_as_success(start: Start, python: str, tmp_path: Path) -> None:
    command = supervised(start, python, tmp_path, STEADY, STEADY)
    until(lambda: len(pids(command)) == 2, why="the programs did not start")
    below = command.descendants()
    assert set(pids(command)) < set(below)
    assert command.interrupt() == 0
    assert [pid for pid in below if is_alive(pid)] == []
    assert "Đang dừng… / Stopping…" in command.text
    assert "being restarted" not in command.text


def test_a_killed_supervision_leaves_no_program_behind(start: Start, python: str, tmp_path: Path) -> None:
    command = supervised(start, python, tmp_path, STEADY, STEADY)
    until(lambda: len(pids(command)) == 2, why="the programs did not start")
    below = command.descendants()
    command.process.kill()
    command.process.wait()
    until(lambda: not any(map(is_alive, below)), why="programs outlived the supervision")


def test_a_reader_that_goes_away_ends_the_programs(start: Start, python: str, tmp_path: Path) -> None:
    place = tmp_path / "own"
    place.mkdir()
    line = f'"{python}" -c "$0" "{place}" "$1" | head -n 1'
    command = start("bash", "-c", line, SUPERVISE, CHATTING)
    until(lambda: pids(command), why="the program did not start")
    assert command.process.wait(60) == 0
    assert not any(map(is_alive, pids(command)))


def test_the_configuration_keeps_percent_signs_and_quotes() -> None:
    text = configuration([Program("web", ["run", "100%", "it's"])], Path("/data/50%"))
    assert "100%%" in text
    assert "pidfile=/data/50%%/supervisor.pid" in text
    assert """'it'"'"'s'""" in text
