"""Forms made from the schema of a record kind, and back: what was posted becomes journal values.

A form carries the version it was made from (``base``) and the values it showed (``shown``). Only what the
person changed is submitted: comparing with the values stored by now would turn a colleague's newer value,
left untouched on this page, into an edit and a conflict that nobody made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from config.errors import Language
from inspection.journal import fields
from inspection.journal.kinds import Kind
from inspection.office import formats, words
from inspection.office.reads.values import label

Option = tuple[str, str]
LONG_TEXT = 1000
"""From this length on a text gets several lines."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked for among records too many to list: the words, the first that fit and how many do, and the one
    that is chosen now."""

    words: str
    options: Sequence[Option]
    total: int
    chosen: Option | None = None


@dataclass(slots=True)
class FormField:
    """One field on a page. ``form`` is how it is asked for; ``value`` what stands in it, a list for
    several."""

    name: str
    form: str
    label: str
    value: Any
    required: bool = False
    options: Sequence[Option] = ()
    maximum: int | None = None
    hint: str = ""
    errors: list[str] = field(default_factory=list)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields of a kind a form asks for, in their order, the options of those that point to records, and what
    was found for those that point to one of many."""

    kind: Kind
    names: tuple[str, ...]
    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)


def build(
    shape: Shape, values: Mapping[str, Any], language: Language, errors: Mapping[str, Any] | None = None
) -> list[FormField]:
    """The fields of a form, filled with ``values`` (journal values by field name)."""
    return [
        _field(shape, name, values.get(name), language, (errors or {}).get(name, [])) for name in shape.names
    ]


def _field(shape: Shape, name: str, value: Any, language: Language, errors: Any) -> FormField:
    column = shape.kind.columns[name]
    hint_key = f"hint.{shape.kind.name}.{name}"
    built = FormField(
        name=name,
        form="text",
        label=label(shape.kind.name, name, language),
        value="" if value is None else value,
        required=column.needed,
        options=shape.options.get(name, ()),
        hint=words.say(hint_key, language) if hint_key in words.catalogue() else "",
        errors=[_one_language(str(error), language) for error in errors]
        if isinstance(errors, list)
        else [str(errors)],
        finding=shape.findings.get(name),
    )
    match column:
        case fields.Choice():
            built.form = "choice"
            built.options = [(one, words.choice(f"choice.{name}", one, language)) for one in column.choices]
        case fields.Flag():
            built.form = "flag"
            built.value = {True: "yes", False: "no"}.get(value, "") if not isinstance(value, str) else value
        case fields.Date():
            built.form = "date"
        case fields.Timestamp():
            built.form = "datetime-local"
            built.value = _local(value) if value else ""
        case fields.Whole():
            built.form = "number"
        case fields.Identifier():
            built.form = "find" if built.finding else "choice"
        case fields.Identifiers():
            built.form = "several"
        case fields.Texts():
            built.form = "several"
            built.options = built.options or []
        case fields.Text():
            built.form = "long" if column.maximum >= LONG_TEXT else "text"
            built.maximum = column.maximum
        case _:
            built.form = "text"
    return built


def _one_language(text: str, language: Language) -> str:
    """Messages of the journal say Vietnamese and English at once, with a stroke between."""
    vietnamese, stroke, english = text.partition(" / ")
    return english if stroke and language == "en" else vietnamese


def _local(value: str) -> str:
    try:
        return datetime.fromisoformat(value).astimezone(formats.ZONE).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return value


def posted(shape: Shape, form: MultiDict[str, str]) -> dict[str, Any]:
    """What a person entered, as journal values that may still be invalid; an empty field is null."""
    return {name: _posted(shape.kind.columns[name], name, form) for name in shape.names}


def _posted(column: fields.Value, name: str, form: MultiDict[str, str]) -> Any:
    if isinstance(column, (fields.Identifiers, fields.Texts)):
        return form.getlist(name) or None
    text = form.get(name, "").strip().replace("\r\n", "\n")
    if not text:
        return None
    match column:
        case fields.Flag():
            return text == "yes"
        case fields.Whole():
            bare = text.replace(".", "").replace(" ", "")
            return int(bare) if bare.isascii() and bare.isdigit() else text
        case fields.Amount():
            return text.replace(",", ".")
        case fields.Timestamp():
            try:
                return datetime.fromisoformat(text).replace(tzinfo=formats.ZONE).isoformat()
            except ValueError:
                return text
        case _:
            return text


def shown_values(shape: Shape, values: Mapping[str, Any]) -> str:
    """The hidden text by which a form remembers what it showed."""
    return json.dumps({name: values.get(name) for name in shape.names}, ensure_ascii=False, sort_keys=True)


def changed(shape: Shape, entered: Mapping[str, Any], shown: str) -> dict[str, Any]:
    """The fields that differ from what the form showed, groups whole: part of a group means nothing."""
    try:
        before = json.loads(shown or "{}")
    except ValueError:
        before = {}
    before = before if isinstance(before, dict) else {}
    kind = shape.kind
    differing = {
        name for name, value in entered.items() if _differs(kind.columns[name], before.get(name), value)
    }
    whole = set(differing)
    for members in kind.groups.values():
        if differing.intersection(members):
            whole.update(members)
    return {name: entered.get(name, before.get(name)) for name in whole}


def _differs(column: fields.Value, before: Any, entered: Any) -> bool:
    """Whether a person changed a field. A form knows minutes and not seconds, and no space around a text."""
    if isinstance(column, fields.Timestamp) and isinstance(before, str) and isinstance(entered, str):
        return _local(before) != _local(entered)
    return bool(_plain(before) != _plain(entered))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip().replace("\r\n", "\n")
    return None if value in ("", []) else value


def problems(
    shape: Shape, values: Mapping[str, Any], language: Language, *, creating: bool
) -> dict[str, list[str]]:
    """What is wrong with ``values``, by field name. Asked before submitting, so that a slip of the keyboard
    does not end in the queue of refused operations."""
    found: dict[str, list[str]] = {}
    try:
        shape.kind.loader.load(dict(values), partial=True)
    except ValidationError as problem:
        found = {name: [str(one) for one in words] for name, words in dict(problem.messages_dict).items()}
    for name in shape.kind.needed:
        empty = values.get(name) in (None, "", [])
        if name in shape.names and empty and (creating or name in values):
            found[name] = [words.say("form.required", language)]
    return found
