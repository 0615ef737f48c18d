"""The product as it is measured: 2 gunicorn workers on a database of their own, with people, campaigns and
tokens."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask_migrate import upgrade

from bench.clients import wait_for
from bin.install import ROOT
from bin.serve import web_command
from bin.supervise import tied_to_parent
from config.settings import Settings
from tests.conftest import environment_of, release, settings_for
from tests.services import Postgresql, free_port
from tests.world import World
from wsgi import create_app

PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Product:
    """A running server. ``tokens`` are of eight inspectors who all belong to every campaign."""

    port: int
    pid: int
    settings: Settings
    campaigns: list[uuid.UUID]
    tokens: list[str]


@contextmanager
def serving(cluster: Postgresql, name: str, folder: Path, *, scopes: int) -> Iterator[Product]:
    """Serve a fresh database with ``scopes`` campaigns."""
    folder.mkdir(parents=True)
    settings = replace(settings_for(folder, cluster.create(name)), testing=False)
    campaigns, tokens = _prepare(settings, scopes)
    with started(settings, folder) as (port, pid):
        yield Product(port, pid, settings, campaigns, tokens)


@contextmanager
def started(settings: Settings, folder: Path) -> Iterator[tuple[int, int]]:
    """The web server on a database that is ready; its port and process."""
    port = free_port()
    environment = {**environment_of(settings), "PATH": str(Path(sys.executable).parent)}
    with (folder / "server.log").open("wb") as log:
        command = tied_to_parent(web_command(port))
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, "/healthz")
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(60)


def _prepare(settings: Settings, scopes: int) -> tuple[list[uuid.UUID], list[str]]:
    app = create_app(replace(settings, testing=True))
    with app.app_context():
        upgrade()
    world = World(app)
    names = [f"inspector{at}" for at in range(PEOPLE)]
    people = [world.person(name, "inspector") for name in names]
    campaigns = [world.campaign(*people) for _ in range(scopes)]
    tokens = [world.phone(name).token for name in names]
    release(app)
    return campaigns, tokens
