"""The files for a real installation are taken by the very programs they are for."""

from __future__ import annotations

import os
import re
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
import redis

from bin.install import ROOT
from config.settings import SettingsError, from_environment
from tests.services import free_port, program, running, wait_for

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def read_unit(path: Path) -> RawConfigParser:
    unit = RawConfigParser(strict=False, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # names keep their case
    unit.read_string(path.read_text())
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_service_runs_a_program_that_is_there_as_nobody_special(path: Path) -> None:
    service = read_unit(path)["Service"]
    command = service["ExecStart"].split()
    name = Path(command[0]).name
    assert (ROOT / ".venv" / "bin" / name).exists(), name
    if name == "python":
        assert (ROOT / Path(*command[2].split(".")).with_suffix(".py")).is_file()
    assert service["User"] == "inspection"
    assert service["UMask"] == "0077"
    assert service["ProtectSystem"] == "strict"


def test_systemd_takes_every_unit(tmp_path: Path) -> None:
    places = [path for path in (DEPLOY / "systemd").iterdir() if path.suffix in {".service", ".timer"}]
    for path in places:
        sections = set(read_unit(path).sections())
        assert sections <= {"Unit", "Service", "Timer", "Install"}, path.name
        # What it runs and reads lies elsewhere on this machine; everything else is as it is.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(), flags=re.MULTILINE)
        text = text.replace("WorkingDirectory=/srv/inspection/app", "WorkingDirectory=/")
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        [program("systemd-analyze"), "verify", "--man=no", *(str(tmp_path / path.name) for path in places)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "inspection" in line]
    assert ours == [], done.stderr


def test_logrotate_takes_its_file(tmp_path: Path) -> None:
    # The user of the installation is not there on this machine.
    text = (DEPLOY / "logrotate" / "inspection").read_text().replace("    su inspection inspection\n", "")
    (tmp_path / "inspection").write_text(text)
    (tmp_path / "inspection").chmod(0o644)
    done = subprocess.run(
        [program("logrotate", among=["/usr/sbin"]), "--debug", str(tmp_path / "inspection")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


def test_the_example_of_settings_is_refused_until_somebody_fills_it_in() -> None:
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "inspection.env.example").read_text(), re.MULTILINE)
    values: dict[str, str] = {}
    for name, value in lines:
        values.setdefault(name, value)
    values["LEAKED_PASSWORDS"] = ""  # a file that a host brings, and is read at start
    with pytest.raises(SettingsError, match="SECRET_KEY: bắt buộc") as refused:
        from_environment(values)
    assert "\n" not in refused.value.message, "everything else in it can be used as it stands"


def test_sentinel_takes_its_file_and_names_the_master(redis_url: str, tmp_path: Path) -> None:
    port, master = free_port(), redis_url.rpartition(":")[2].partition("/")[0]
    wanted = (DEPLOY / "redis" / "sentinel.conf").read_text()
    wanted = wanted.replace("port 26379", f"port {port}\nbind 127.0.0.1").replace(
        "10.0.0.1 6379", f"127.0.0.1 {master}"
    )
    (tmp_path / "sentinel.conf").write_text(wanted)
    command = [program("redis-server"), str(tmp_path / "sentinel.conf"), "--sentinel"]
    with (
        running(command, tmp_path) as (process, log),
        redis.Redis(port=port, decode_responses=True) as client,
    ):
        wait_for(client.ping, process, log)
        found = client.sentinel_master("inspection")
        assert client.sentinel_get_master_addr_by_name("inspection") == ("127.0.0.1", int(master))
    assert (found["quorum"], found["down-after-milliseconds"], found["failover-timeout"]) == (2, 5000, 30000)
