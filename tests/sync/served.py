"""The application in real web server processes, as it is run in earnest."""

from __future__ import annotations

import http.client
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from bin.install import ROOT
from bin.serve import web_command
from config.settings import Settings
from tests import services
from tests.conftest import environment_of


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The port at which web server processes serve the database and the folder of ``app``."""
    settings: Settings = app.config["SETTINGS"]
    port = services.free_port()
    environment = {**environment_of(settings), "PYTHONPATH": str(ROOT)}
    assignments = [f"{name}={value}" for name, value in environment.items()]
    program, *flags = web_command(port)
    command = ["env", *assignments, sys.executable, program, f"--chdir={ROOT}", *flags]
    with tempfile.TemporaryDirectory() as folder, services.running(command, Path(folder)) as (server, log):
        services.wait_for(lambda: _ask(port), server, log)
        yield port


def _ask(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        if connection.getresponse().status != 200:
            raise OSError("not ready")
    finally:
        connection.close()
