"""The complaint register over HTTP. Every write is a journal operation; an identity is never in an answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import current_app
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, write
from config.settings import Settings
from inspection.complaints import operations
from inspection.complaints.keys import current_public_key
from inspection.complaints.models import Complaint
from inspection.complaints.rules import Status
from inspection.idempotency import IdempotencySchema
from inspection.journal import store
from inspection.journal.kinds import registry
from inspection.journal.operation import Result
from inspection.people.access import caller, require
from inspection.people.permissions import Permission

blueprint = Blueprint("complaints", __name__, url_prefix="/api", description="The complaint register")

MOST_LISTED = 500


class SealedSchema(Schema):
    """An identity encrypted to the office key where it was typed."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    key = fields.String(required=True, validate=validate.Length(1, 200))
    box = fields.String(required=True, validate=validate.Length(1, 20_000))


class NewComplaintSchema(Schema):
    """A petition to enter: the fields of the kind ``complaint``, and the sealed identity beside them."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    values = fields.Dict(required=True, data_key="fields", keys=fields.String(), values=fields.Raw())
    sealed = fields.Nested(SealedSchema)


class MoveSchema(Schema):
    """One step of a case; ``base`` is the version of the record that the officer had before the eyes."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    status = fields.Enum(Status, required=True, by_value=True)
    base = fields.String(required=True, validate=validate.Length(1, 32))
    values = fields.Dict(data_key="fields", keys=fields.String(), values=fields.Raw(), load_default=dict)


class ComplaintAnswerSchema(Schema):
    """One case. ``identity`` says whether a sealed identity is kept, never what it is."""

    id = fields.UUID(required=True)
    version = fields.String(required=True)
    voided = fields.Boolean(required=True)
    fields_ = fields.Dict(required=True, data_key="fields")


class RegisterQuerySchema(Schema):
    """Which lines of the register."""

    year = fields.Integer(validate=validate.Range(1900, 9999))
    status = fields.Enum(Status, by_value=True)
    after = fields.Integer(load_default=0, validate=validate.Range(0, 10**9))


@blueprint.get("/sealing-key")
@blueprint.alt_response(200, description="The office's public key as a JWK (P-256) with its kid")
def sealing_key() -> dict[str, str]:
    """The public key that identities are sealed to in the browser."""
    settings: Settings = current_app.config["SETTINGS"]
    return current_public_key(settings.data_dir)


@blueprint.post("/complaints")
@blueprint.arguments(NewComplaintSchema)
@blueprint.arguments(IdempotencySchema, location="headers")
@blueprint.response(201, ComplaintAnswerSchema)
@require(Permission.RECORD_COMPLAINTS)
def receive(body: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    """Enter a petition in the register. With an ``Idempotency-Key``, a repeated request gives the one petition."""
    jurisdiction = caller().grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    with write() as session:
        record, result = operations.receive(
            session, caller().author, jurisdiction, body["values"], body.get("sealed"), key=headers.get("key")
        )
        _require_accepted(result)
    return _answer(record, opened=True)


@blueprint.get("/complaints")
@blueprint.arguments(RegisterQuerySchema, location="query")
@blueprint.response(200, ComplaintAnswerSchema(many=True))
@require(Permission.READ_REGISTER)
def register(query: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines of the register in the order of their numbers, at most 500 from ``after`` on."""
    lines = select(Complaint).where(
        Complaint.scope.in_(_readable()), Complaint.register_number > query["after"]
    )
    if "year" in query:
        lines = lines.where(Complaint.register_year == query["year"])
    if "status" in query:
        lines = lines.where(Complaint.status == query["status"].value)
    lines = lines.order_by(Complaint.register_year, Complaint.register_number).limit(MOST_LISTED)
    known = store.generations(db.session())
    return [_form(complaint, known.version(complaint.version)) for complaint in db.session.scalars(lines)]


@blueprint.get("/complaints/<uuid:complaint>")
@blueprint.response(200, ComplaintAnswerSchema)
@require(Permission.READ_REGISTER)
def show(complaint: uuid.UUID) -> dict[str, Any]:
    """One case."""
    return _answer(complaint)


@blueprint.post("/complaints/<uuid:complaint>/status")
@blueprint.arguments(MoveSchema)
@blueprint.response(200, ComplaintAnswerSchema)
@require(Permission.HANDLE_COMPLAINTS)
def move(body: dict[str, Any], complaint: uuid.UUID) -> dict[str, Any]:
    """Bring a case one legal step further."""
    _answer(complaint)
    with write() as session:
        result = operations.move(
            session, caller().author, complaint, body["status"], body["values"], body["base"]
        )
        _require_accepted(result)
    return _answer(complaint)


def _readable() -> frozenset[str]:
    return frozenset(scope for scope in caller().grants.scopes if scope.startswith("complaint:"))


def _answer(complaint: uuid.UUID, *, opened: bool = False) -> dict[str, Any]:
    """One case in the reader's jurisdiction. ``opened``: by this very request, whose rights were worked out
    before."""
    found = db.session.get(Complaint, complaint, populate_existing=True)
    if found is None or not (opened or caller().grants.may("read", "complaint", found.scope)):
        raise Refusal("not_found")
    return _form(found, store.generations(db.session()).version(found.version))


def _form(found: Complaint, version: str) -> dict[str, Any]:
    values: Mapping[str, Any] = {name: getattr(found, name) for name in registry["complaint"].columns}
    return {"id": found.id, "version": version, "voided": found.voided, "fields_": values}


def _require_accepted(result: Result) -> None:
    """A page of an officer has nobody to hand a rejection to: refuse the request instead, and store nothing."""
    if result.error is not None:
        raise Refusal(result.error["code"], errors=result.error.get("fields"))
