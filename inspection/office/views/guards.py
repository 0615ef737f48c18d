"""What several pages ask before they show or change a record."""

from __future__ import annotations

import uuid

from flask import request
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.office.reads import records
from inspection.office.reads.records import RecordView
from inspection.people.access import caller
from inspection.people.permissions import Verb

LAST_PAGE = 100_000


def readable(session: Session, record: uuid.UUID, kind: str | None = None) -> RecordView:
    """The record, if the reader may read it. What may not be read is not found: a 403 would tell that it
    exists.

    :raises Refusal: ``not_found``.
    """
    found = records.load(session, record)
    if found is None or (kind is not None and found.kind.name != kind):
        raise Refusal("not_found")
    if not caller().grants.may(Verb.READ, found.kind.name, found.scope):
        raise Refusal("not_found")
    return found


def must(verb: Verb, kind: str, scope: str) -> None:
    """Refuse unless the caller may.

    :raises Refusal: ``forbidden``.
    """
    if not caller().grants.may(verb, kind, scope):
        raise Refusal("forbidden")


def page_number() -> int:
    """The page of a list that is asked for, from 1."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1


def home_scope(prefix: str) -> str:
    """The reader's own reference or establishments scope.

    :raises Refusal: ``forbidden`` for somebody without a jurisdiction.
    """
    jurisdiction = caller().grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    return f"{prefix}:{jurisdiction}"
