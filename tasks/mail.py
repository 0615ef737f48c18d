"""Jobs of the mail: send one, find those whose time has come."""

from __future__ import annotations

import uuid

from flask import current_app

from config.extensions import celery_app, db, ring
from config.mail import read_post
from config.settings import Settings
from config.storage import open_storage
from inspection.mail import operations, sending
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name=operations.SEND)
def send(mail: str) -> None:
    """Do what is left to do for one mail."""
    settings: Settings = current_app.config["SETTINGS"]
    post = read_post(settings.mail_url) if settings.mail_url else None
    sending.send(uuid.UUID(mail), post, open_storage(settings.storage_url), settings.mail_from)


@celery_app.task(name="mail.sweep")
def sweep() -> None:
    """Ring for every mail whose time has come and that nobody is sending."""
    for mail in operations.due(db.session()):
        ring(operations.SEND, str(mail))
