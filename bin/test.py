"""Run every check, and every test against real services.

Services come from Debian's packages and are installed here when they are missing; each run starts its own servers on
free ports (``tests/services.py``) and never touches those of the machine. A check that fails does not hide the next
one: all run, the tests last, and the exit status tells whether all passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bin.install import PHONE, ROOT, VENV, install, phone_environment
from bin.terminal import say, stop

PACKAGES = {
    "chromium": "chromium",
    "fc-list": "fontconfig",
    "initdb": "postgresql",
    "logrotate": "logrotate",
    "nginx": "nginx-light",
    "pdftoppm": "poppler-utils",
    "redis-server": "redis-server",
    "soffice": "libreoffice-writer-nogui",
    "systemd-analyze": "systemd",
}
"""The program that shows that a package is there, and the package."""

FONTS = ("/usr/share/fonts/truetype/croscore", "fonts-croscore")
"""Without a font the browser and LibreOffice show boxes for Vietnamese words."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One check: its name, its command, and where and in which environment it runs."""

    name: str
    command: Sequence[str]
    folder: Path = ROOT
    environment: Mapping[str, str] | None = None


def missing_packages() -> list[str]:
    """Debian's packages that the tests need and this machine lacks."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", *postgresql_folders()])
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program, path=path)]
    return missing if Path(FONTS[0]).is_dir() else [*missing, FONTS[1]]


def postgresql_folders() -> list[str]:
    """Where Debian keeps PostgreSQL's programs, newest version first."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return [str(folder) for folder in sorted(found, key=lambda folder: int(folder.parent.name), reverse=True)]


def install_services() -> None:
    """Install what is missing when that is possible, else name the command that does it."""
    missing = missing_packages()
    if not missing:
        return
    commands = [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(
            "Thiếu dịch vụ cho kiểm thử. Hãy chạy lệnh sau rồi thử lại:",
            "Services that the tests need are missing. Run this, then try again:",
            "  " + " && ".join("sudo " + " ".join(command) for command in commands),
        )
    say(f"Đang cài đặt: {' '.join(missing)}", f"Installing: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    for command in commands:
        result = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if result.returncode:
            stop(f"Lệnh không thành công: {' '.join(command)}", "The command above failed.")
    if missing := missing_packages():
        stop(f"Vẫn còn thiếu: {' '.join(missing)}", f"Still missing: {' '.join(missing)}")


def stages() -> list[Stage]:
    """The checks in the order they run; the tests come last, so that their summary closes the output."""
    tool = VENV / "bin"
    node = phone_environment()
    workers = (os.cpu_count() or 1) + 1  # a third of a test's time is waiting for a server or a browser
    return [
        Stage("lint", [f"{tool}/ruff", "check", "."]),
        Stage("format", [f"{tool}/ruff", "format", "--check", "."]),
        Stage("types", [f"{tool}/mypy"]),
        Stage("imports", [f"{tool}/lint-imports"]),
        Stage("phone types", [f"{tool}/npm", "run", "--silent", "check"], PHONE, node),
        Stage("phone tests", [f"{tool}/npm", "run", "--silent", "test"], PHONE, node),
        Stage("tests", [f"{tool}/python", "-m", "pytest", f"--numprocesses={workers}", "--dist=worksteal"]),
    ]


def timed(name: str, began: float, outcome: str) -> None:
    """Print how long a stage took."""
    print(f"=== {name}: {outcome}, {time.monotonic() - began:.1f} s", flush=True)


def run(stage: Stage) -> bool:
    """Run one stage; whether it passed."""
    print(f"\n=== {stage.name}", flush=True)
    began = time.monotonic()
    environment = dict(stage.environment or os.environ)
    result = subprocess.run(
        stage.command, cwd=stage.folder, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    passed = result.returncode == 0
    if stage.name != "tests":
        timed(stage.name, began, "passed" if passed else f"FAILED ({result.returncode})")
    return passed


def main() -> int:
    """Install, check, test; 0 when everything passed."""
    began = time.monotonic()
    install_services()
    timed("services", began, "installed")
    began = time.monotonic()
    install(tests=True)
    timed("libraries and phone app", began, "installed")
    *checks, tests = stages()
    failed = [stage.name for stage in checks if not run(stage)]
    if failed:
        say(f"\nKhông đạt: {', '.join(failed)}", f"Failed: {', '.join(failed)}")
    return 0 if run(tests) and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
