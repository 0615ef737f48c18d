"""The short run of the machine; `make torture` runs it long, with a seed that replays a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.stateful.machine import run
from tests.sync.stateful.server import district


@pytest.mark.slow
def test_whatever_happens_nothing_acknowledged_is_lost_doubled_or_hidden(
    sqlite_url: str, tmp_path: Path
) -> None:
    with district(tmp_path / "data", sqlite_url) as server:
        run(server, examples=12, steps=30)
