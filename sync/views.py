"""Push and pull over HTTP."""

from __future__ import annotations

import logging
import threading
import time

from flask import Response, request
from flask_smorest import Blueprint

from config.errors import Refusal
from config.extensions import db, now, snapshot, write
from config.openapi import ProblemSchema, json_body
from inspection.journal.models import WitnessAlarm
from inspection.people import operations
from inspection.people.access import Caller, bearer
from inspection.people.models import Device
from inspection.people.permissions import Permission
from sync import pull as pulling
from sync import push as pushing
from sync.schemas import PullAnswerSchema, PullSchema, PushAnswerSchema, PushSchema
from sync.wire import answer, read_json

log = logging.getLogger(__name__)
blueprint = Blueprint(
    "sync", __name__, url_prefix="/api/sync", description="Phones: push and pull (protocol 1)"
)

MOST_WAITING = 2
"""Pulls that one process lets wait for news; others are answered at once."""

LARGEST_PULL = 8 * 1024 * 1024
"""Bytes of the JSON of a pull: a cursor takes some 80 bytes, and a desk reads a scope for every petition."""
LOOK_AGAIN = 1.0
"""Seconds between two looks of a waiting pull."""

_waiting = threading.BoundedSemaphore(MOST_WAITING)


@blueprint.post("/push")
@blueprint.doc(requestBody=json_body(PushSchema))
@blueprint.alt_response(200, schema=PushAnswerSchema)
@blueprint.alt_response(400, schema=ProblemSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(403, schema=ProblemSchema)
@blueprint.alt_response(413, schema=ProblemSchema)
@blueprint.alt_response(415, schema=ProblemSchema)
def push() -> Response:
    """Hand in operations; each is answered, after the commit."""
    caller = bearer(request, even_revoked=True)
    elements = pushing.elements_of(read_json(request))
    if caller.revoked:
        pushing.quarantine(caller.author, elements)
        raise Refusal("device_revoked")
    results = pushing.push(caller.author, elements, caller.language)
    return answer(request, {"results": results, "server_time": now().isoformat()})


@blueprint.post("/pull")
@blueprint.doc(requestBody=json_body(PullSchema))
@blueprint.alt_response(200, schema=PullAnswerSchema)
@blueprint.alt_response(400, schema=ProblemSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(403, schema=ProblemSchema)
@blueprint.alt_response(413, schema=ProblemSchema)
@blueprint.alt_response(415, schema=ProblemSchema)
def pull() -> Response:
    """Fetch what changed in the caller's scopes past the cursors."""
    caller = bearer(request)
    if not caller.grants.holds(Permission.SYNC):
        raise Refusal("forbidden")
    asked = pulling.read_request(read_json(request, largest=LARGEST_PULL))
    found = _pull(caller, asked)
    if asked.phone is not None:
        _note(caller, asked.phone)
    if asked.wait and not (found.changes or found.resync or found.more) and _waiting.acquire(blocking=False):
        try:
            until = time.monotonic() + asked.wait
            while time.monotonic() < until and not (found.changes or found.resync):
                time.sleep(LOOK_AGAIN)
                found = _pull(caller, asked)
        finally:
            _waiting.release()
    return answer(request, found.to_json())


def _note(caller: Caller, report: operations.Report) -> None:
    at = now()
    device = db.session.get_one(Device, caller.device)
    if operations.says_something_new(device, report, at):
        with write() as session:
            operations.note_report(session, session.get_one(Device, caller.device), report, at)


def _pull(caller: Caller, asked: pulling.Request) -> pulling.Answer:
    with snapshot() as session:
        found = pulling.pull(session, caller.grants.scopes, asked)
    for alarm in found.alarms:
        log.error(
            "a phone's cursor contradicts the journal: %s %s %s", alarm.scope, alarm.cursor, alarm.problem
        )
    if found.alarms:
        with write() as session:
            session.add_all(
                WitnessAlarm(
                    scope=alarm.scope,
                    cursor=alarm.cursor,
                    problem=alarm.problem,
                    device=caller.device,
                    raised_at=now(),
                )
                for alarm in found.alarms
            )
    return found
