"""A PostgreSQL cluster with its own defaults of durability, that may be killed and comes back by itself."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bin.serve import free_port
from bin.supervise import tied_to_parent
from bin.test import postgresql_folders
from tests.services import Postgresql, ServiceError, program, wait_for


class Cluster:
    """A running cluster; a watch starts its server again whenever it has died."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder, self._data = folder, folder / "cluster"
        self._owner = "postgres" if os.geteuid() == 0 else None
        self._done = threading.Event()
        self._make()
        self._server = self._start()
        self._watch = threading.Thread(target=self._keep_running, name="cluster", daemon=True)
        self._watch.start()

    @property
    def address(self) -> Postgresql:
        """How to make databases in it."""
        return Postgresql(self.port)

    def kill(self) -> None:
        """End the server without warning."""
        self._server.send_signal(signal.SIGKILL)

    def stop(self) -> None:
        """End the cluster in order."""
        self._done.set()
        self._watch.join()
        self._server.send_signal(signal.SIGINT)
        self._server.wait(30)

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            with psycopg.connect(
                f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres", connect_timeout=2
            ):
                return True
        except psycopg.Error:
            return False

    def _make(self) -> None:
        if self._owner:
            account = pwd.getpwnam(self._owner)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [program("initdb", among=postgresql_folders()), *options, f"--pgdata={self._data}"],
            cwd=self._folder, user=self._owner, group=self._owner, capture_output=True, check=True,
        )  # fmt: skip

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
            "max_connections": "100",
        }  # fmt: skip
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        log = self._folder / "server.log"
        command = [program("postgres", among=postgresql_folders()), "-D", str(self._data), *flags]
        while True:
            with log.open("ab") as output:
                server = subprocess.Popen(
                    tied_to_parent(command), stdout=output, stderr=subprocess.STDOUT,
                    cwd=self._folder, user=self._owner, group=self._owner,
                )  # fmt: skip
            try:
                wait_for(lambda: self.address.command("SELECT 1"), server, log)
            except ServiceError:  # the killed server's own processes still hold its memory
                if server.poll() is None:
                    raise
                time.sleep(0.2)
            else:
                return server

    def _keep_running(self) -> None:
        while not self._done.wait(0.1):
            if self._server.poll() is not None:
                self._server = self._start()


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster for the block."""
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
        cluster = Cluster(Path(name))
        try:
            yield cluster
        finally:
            cluster.stop()
