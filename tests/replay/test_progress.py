"""The progress of a replay on a terminal and in a file."""

from __future__ import annotations

import io

from bench.replay.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_line_drawn_again_and_again() -> None:
    output = Terminal()
    with Progress(4, output) as progress:
        progress.show(1, "first")
        progress.show(4, "last")

    assert output.getvalue().count("\n") == 1
    assert output.getvalue().count("\r") == 2
    assert "100%" in output.getvalue()


def test_a_file_gets_a_line_for_every_tenth() -> None:
    output = io.StringIO()
    with Progress(100, output) as progress:
        for done in range(101):
            progress.show(done, "day")

    lines = output.getvalue().splitlines()
    assert [line.split("%")[0].strip() for line in lines] == [str(tenth * 10) for tenth in range(11)]
    assert "\r" not in output.getvalue()
