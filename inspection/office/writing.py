"""How a page writes: one operation of the session's device through the journal, and the answer in kind
words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, request
from sqlalchemy.orm import Session

from config.errors import Refusal, message
from config.extensions import write
from inspection.journal.canonical import digest
from inspection.journal.edit import edit, edit_all
from inspection.journal.operation import Operation, Result, Status
from inspection.office.blueprint import say
from inspection.people.access import caller


def change(
    *,
    kind: str,
    scope: str,
    fields: Mapping[str, Any],
    record: uuid.UUID | None = None,
    base: str = "0",
    settles: tuple[str, ...] = (),
    sealed: Mapping[str, str] | None = None,
) -> Result:
    """Submit one change in a transaction of its own.

    :raises Refusal: when the journal refused it; what was sent is kept in the queue of refused operations all
    the same.
    """
    with write() as session:
        result = change_within(
            session,
            kind=kind,
            scope=scope,
            fields=fields,
            record=record,
            base=base,
            settles=settles,
            sealed=sealed,
        )
    raise_refused(result)
    return result


def once(values: Mapping[str, Any]) -> str | None:
    """The key of a form that creates something: the same for the same page sent twice with the same words. A page
    called back and filled in otherwise means something else."""
    page = request.form.get("once", "")[:100]
    return f"{page} {digest(dict(values)).hex()}" if page else None


def change_within(session: Session, **operation: Any) -> Result:
    """Submit one change as part of the caller's transaction."""
    return edit(session, caller().author, **operation)


def change_all(operations: Sequence[Operation]) -> None:
    """Submit changes that belong together, in one transaction: all of them, or nothing.

    :raises Refusal: when the journal refused one.
    """
    with write() as session:
        for result in edit_all(session, caller().author, operations):
            raise_refused(result)


def raise_refused(result: Result) -> None:
    """Turn a refused result into a refusal."""
    if result.status in {Status.REJECTED, Status.RETRY}:
        error = result.error or {"code": "server_fault"}
        raise Refusal(str(error["code"]), errors=error.get("fields"))


def tell(result: Result) -> None:
    """Say on the next page what became of the change."""
    match result.status:
        case Status.CONFLICT:
            flash(say("flash.conflict"), "warning")
        case Status.MERGED:
            flash(say("flash.merged"), "success")
        case Status.HELD:
            flash(say("flash.held"), "warning")
        case _:
            flash(say("flash.saved"), "success")


def words_of(refusal: Refusal) -> str:
    """A refusal's words for a form that is shown again."""
    return message(refusal.code, caller().language)


def field_problems(refusal: Refusal) -> dict[str, list[str]]:
    """What a refusal says of single fields, by field name."""
    problems = refusal.errors or {}
    return {
        name: [str(one) for one in (words if isinstance(words, list) else [words])]
        for name, words in problems.items()
    }
