"""Keep a few programs running: start them together, restart what dies, stop all of them together.

Supervisor (the library) does the work; this module writes its configuration, passes its output on and words its
reports in both languages. Two things are added for a development machine as well as for a server:

* everything is told by the kernel to end when its parent dies, so that even a killed ``make run`` leaves no program
  behind that holds the port (Linux; elsewhere only an orderly stop cleans up);
* the output of all programs goes through one pipe, so that it can be redirected into a file or another program.
"""

from __future__ import annotations

import getpass
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bin.terminal import say

STOP_SECONDS = 20
"""How long a program may take to finish its work before it is killed."""

STARTED_SECONDS = 2
"""A program that lives shorter than this is restarted after a growing pause, any other at once."""

EXITED = re.compile(r"^[\d-]+ [\d:,]+ WARN exited: (?P<name>\S+) \((?P<how>.+); not expected\)$")

EXPECTED = re.compile(r"^[\d-]+ [\d:,]+ WARN (received SIG\w+ indicating exit request|stopped: )")
"""What the library tells about an orderly stop."""


@dataclass(frozen=True, slots=True)
class Program:
    """One program. Lower ``order`` starts earlier and stops later; equal ones start and stop together."""

    name: str
    command: Sequence[str]
    order: int = 10


def tied_to_parent(command: Sequence[str]) -> list[str]:
    """``command``, ended by the kernel when the process that started it is gone."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)


def configuration(programs: Sequence[Program], folder: Path) -> str:
    """Supervisor's configuration file; ``folder`` takes its pid and log."""
    sections = [
        "[supervisord]",
        "nodaemon=true",
        f"user={getpass.getuser()}",
        "loglevel=warn",
        f"logfile={_escaped(str(folder / 'supervisor.log'))}",
        "logfile_maxbytes=1MB",
        "logfile_backups=1",
        f"pidfile={_escaped(str(folder / 'supervisor.pid'))}",
        "strip_ansi=false",
    ]
    for program in programs:
        sections += [
            f"[program:{program.name}]",
            f"command={_escaped(shlex.join(tied_to_parent(program.command)))}",
            f"priority={program.order}",
            "autorestart=true",
            f"startsecs={STARTED_SECONDS}",
            "startretries=1000000",
            f"stopwaitsecs={STOP_SECONDS}",
            "killasgroup=true",
            "stdout_logfile=/dev/fd/1",
            "stdout_logfile_maxbytes=0",
            "redirect_stderr=true",
        ]
    return "\n".join(sections) + "\n"


def _escaped(value: str) -> str:
    """Supervisor expands ``%`` in its configuration."""
    return value.replace("%", "%%")


def supervise(programs: Sequence[Program], environment: Mapping[str, str], folder: Path) -> int:
    """Run ``programs`` until SIGINT, SIGTERM or SIGHUP; the exit status is 0 when they were asked to stop.

    ``folder`` must exist and belong to this run alone.
    """
    path = folder / "supervisor.conf"
    path.write_text(configuration(programs, folder))
    command = [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(path)]
    asked = False

    with subprocess.Popen(
        tied_to_parent(command),
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as child:

        def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal asked
            if not asked:
                asked = True
                say("\nĐang dừng…", "Stopping…")
                child.terminate()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, ask_to_stop)
        try:
            _pass_on(child)
        except BrokenPipeError:
            child.terminate()
        status = child.wait()
    if asked:
        say("Đã dừng.", "Stopped.")
    return 0 if asked else status or 1


def _pass_on(child: subprocess.Popen[str]) -> None:
    for line in child.stdout or ():
        if found := EXITED.match(line.rstrip()):
            name, how = found["name"], found["how"]
            say(
                f"{name}: dừng ngoài dự kiến ({how}), đang khởi động lại",
                f"{name}: stopped unexpectedly ({how}), being restarted",
            )
        elif not EXPECTED.match(line):
            print(line, end="", flush=True)
