"""Real services for the tests: a PostgreSQL cluster and a Redis of this run alone, on free ports of loopback.

A service that is missing fails the tests that need it; nothing is skipped. Everything ends with the run, also when the
run is killed (the kernel ends the servers then).
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from bin.supervise import tied_to_parent
from bin.test import postgresql_folders

PATIENCE = 30
"""Seconds until a service that does not answer counts as failed."""

REMEMBER = """
CREATE SCHEMA pristine;
CREATE TABLE pristine.sequences AS
  SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, start_value) AS value,
         last_value IS NOT NULL AS used
  FROM pg_sequences WHERE schemaname = 'public';
DO $$
DECLARE found name;
BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', found, found);
  END LOOP;
END $$;
"""

RESTORE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$
DECLARE found name;
BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%I', found);
    EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE pristine.%I', found, found);
  END LOOP;
  PERFORM setval(name::regclass, value, used) FROM pristine.sequences;
END $$;
"""
"""Without triggers: the journal refuses to lose an entry, and here it starts anew."""

SHAPE = """
SELECT md5(concat(
  (SELECT string_agg(format('%s %s %s', tgrelid::regclass, tgname, tgenabled), E'\\n' ORDER BY tgrelid, tgname)
   FROM pg_trigger WHERE NOT tgisinternal),
  (SELECT string_agg(format('%s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull), E'\\n'
                     ORDER BY attrelid, attnum)
   FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
  (SELECT string_agg(format('%s %s', conrelid::regclass, conname), E'\\n' ORDER BY conrelid, conname)
   FROM pg_constraint WHERE connamespace = 'public'::regnamespace)))
"""
"""One word for the columns, triggers and constraints of a database."""


class ServiceError(Exception):
    """A service that the tests need is missing or did not start."""


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str, *, among: Sequence[str] = ()) -> str:
    """Where a program is.

    :raises ServiceError: when it is not installed.
    """
    path = os.pathsep.join([*among, os.environ.get("PATH", os.defpath)])
    if found := shutil.which(name, path=path):
        return found
    raise ServiceError(f"{name} is not installed; `make test` installs it (or says how)")


def wait_for(check: Callable[[], object], server: subprocess.Popen[bytes], log: Path) -> None:
    """Call ``check`` until it does not raise.

    :raises ServiceError: when the server ended or did not answer in time; with the end of its log.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            check()
        except (OSError, psycopg.Error, redis.RedisError) as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                raise ServiceError(f"{server.args!r} did not start:\n{log.read_text()[-2000:]}") from problem
            time.sleep(0.05)
        else:
            return


@contextmanager
def running(
    command: Sequence[str], folder: Path, owner: str | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A server process and its log file, ended with the block."""
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            tied_to_parent(command),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            user=owner,
            group=owner,
        )
        try:
            yield server, log
        finally:
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A running cluster."""

    port: int

    def url(self, name: str) -> str:
        """SQLAlchemy's address of the database ``name``."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def command(self, statement: str) -> None:
        """Run one statement outside a transaction, in the cluster's own database."""
        self.run("postgres", statement)

    def create(self, name: str, template: str = "template0") -> str:
        """Make the database ``name`` as a copy of ``template``; its address."""
        self.command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, and end whoever is still connected to it."""
        self.command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def run(self, name: str, statements: str) -> object:
        """Run statements in the database ``name``; the first value of the first row if there is one."""
        address = f"host=127.0.0.1 port={self.port} user=postgres dbname={name}"
        with psycopg.connect(address, autocommit=True) as connection:
            result = connection.execute(statements.encode())
            row = result.fetchone() if result.description else None
            return row[0] if row else None


class SharedDatabase:
    """A copy of ``template`` that tests take turns to use, each as if it were fresh.

    Putting its rows back is some fifty times faster than another copy. A test that changed the tables themselves costs
    the copy.
    """

    def __init__(self, cluster: Postgresql, name: str, template: str) -> None:
        self.cluster, self.name, self.template = cluster, name, template
        self._make()

    def _make(self) -> None:
        self.cluster.create(self.name, self.template)
        self.cluster.run(self.name, REMEMBER)
        self.shape = self.cluster.run(self.name, SHAPE)

    def fresh(self) -> str:
        """Its address, when it holds what the template holds and nobody is connected to it."""
        if self.cluster.run(self.name, SHAPE) == self.shape:
            self.cluster.run(self.name, RESTORE)
        else:
            self.cluster.drop(self.name)
            self._make()
        return self.cluster.url(self.name)


def postgresql_owner() -> str | None:
    """Who runs a cluster: PostgreSQL refuses to run as root, so root hands it to the user of Debian's package."""
    return "postgres" if os.geteuid() == 0 else None


@contextmanager
def postgresql_folder() -> Iterator[Path]:
    """A folder that belongs to whoever runs a cluster."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as name:
        if owner := postgresql_owner():
            account = pwd.getpwnam(owner)
            os.chown(name, account.pw_uid, account.pw_gid)
        yield Path(name)


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[Postgresql]:
    """A fresh cluster. It is quick and forgetful, never waiting for the disk, unless it is to be ``durable``, with
    PostgreSQL's own defaults."""
    initdb = program("initdb", among=postgresql_folders())
    owner = postgresql_owner()
    with postgresql_folder() as folder:
        cluster = folder / "cluster"
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            [initdb, *options, f"--pgdata={cluster}"],
            cwd=folder, user=owner, group=owner, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise ServiceError(f"initdb failed:\n{made.stdout}{made.stderr}")
        forgetful = {
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
        }  # fmt: skip
        with postgresql_running(cluster, {} if durable else forgetful) as found:
            yield found


@contextmanager
def postgresql_running(cluster: Path, settings: Mapping[str, str]) -> Iterator[Postgresql]:
    """A server of a cluster's folder, on a free port of loopback."""
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "",
        "max_connections": "200", **settings,
    }  # fmt: skip
    flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    server = program("postgres", among=postgresql_folders())
    command = [server, "-D", str(cluster), *flags]
    with running(command, cluster.parent, postgresql_owner()) as (process, log):
        found = Postgresql(port)
        wait_for(lambda: found.command("SELECT 1"), process, log)
        yield found


@contextmanager
def redis_server() -> Iterator[str]:
    """A fresh Redis that keeps nothing; its address."""
    with tempfile.TemporaryDirectory(prefix="redis-") as name:
        folder = Path(name)
        port = free_port()
        flags = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
        with running([program("redis-server"), *flags], folder) as (process, log):
            client = redis.Redis(port=port)
            wait_for(client.ping, process, log)
            client.close()
            yield f"redis://127.0.0.1:{port}/0"
