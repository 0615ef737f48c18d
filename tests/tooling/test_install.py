"""Installing does what is needed, and only that."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bin import install, test

LOCKS = ("requirements.txt", "requirements-telemetry.txt", "requirements-test.txt")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with a phone app; npm only writes down what it was asked for."""
    phone = tmp_path / "phone"
    (phone / "src").mkdir(parents=True)
    (phone / "package.json").write_text("{}")
    (phone / "package-lock.json").write_text("{}")
    (phone / "src" / "main.ts").write_text("1")
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / ".build").mkdir()
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "PHONE", phone)
    monkeypatch.setattr(install, "BUILD", tmp_path / ".build")

    def npm(*words: str) -> None:
        with (tmp_path / "asked").open("a") as file:
            file.write(words[0] + "\n")
        made = phone / ("node_modules" if words[0] == "ci" else "dist")
        made.mkdir(exist_ok=True)
        (made / "index.html").write_text("built")

    monkeypatch.setattr(install, "npm", npm)
    return tmp_path


def asked(project: Path) -> list[str]:
    """What npm was asked for since the last look."""
    file = project / "asked"
    words = file.read_text().split() if file.exists() else []
    file.unlink(missing_ok=True)
    return words


def test_the_phone_app_is_built_again_only_when_its_sources_changed(project: Path) -> None:
    install.install_phone()
    assert asked(project) == ["ci", "run"]
    install.install_phone()
    assert asked(project) == []
    (project / "phone" / "src" / "main.ts").write_text("2")
    install.install_phone()
    assert asked(project) == ["run"]
    (project / "phone" / "src" / "new.ts").write_text("3")
    install.install_phone()
    assert asked(project) == ["run"]


def test_new_locked_versions_or_a_lost_build_are_made_good(project: Path) -> None:
    install.install_phone()
    asked(project)
    (project / "phone" / "package-lock.json").write_text("{ }")
    install.install_phone()
    assert asked(project) == ["ci", "run"]
    (project / "phone" / "dist" / "index.html").unlink()
    install.install_phone()
    assert asked(project) == ["run"]


def test_a_failed_build_is_tried_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: str) -> None:
        raise SystemExit(1)

    with monkeypatch.context() as patch:
        patch.setattr(install, "npm", fail)
        with pytest.raises(SystemExit):
            install.install_phone()
    install.install_phone()
    assert asked(project) == ["ci", "run"]


def test_without_root_the_exact_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test, "missing_packages", lambda: ["chromium", "redis-server"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        test.install_services()
    assert stopped.value.code == 1
    assert (
        "sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium redis-server"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_is_locked_to_one_version_with_hashes(name: str) -> None:
    text = (install.ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"^[a-z0-9._-]+==\S+( ; .+?)? +--hash=sha256:[0-9a-f]{64}", line), line
    assert "://" not in text


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    lines = (install.ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == "exec make test"
    assert os.access(install.ROOT / ".ci" / "run", os.X_OK)
