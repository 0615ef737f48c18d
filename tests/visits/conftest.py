"""The same small district as for the protocol."""

from __future__ import annotations

from tests.sync.conftest import team, world

__all__ = ["team", "world"]
