"""Reading the dated data files that travel with the packages (units, checklists, limits, holidays).

A file that has faults is refused with all of them at once: who edits dated law wants the whole list, not the
first item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from marshmallow import RAISE, Schema, ValidationError


class DataFileError(Exception):
    """A data file cannot be used; ``faults`` lists everything that is wrong with it."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(faults))
        self.name = name
        self.faults = tuple(faults)


class FileSchema(Schema):
    """The form of a data file or of one of its entries: a key nobody knows is a fault, not a comment."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE


def read(path: Path) -> object:
    """The JSON content of a file."""
    content: object = json.loads(path.read_text(encoding="utf-8"))
    return content


def checked(schema: Schema, name: str, content: object) -> dict[str, Any]:
    """``content`` as ``schema`` loads it.

    :raises DataFileError: with every fault of form.
    """
    if not isinstance(content, Mapping):
        raise DataFileError(name, ["not an object"])
    try:
        loaded: dict[str, Any] = schema.load(content)
    except ValidationError as problem:
        raise DataFileError(name, _flat(problem.messages, "")) from None
    return loaded


def refuse(name: str, faults: Sequence[str]) -> None:
    """Refuse the file when there are faults.

    :raises DataFileError: when there are.
    """
    if faults:
        raise DataFileError(name, faults)


def overlaps(periods: Sequence[tuple[str, str | None]]) -> bool:
    """Whether two of these periods (first day, last day or None, ISO dates, both inclusive) share a day."""
    ordered = sorted(periods, key=lambda period: period[0])
    return any(last is None or following <= last for (_, last), (following, _) in pairwise(ordered))


def _flat(messages: object, where: str) -> list[str]:
    if isinstance(messages, Mapping):
        return [
            line for key, value in messages.items() for line in _flat(value, f"{where}.{key}".lstrip("."))
        ]
    if isinstance(messages, list):
        return [f"{where}: {message}" for message in messages]
    return [f"{where}: {messages}"]
