"""Jobs of the register of establishments: take a confirmed import in, find those nobody works on."""

from __future__ import annotations

import uuid

from config.extensions import celery_app, db, now, ring, write
from inspection.journal.operation import Author
from inspection.people.access import grants_for
from inspection.places.importing import operations
from inspection.places.importing.models import EstablishmentImport
from tasks import queue  # noqa: F401 - gives jobs their application context before the first is declared


@celery_app.task(name=operations.TAKE_IN)
def take_in(identifier: str) -> None:
    """Take an import in, some lines a transaction, with the rights that who confirmed it has now."""
    more = True
    while more:
        with write() as session:
            made = session.get_one(EstablishmentImport, uuid.UUID(identifier))
            author = Author(made.device, made.person, grants_for(session, made.person))
            more = operations.take_some_in(session, made.id, author)


@celery_app.task(name="places.sweep")
def sweep() -> None:
    """Ring again for queued imports that stand still, and forget old workbooks."""
    at = now()
    for identifier in operations.unheard(db.session(), at):
        ring(operations.TAKE_IN, str(identifier))
    with write() as session:
        operations.sweep(session, at)
