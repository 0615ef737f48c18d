"""How long to wait before a mail is tried again. Pure."""

from __future__ import annotations

from datetime import timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""After each attempt that failed. Eight attempts over some 22 hours: a mail server that is mended the next morning
still gets what the night left."""


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the ``attempts``-th attempt; None when it was the last."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
