"""What the guides name is there: modules to run, targets of make, commands of flask, files of the project."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

from bin.install import ROOT
from tests.conftest import release, settings_for

GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
GIVEN = {"run", "shell", "routes"}
"""Commands that every Flask program has."""

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every command of the product, and every command of a group with its group's name before it."""
    from wsgi import create_app

    folder = tmp_path_factory.mktemp("commands")
    app = create_app(settings_for(folder, f"sqlite:///{folder}/unused.sqlite3"))
    found = set()
    for name, command in app.cli.commands.items():
        below = command.commands if isinstance(command, click.Group) else ()
        found |= {name, f"{name} ", *(f"{name} {each}" for each in below)}
    release(app)
    return found


@pytest.fixture(params=GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def guide(request: pytest.FixtureRequest) -> Path:
    """One guide after another."""
    path: Path = request.param
    return path


def test_modules_that_a_guide_runs_exist(guide: Path) -> None:
    named = set(re.findall(r"python3? -m ([\w.]+)", guide.read_text())) - {"venv", "pip"}
    missing = {name for name in named if not (_runs(name) or _runs(f"{name}.__main__"))}
    assert not missing


def test_targets_of_make_that_a_guide_names_exist(guide: Path) -> None:
    assert set(re.findall(r"`make ([a-z]+)", guide.read_text())) <= TARGETS


def test_commands_of_flask_that_a_guide_names_exist(guide: Path, commands: set[str]) -> None:
    named = re.findall(r"(?:`|bin/)flask ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", guide.read_text())
    assert {f"{one} {two}" for one, two in named if one not in GIVEN} <= commands


def test_links_of_a_guide_lead_somewhere(guide: Path) -> None:
    broken = [link for link in LINK.findall(guide.read_text()) if not (guide.parent / link).exists()]
    assert broken == []


def _runs(name: str) -> bool:
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return False
    return found is not None and found.submodule_search_locations is None
