"""Which questions a visit asks, given what was answered so far, and which answers break their constraint. Pure.

The phone's ``records/asking.ts`` decides the same.

A condition reads the answer about the same subject, else the one about none, else the first. The answer to a question
that is not asked reads as empty. Conditions speak of questions above only, so one pass settles all.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from inspection.checklists.expressions import ExpressionError, holds


class Given(Protocol):
    """An answer, as far as conditions read it."""

    item: Any
    subject: Any
    result: Any
    value: Any
    text: Any
    chosen: Any
    day: Any
    id: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """``irrelevant`` and ``outside`` are (item, subject) of answers to what is not asked, and of answers that break
    their constraint."""

    irrelevant: frozenset[tuple[str, str]]
    outside: frozenset[tuple[str, str]]

    def problems(self, answer: Given) -> tuple[str, ...]:
        """What is to be seen of an answer: ``irrelevant``, ``constraint``."""
        key = (answer.item, answer.subject or "")
        if key in self.irrelevant:
            return ("irrelevant",)
        return ("constraint",) if key in self.outside else ()


def examine(
    items: Iterable[Mapping[str, Any]],
    answers: Sequence[Given],
    today: date,
    pictured: frozenset[uuid.UUID] = frozenset(),
) -> Standing:
    """How the answers stand to the questions of one edition; ``today`` is the day of the visit, ``pictured`` the
    answers of which there is a photo or a signature."""
    by_item: dict[str, list[Given]] = {}
    for answer in answers:
        by_item.setdefault(answer.item, []).append(answer)
    asked: dict[str, dict[str, str]] = {}
    irrelevant, outside = set(), set()
    for item in items:
        kind = item.get("answer", {}).get("kind", "text")
        own = {
            each.subject or "": in_words(kind, each, each.id in pictured)
            for each in by_item.get(item["id"], ())
        }
        asked[item["id"]] = {}
        for subject in sorted(own):
            seen = {name: about(each, subject) for name, each in asked.items() if name != item["id"]}
            if not _met(item.get("relevant"), seen, "", today):
                irrelevant.add((item["id"], subject))
                continue
            asked[item["id"]][subject] = own[subject]
            if own[subject] and not _met(item.get("constraint"), seen, own[subject], today):
                outside.add((item["id"], subject))
    return Standing(frozenset(irrelevant), frozenset(outside))


def about(answers: Mapping[str, str], subject: str) -> str:
    """The answer to one question as seen from ``subject``."""
    first = min(answers, default="")
    return answers.get(subject, answers.get("", answers.get(first, "")))


def in_words(kind: str, answer: Given, pictured: bool = False) -> str:
    """An answer as a condition reads it: the result's word, the options' names, a plain number, an ISO day, a text, and
    "yes" for a photo or a signature."""
    match kind:
        case "pass_fail_na":
            return str(answer.result or "")
        case "choice" | "choices":
            return " ".join(answer.chosen or ())
        case "number":
            return "" if answer.value is None else f"{Decimal(answer.value).normalize():f}"
        case "date":
            return str(answer.day or "")
        case "photo" | "signature":
            return "yes" if pictured else ""
        case _:
            return str(answer.text or "")


def _met(condition: object, seen: Mapping[str, str], own: str, today: date) -> bool:
    """A condition that this version cannot read hides nothing."""
    if not condition:
        return True
    try:
        return holds(str(condition), seen, own, today)
    except ExpressionError:
        return True
