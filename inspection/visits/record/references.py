"""What the composing of a visit record is given beside the content: names for ids, words for fields. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from inspection.documents.issuers import Issuer
from inspection.documents.model import Picture

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a checklist edition, in its order; ``options`` are the labels of its choices by name."""

    checklist: str
    place: int
    text: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class References:
    """What the content names by id, and the words for its fields and choices in Vietnamese.

    ``questions`` are by checklist edition and item, ``acts`` (name, legal basis) by catalogue id and by code,
    ``people`` by id. ``label`` names a field of a kind and ``value`` writes its value; ``verdict`` is the judgement
    of a measured part by the law of the day, empty where there is none.
    """

    issuer: Issuer
    questions: Mapping[tuple[str, str], Question]
    acts: Mapping[str, tuple[str, str]]
    people: Mapping[str, str]
    photos: Mapping[str, Picture]
    label: Callable[[str, str], str]
    value: Callable[[str, str, Any], str]
    verdict: Callable[[str, Mapping[str, Any], date], str]
    kind_name: Callable[[str], str] = field(default=str)


def act_of(violation: Mapping[str, Any], references: References) -> tuple[str, str]:
    """The name and the legal basis of a violation, by the catalogue entry it names, else by its code."""
    for key in (violation.get("violation_type"), violation.get("code")):
        if key in references.acts:
            name, basis = references.acts[str(key)]
            return f"{violation['code']}: {name}", basis
    return "Hành vi ngoài danh mục" if violation.get("code") == "other" else str(violation.get("code")), ""


def plain(kind: str, name: str, value: Any, references: References) -> str:
    """A value of a field in words; a group member by member."""
    if isinstance(value, Mapping):
        return ", ".join(
            references.value(kind, member, one) for member, one in value.items() if one is not None
        )
    return references.value(kind, name, value)
