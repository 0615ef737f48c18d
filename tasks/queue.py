"""How the queue behaves, and the application context that jobs run in.

A message is acknowledged when its job has ended, so a killed worker's job comes back after :data:`VISIBILITY` (the
default of an hour would be too late for anybody waiting). Jobs are idempotent and hold a lease on what they do,
because a job that takes longer than that is delivered twice. Log lines of a job carry the id of the request that it
follows from; jobs of the clock note their runs, so that a silent worker shows.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any, ClassVar

import structlog
from celery import Task
from flask import Flask
from structlog.contextvars import bound_contextvars

from config.extensions import celery_app
from inspection.health import runs
from tasks.schedule import REGULAR

log = structlog.stdlib.get_logger("jobs")

VISIBILITY = 120
"""Seconds after which a message that nobody acknowledged is delivered again."""

LONGEST_JOB = 30 * 60
"""Seconds after which a job is ended: longer is a fault."""


class JobInContext(Task[Any, Any]):
    """A job with the database and the settings of the worker's application."""

    flask_app: ClassVar[Flask | None] = None

    def __call__(self, *arguments: Any, **values: Any) -> Any:
        """Run the job."""
        with ExitStack() as around:
            if self.flask_app is not None:  # else called by somebody who has a context already
                around.enter_context(self.flask_app.app_context())
            named = {"job": self.name, "request_id": self.request.get("request_id") or self.request.id}
            around.enter_context(bound_contextvars(**named))
            outcome = runs.Outcome()
            if self.name in REGULAR:
                outcome = around.enter_context(runs.noted(self.name, REGULAR[self.name]))
            began = time.monotonic()
            try:
                result = super().__call__(*arguments, **values)
                outcome.found = result if isinstance(result, int) else None
                return result
            finally:
                log.info("job ended", milliseconds=round((time.monotonic() - began) * 1000))


celery_app.task_cls = "tasks.queue:JobInContext"


def configure(app: Flask) -> None:
    """Let jobs run in the context of ``app``, and the queue behave as described above."""
    JobInContext.flask_app = app
    celery_app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_time_limit=LONGEST_JOB,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            **celery_app.conf.broker_transport_options,  # the name of the master that Sentinels watch
            "visibility_timeout": VISIBILITY,
            "unacked_restore_throttle": 1,
        },
    )
