"""The journal over HTTP, for auditors: sealed heads, and the history of one record."""

from __future__ import annotations

import uuid
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db
from inspection.journal import checkpoint, history, store
from inspection.journal.models import Record, SealedHeads
from inspection.people.access import caller, require
from inspection.people.permissions import Permission

MOST_CHECKPOINTS = 50

blueprint = Blueprint("journal", __name__, url_prefix="/api/journal", description="The journal, read only")


class CheckpointSchema(Schema):
    """A signed Merkle root over the heads of all scopes at one moment; a head is ``[scope, sequence, hash]``."""

    root = fields.String(required=True)
    taken_at = fields.String(required=True, metadata={"format": "date-time"})
    heads = fields.List(fields.List(fields.Raw()), required=True)
    key = fields.String(required=True)
    signature = fields.String(required=True, metadata={"description": "Ed25519 over root and moment, base64"})


class EntrySchema(Schema):
    """One entry: who, when, what, and what became of each field."""

    version = fields.String(required=True)
    operation = fields.UUID(required=True)
    user = fields.UUID(required=True)
    device = fields.UUID(required=True)
    made_at = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    amendment = fields.Integer(required=True, allow_none=True)
    outcomes = fields.Dict(required=True)
    values = fields.Dict(required=True)
    hash = fields.String(required=True)


@blueprint.get("/checkpoints")
@blueprint.response(200, CheckpointSchema(many=True))
@require(Permission.READ_JOURNAL)
def checkpoints() -> list[dict[str, Any]]:
    """The newest signed checkpoints, newest first."""
    newest = select(SealedHeads).order_by(SealedHeads.taken_at.desc()).limit(MOST_CHECKPOINTS)
    return [checkpoint.to_json(kept) for kept in db.session.scalars(newest)]


@blueprint.get("/records/<uuid:record>")
@blueprint.response(200, EntrySchema(many=True))
@require(Permission.READ_HISTORY)
def record_history(record: uuid.UUID) -> list[dict[str, Any]]:
    """The entries of one record, oldest first."""
    found = db.session.execute(select(Record.kind, Record.scope).where(Record.id == record)).one_or_none()
    if found is None or not caller().grants.may("read", found.kind, found.scope):
        raise Refusal("not_found")
    known = store.generations(db.session())
    shown = ("operation", "user", "device", "made_at", "received_at", "amendment", "outcomes")
    return [
        {name: getattr(entry, name) for name in shown}
        | {
            "version": known.version(entry.seq),
            "values": {key: None if kept is None else kept[1] for key, kept in entry.content.items()},
            "hash": entry.hash.hex(),
        }
        for entry in history.of_record(db.session(), record)
    ]
