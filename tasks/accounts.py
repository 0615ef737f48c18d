"""Jobs of signing in: forget what has expired."""

from __future__ import annotations

from config.extensions import celery_app, now, write
from inspection.people import operations, throttle
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name="people.sweep")
def sweep() -> None:
    """Forget old counters of failed sign-ins and old refresh tokens."""
    at = now()
    with write() as session:
        throttle.sweep(session, at)
        operations.sweep_tokens(session, at)
