"""Push: a phone's outbox becomes journal entries, with one answer per operation."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config.errors import Language, Refusal, message
from config.extensions import now, write
from inspection.journal.models import ParkedStatus
from inspection.journal.operation import Author, Operation, Refused, Result, Status
from inspection.journal.parked import park
from inspection.journal.submit import submit
from sync.parsing import MalformedError, parse_operation

log = logging.getLogger(__name__)

MOST_OPERATIONS = 500
"""Operations in one request (sync protocol, "Push")."""


def elements_of(body: Any) -> list[Any]:
    """The operations of a push envelope, unread.

    :raises Refusal: ``malformed_request`` or ``too_large``.
    """
    if (
        not isinstance(body, dict)
        or body.keys() != {"operations"}
        or not isinstance(body["operations"], list)
    ):
        raise Refusal("malformed_request")
    if len(body["operations"]) > MOST_OPERATIONS:
        raise Refusal("too_large")
    elements: list[Any] = body["operations"]
    return elements


def push(author: Author, elements: list[Any], language: Language) -> list[dict[str, Any]]:
    """Submit the elements in one transaction and answer after its commit. A fault of the database itself
    makes every answer ``retry``: nothing was stored, and the phone sends the same again."""
    try:
        with write() as session:
            results = _submit_all(session, author, elements)
    except DBAPIError:
        log.exception("a push of %d operations was not stored", len(elements))
        results = [Result(_id_of(element), Status.RETRY, error={"code": "busy"}) for element in elements]
    return [to_json(result, language) for result in results]


def _submit_all(session: Session, author: Author, elements: list[Any]) -> list[Result]:
    moment = now()
    results: dict[int, Result] = {}
    operations: dict[int, Operation] = {}
    for at, element in enumerate(elements):
        try:
            operations[at] = parse_operation(element)
        except MalformedError as problem:
            error = Refused("malformed", {str(problem): []}).error()
            park(
                session,
                device=author.device,
                user=author.user,
                content=element,
                status=ParkedStatus.REJECTED,
                error=error,
                received_at=moment,
            )
            results[at] = Result(_id_of(element), Status.REJECTED, error=error)
    answers = submit(session, author, list(operations.values()), received_at=moment)
    results |= dict(zip(operations, answers, strict=True))
    return [results[at] for at in range(len(elements))]


def quarantine(author: Author, elements: list[Any]) -> None:
    """Keep what a revoked device still sends for an administrator; nothing of it is applied."""
    with write() as session:
        for element in elements:
            try:
                operation = parse_operation(element)
            except MalformedError:
                operation = None
            park(
                session,
                device=author.device,
                user=author.user,
                content=element if operation is None else operation.content(),
                operation=operation,
                status=ParkedStatus.QUARANTINED,
                error={"code": "device_revoked"},
                received_at=now(),
            )


def to_json(result: Result, language: Language) -> dict[str, Any]:
    """A result as it travels, with the words of its error."""
    form: dict[str, Any] = {"id": result.id, "status": str(result.status)}
    if result.seq is not None:
        form["seq"] = result.seq
    if result.conflicts:
        form["conflicts"] = [dict(conflict) for conflict in result.conflicts]
    if result.waits_for is not None:
        form["waits_for"] = dict(result.waits_for)
    if result.error is not None:
        form["error"] = {**result.error, "message": message(result.error["code"], language)}
    if result.replayed:
        form["replayed"] = True
    return form


def _id_of(element: Any) -> str:
    named = element.get("id") if isinstance(element, dict) else None
    return named.encode("ascii", "replace").decode()[:64] if isinstance(named, str) else ""
