"""What a changed checklist changes, item by item, or a changed catalogue, act by act. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Item = Mapping[str, Any]


class Change(StrEnum):
    """What became of an item. A renamed one has the words of an item that is gone: its earlier answers stay under the
    old name and are no longer found under the new one."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs; ``fields`` are (name, before, after) as a person reads them."""

    item: str
    change: Change
    text: str
    before: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


def compare(
    old: Sequence[Item], new: Sequence[Item], key: str = "id", words: str = "text_vi"
) -> list[Difference]:
    """What ``new`` changes in ``old``, in the order of the new items, then what is gone. ``key`` is the member that
    names an item, ``words`` the one that says what it is."""
    before, after = {each[key]: each for each in old}, {each[key]: each for each in new}
    gone = {each[words]: each[key] for each in old if each[key] not in after}
    kept = [name for name in before if name in after]
    places = {name: at for at, name in enumerate(name for name in after if name in before)}
    differences, renamed = [], set()
    for name, item in after.items():
        if name not in before:
            former = gone.get(item[words])
            if former:
                renamed.add(former)
            change = Change.RENAMED if former else Change.ADDED
            differences.append(Difference(name, change, item[words], former or ""))
            continue
        fields = _fields(before[name], item)
        if fields:
            differences.append(Difference(name, Change.CHANGED, item[words], fields=fields))
        elif kept.index(name) != places[name]:
            differences.append(Difference(name, Change.MOVED, item[words]))
    for name, item in before.items():
        if name not in after and name not in renamed:
            differences.append(Difference(name, Change.REMOVED, item[words]))
    return differences


def _fields(old: Item, new: Item) -> tuple[tuple[str, str, str], ...]:
    first, second = _flat(old), _flat(new)
    names = [*first, *(name for name in second if name not in first)]
    return tuple(
        (name, first.get(name, ""), second.get(name, ""))
        for name in names
        if first.get(name, "") != second.get(name, "")
    )


def _flat(item: Item) -> dict[str, str]:
    """The item's fields as texts; the name of a list of options says nothing to anybody."""
    flat: dict[str, str] = {}
    for name, value in item.items():
        if name == "answer":
            flat |= {f"answer_{key}": _text(each) for key, each in value.items() if key != "list"}
        else:
            flat[name] = _text(value)
    return flat


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return f"{value.get('name', '')} = {value.get('label_vi', '')}"
    return {True: "yes", False: ""}[value] if isinstance(value, bool) else str(value or "")
