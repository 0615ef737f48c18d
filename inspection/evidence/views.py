"""The bytes of evidence over HTTP, for whoever may read the record."""

from __future__ import annotations

import uuid

from flask import Response
from flask_smorest import Blueprint

from config.errors import Refusal
from config.extensions import db
from config.openapi import ProblemSchema
from inspection.evidence.models import Evidence
from inspection.evidence.serving import serve
from inspection.people.access import caller, require
from inspection.people.permissions import Permission, Verb

blueprint = Blueprint(
    "evidence", __name__, url_prefix="/api/evidence", description="Photos, scans, signatures"
)


@blueprint.get("/<uuid:evidence>/content")
@blueprint.alt_response(200, description="The file", content_type="application/octet-stream")
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@require(Permission.SYNC)
def content(evidence: uuid.UUID) -> Response:
    """The file of an evidence record; 404 until it has arrived."""
    found = db.session.get(Evidence, evidence)
    if found is None or not caller().grants.may(Verb.READ, "evidence", found.scope):
        raise Refusal("not_found")
    return serve(found)
