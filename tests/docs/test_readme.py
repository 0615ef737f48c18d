"""What the README and the guides tell a reader to type works."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bin.install import ROOT
from tests.docs.blocks import blocks, script
from tests.services import free_port

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BY_PATH = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in DOCUMENTS]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("path", BY_PATH)
def test_document_does_what_it_says(path: Path, tmp_path: Path) -> None:
    if not any(block.mark in ("run", "serve") for block in blocks(path.read_text())):
        return
    port = free_port()
    inherited = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    environment = {**inherited, "PORT": str(port), "DATA_DIR": str(tmp_path / "data")}
    result = subprocess.run(
        ["bash", "-c", script(path, port)],
        cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, f"{result.stdout[-4000:]}\n{result.stderr[-4000:]}"
