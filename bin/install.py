"""Make the virtual environment, the phone app's packages and its build, each only when its inputs changed.

Beside every result lies a stamp with the digest of what it was made from. Two commands that start together wait for
each other, so that neither runs on a half-made environment.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bin.terminal import say, stop

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
BUILD = ROOT / ".build"
PHONE = ROOT / "phone"
NOT_SOURCES = {"node_modules", "dist", "dev-dist", "coverage"}


def digest(paths: Iterable[Path], *words: str) -> str:
    """SHA-256 over the names and contents of ``paths`` and over ``words``."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether ``stamp`` says that its result was made from the inputs with the digest ``value``."""
    return stamp.is_file() and stamp.read_text() == value


@contextmanager
def installing() -> Iterator[None]:
    """Hold the one lock of this folder's installed parts."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Đang đợi một lệnh khác cài đặt xong…", "Waiting for another command to finish installing…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install_python(*, tests: bool) -> None:
    """Bring ``.venv`` to the locked versions, with those of the tests when ``tests``."""
    _make_environment()
    names = ["requirements.txt", "requirements-test.txt"] if tests else ["requirements.txt"]
    locks = [ROOT / name for name in names]
    stamp = VENV / f"installed-{'test' if tests else 'run'}"
    value = digest(locks)
    if is_current(stamp, value):
        return
    say("Đang cài đặt các thư viện Python…", "Installing the Python libraries…")
    command = [str(VENV_PYTHON), "-m", "pip", "install", "-qq", "--require-hashes", "--no-input"]
    _run([*command, "--disable-pip-version-check", *(part for lock in locks for part in ("-r", str(lock)))])
    stamp.write_text(value)
    (VENV / "installed-run").write_text(digest([ROOT / "requirements.txt"]))


def _make_environment() -> None:
    """Create ``.venv``, or make it anew when the project was moved: its scripts name the folder they were made in."""
    place = VENV / "made-in"
    moved = place.is_file() and place.read_text() != str(VENV)
    if VENV_PYTHON.exists() and not moved:
        place.write_text(str(VENV))
        return
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if result.returncode:
        stop(
            "Không tạo được môi trường Python. Trên Debian/Ubuntu hãy cài: sudo apt-get install python3-venv",
            "The Python environment could not be made. On Debian/Ubuntu install: sudo apt-get install python3-venv",
        )
    place.write_text(str(VENV))


def install_phone() -> None:
    """Install the phone app's packages with the Node of ``.venv`` and build it into ``phone/dist``."""
    packages = [PHONE / "package.json", PHONE / "package-lock.json"]
    modules = PHONE / "node_modules" / ".installed"
    value = digest([*packages, ROOT / "requirements.txt"])
    if not is_current(modules, value):
        say("Đang cài đặt các thư viện của ứng dụng điện thoại…", "Installing the phone app's libraries…")
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        modules.write_text(value)
    built = BUILD / "phone"
    value = digest(phone_sources(), value)
    if not (is_current(built, value) and (PHONE / "dist" / "index.html").is_file()):
        say("Đang dựng ứng dụng điện thoại…", "Building the phone app…")
        npm("run", "build", "--silent")
        built.write_text(value)


def phone_sources() -> Iterator[Path]:
    """Every file that the phone app's build may read."""
    for folder, folders, files in os.walk(PHONE):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder) / name for name in files)


def npm(*words: str) -> None:
    """Run npm in ``phone/`` with the Node of ``.venv``, whatever Node the machine has."""
    _run([str(VENV / "bin" / "npm"), *words], folder=PHONE, environment=phone_environment())


def phone_environment() -> dict[str, str]:
    """The environment in which scripts of the phone app find the Node of ``.venv`` first."""
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


def _run(command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    started = time.monotonic()
    result = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if result.returncode:
        sys.stderr.buffer.write(result.stdout)
        stop(
            f"Lệnh không thành công ({result.returncode}): {' '.join(command)}",
            "The command above failed; what it printed stands before.",
        )
    seconds = time.monotonic() - started
    say(f"  xong sau {seconds:.0f} giây", f"done in {seconds:.0f} s")


def install(*, tests: bool) -> None:
    """Install everything that running (or, with ``tests``, testing) needs from the registries."""
    if shutil.disk_usage(ROOT).free < 2_000_000_000 and not VENV_PYTHON.exists():
        stop("Ổ đĩa còn ít hơn 2 GB trống.", "Less than 2 GB of disk space is free.")
    with installing():
        install_python(tests=tests)
        install_phone()


if __name__ == "__main__":
    install(tests="--tests" in sys.argv[1:])
