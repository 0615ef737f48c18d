"""The same small district as for the office pages."""

from __future__ import annotations

from tests.office.conftest import office

__all__ = ["office"]
