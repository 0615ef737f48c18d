"""The generation that begins when a database was restored from backup."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from inspection.journal import history, store


def begin_after_restore(session: Session) -> str:
    """Begin a new generation, before phones reach the restored database: they learn how far it went back and send
    again what it has lost. The name of the generation."""
    heads = {head.scope: head.seq for head in history.heads(session)}
    name = new_name(set(store.generations(session).restored))
    store.start_generation(session, name, heads)
    return name


def new_name(taken: set[str]) -> str:
    """Four hex digits that no earlier generation has."""
    while True:
        name = secrets.token_hex(2)
        if name not in taken:
            return name
