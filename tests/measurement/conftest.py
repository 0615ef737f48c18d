"""The same small districts as for the protocol and for the office pages."""

from __future__ import annotations

from tests.office.conftest import office
from tests.sync.conftest import team, world

__all__ = ["office", "team", "world"]
