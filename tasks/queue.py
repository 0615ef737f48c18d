"""How the queue behaves, and the application context that jobs run in.

A message is acknowledged when its job has ended, so a killed worker's job comes back after :data:`VISIBILITY` (the
default of an hour would be too late for anybody waiting). Jobs are idempotent and hold a lease on what they do,
because a job that takes longer than that is delivered twice.
"""

from __future__ import annotations

from typing import Any, ClassVar

from celery import Task
from flask import Flask

from config.extensions import celery_app

VISIBILITY = 120
"""Seconds after which a message that nobody acknowledged is delivered again."""

LONGEST_JOB = 30 * 60
"""Seconds after which a job is ended: longer is a fault."""


class JobInContext(Task[Any, Any]):
    """A job with the database and the settings of the worker's application."""

    flask_app: ClassVar[Flask | None] = None

    def __call__(self, *arguments: Any, **values: Any) -> Any:
        """Run the job."""
        if self.flask_app is None:  # called by somebody who has a context already
            return super().__call__(*arguments, **values)
        with self.flask_app.app_context():
            return super().__call__(*arguments, **values)


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
