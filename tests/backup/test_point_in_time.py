"""Back to one moment, with PostgreSQL's own means and the settings that travel with the product."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import time
from pathlib import Path

from bin.test import postgresql_folders
from tests import services

ARCHIVING = Path(__file__).parents[2] / "deploy" / "postgresql" / "archiving.conf"


def settings(folder: Path) -> dict[str, str]:
    """The settings of the file, with the folder of this test for the log."""
    lines = re.findall(r"^(\w+) = '?(.*?)'?$", ARCHIVING.read_text(), re.MULTILINE)
    return {name: value.replace("/srv/inspection/wal", str(folder)) for name, value in lines}


def test_the_database_comes_back_as_it_was_at_one_moment() -> None:
    owner = services.postgresql_owner()
    with services.postgresql_folder() as folder:
        cluster, log, copy = folder / "cluster", folder / "wal", folder / "restored" / "cluster"
        for place in (log, copy.parent):
            place.mkdir()
            if owner:
                os.chown(place, pwd.getpwnam(owner).pw_uid, -1)

        def tool(name: str, *words: str) -> None:
            found = services.program(name, among=postgresql_folders())
            subprocess.run([found, *words], check=True, capture_output=True, user=owner, cwd=folder)

        tool("initdb", "--auth=trust", "--username=postgres", "--no-sync", f"--pgdata={cluster}")
        with services.postgresql_running(cluster, settings(log)) as running:
            running.command("CREATE TABLE visit (note text)")
            address = f"host=127.0.0.1 port={running.port} user=postgres"
            tool("pg_basebackup", f"--dbname={address}", f"--pgdata={copy}", "--checkpoint=fast", "--no-sync")
            running.command("INSERT INTO visit VALUES ('before the mistake')")
            moment = running.run("postgres", "SELECT clock_timestamp()::text")
            time.sleep(0.05)
            running.command("DELETE FROM visit")
            finished = running.run("postgres", "SELECT pg_walfile_name(pg_switch_wal())")
            deadline = time.monotonic() + 30
            while not (log / str(finished)).exists():
                assert time.monotonic() < deadline, "the log was not archived"
                time.sleep(0.05)
        tool("touch", str(copy / "recovery.signal"))
        back = {
            "restore_command": f"cp {log}/%f %p",
            "recovery_target_time": str(moment),
            "recovery_target_action": "promote",
        }
        with services.postgresql_running(copy, back) as restored:
            assert restored.run("postgres", "SELECT string_agg(note, ',') FROM visit") == "before the mistake"
