"""The projections as they stood at earlier heads, rebuilt from the journal alone in a temporary database.

What reads the projections reads the replica with the very same queries: there is one way to count, whether a report is
compiled today or proved years later. Nothing is judged again, an entry keeps what was decided (see
:mod:`inspection.journal.rebuild`). A value erased under the law is missing here too.

The database is a SQLite file that is gone with the block: a scope at a time is held in memory, never the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config.application import from_json, to_json
from config.extensions import Base
from inspection.journal import history, store
from inspection.journal.bulk import insert_rows
from inspection.journal.models import Entry, Scope
from inspection.journal.rebuild import replay


@contextmanager
def replica(session: Session, heads: Iterable[history.Head]) -> Iterator[Session]:
    """A session on the projections of the scopes of ``heads`` as they stood there. ``session`` reads the journal."""
    with TemporaryDirectory(prefix="replica-") as folder:
        engine = create_engine(
            f"sqlite:///{Path(folder) / 'replica.sqlite3'}",
            json_serializer=to_json,
            json_deserializer=from_json,
        )
        try:
            Base.metadata.create_all(engine)
            with Session(engine) as copy:
                for head in heads:
                    _fill(copy, session, head)
                copy.commit()
                yield copy
        finally:
            engine.dispose()


def _fill(copy: Session, session: Session, head: history.Head) -> None:
    entries = list(_up_to(head, history.entries(session, head.scope)))
    insert_rows(copy.connection(), store.table(Entry), entries)
    copy.add(Scope(id=head.scope, head=head.seq, head_hash=bytes.fromhex(head.hash)))
    store.write(copy, replay(entries, session))


def _up_to(head: history.Head, entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    return (dict(entry) for entry in takewhile(lambda entry: entry["seq"] <= head.seq, entries))
