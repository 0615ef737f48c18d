"""One element of a push as an operation. Pure."""

from __future__ import annotations

import re
import uuid
from typing import Any

from marshmallow import ValidationError

from inspection.journal.fields import moment
from inspection.journal.operation import Operation

LARGEST_NUMBER = 2**53 - 1
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NEEDED = frozenset({"id", "n", "kind", "record", "scope", "base", "fields", "made_at"})
MOST_MARKS = 10
_KNOWN = _NEEDED | {"schema", "settles", "sealed"}


class MalformedError(Exception):
    """An element that is no operation; the message names the part."""


def parse_operation(element: Any) -> Operation:
    """Read one element of ``operations``.

    :raises MalformedError: naming the first part that is missing, unknown or of the wrong form.
    """
    if not isinstance(element, dict):
        raise MalformedError("operation")
    for name in sorted(_NEEDED - element.keys()) or sorted(element.keys() - _KNOWN):
        raise MalformedError(str(name)[:64])
    try:
        made_at = moment(element["made_at"])
    except ValidationError:
        raise MalformedError("made_at") from None
    return Operation(
        id=_identifier(element, "id"),
        n=_whole(element, "n", 1),
        schema=_whole(element, "schema", 0) if "schema" in element else 1,
        kind=_text(element, "kind", 64),
        record=_identifier(element, "record"),
        scope=_text(element, "scope", 64),
        base=_text(element, "base", 32),
        fields=_fields(element["fields"]),
        made_at=made_at,
        settles=_settles(element.get("settles")),
        sealed=_sealed(element.get("sealed")),
    )


def _identifier(element: dict[str, Any], name: str) -> uuid.UUID:
    value = element[name]
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise MalformedError(name)
    return uuid.UUID(value)


def _whole(element: dict[str, Any], name: str, least: int) -> int:
    value = element[name]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST_NUMBER:
        raise MalformedError(name)
    return value


def _text(element: dict[str, Any], name: str, longest: int) -> str:
    value = element[name]
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= longest
        or not value.isascii()
        or not value.isprintable()
    ):
        raise MalformedError(name)
    return value


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError("fields")
    _check_text(value)
    return value


def _check_text(value: Any) -> None:
    """Refuse text that cannot be written as UTF-8 and numbers beyond 64 bits, wherever they are."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise MalformedError("fields") from None
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise MalformedError("fields")


def _settles(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if (
        not isinstance(value, list)
        or len(value) > 100
        or not all(isinstance(v, str) and len(v) <= 32 for v in value)
    ):
        raise MalformedError("settles")
    _check_text(value)
    return tuple(value)


def _sealed(value: Any) -> dict[str, Any] | None:
    """A box with its key, and the blind tokens beside it; the kind judges what is inside."""
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() - {"marks"} != {"key", "box"}:
        raise MalformedError("sealed")
    marks = value.get("marks", [])
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise MalformedError("sealed")
    if not all(
        isinstance(part, str) and part.isascii() and 0 < len(part) <= 20_000
        for part in (value["key"], value["box"], *marks)
    ):
        raise MalformedError("sealed")
    return {"key": value["key"], "box": value["box"]} | ({"marks": marks} if marks else {})
