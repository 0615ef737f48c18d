"""The journal as a file that proves itself without the product: one JSON object a line.

An entry carries its header and its hash. Values and salts are left out unless they are asked for: the chain covers
digests, so it can be checked without anybody's data leaving the office.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from inspection.journal import history
from inspection.journal.canonical import encode
from inspection.journal.chain import header


def lines(session: Session, *, values: bool = False) -> Iterator[bytes]:
    """The lines of an export, ordered by scope and sequence number."""
    for entry in history.entries(session):
        line = {"header": header(entry), "hash": entry["hash"].hex()}
        if values:
            line["content"] = entry["content"]
        yield encode(line) + b"\n"
