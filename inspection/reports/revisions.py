"""What has changed between two countings of one report: every figure, and the visits that changed it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from inspection.documents.numbers import short_date
from inspection.reports.facts import Facts, VisitFact
from inspection.reports.shapes import canonical
from inspection.reports.wordlists import column_names

NOT_COUNTED = frozenset({"schema", "definitions", "period", "jurisdiction"})
"""Parts of the figures that are words about them, and no figures."""

MOST_ASKED = 60
"""Changed visits for which it is worked out which figure each of them moves; beyond, a figure names them all."""

Leaf = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs: its path, its name in words, its value before and now (None where there was no such
    line), and the visits that moved it, in words and, in the same order, by their ids."""

    path: Leaf
    name: str
    before: int | None
    now: int | None
    visits: tuple[str, ...] = ()
    ids: tuple[UUID, ...] = ()

    def row(self) -> list[Any]:
        """As it is kept with the report."""
        return [self.name, self.before, self.now, list(self.visits), [str(one) for one in self.ids]]


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """Every whole number that differs between two figures, in the order of the newer. A part that only the newer has is
    an addition to the report's form and no change."""
    old, new = _leaves(before), _leaves(now)
    names = _names(before) | _names(now)
    paths = [*new, *(path for path in old if path not in new)]
    counted = [
        Change(path, _name(path, names), old.get(path), new.get(path))
        for path in paths
        if path[0] in before and (old.get(path) or 0) != (new.get(path) or 0)
    ]
    return counted + _changed_lines(before.get("rows", ()), now.get("rows", ()))


def _changed_lines(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The lines of the register that read otherwise, by their number in the book."""
    old, new = (
        {str(line.get("number", place)): line for place, line in enumerate(lines, 1)}
        for lines in (before, now)
    )
    numbers = [*new, *(number for number in old if number not in new)]
    return [
        Change(("rows", number), f"Dòng {number or 'chưa có số'} của sổ", None, None)
        for number in numbers
        if old.get(number) != new.get(number)
    ]


def explained(
    changes: Sequence[Change], before: Facts, now: Facts, count: Callable[[Facts], Mapping[str, Any]]
) -> list[Change]:
    """The same changes with the visits that moved each.

    A visit moved a figure when taking back what happened to that visit alone changes the figure, or when doing to the
    earlier facts what happened to that visit alone does. Where no single visit does (two late visits to one shop are
    one establishment), all changed visits are named.
    """
    touched = _touched(before, now)
    words = {visit: _visit_words(visit, now, before) for visit in touched}
    everything = sorted(touched, key=lambda visit: (words[visit], str(visit)))

    def moved_by(change: Change, visits: Iterable[UUID]) -> Change:
        named = tuple(visits)
        return replace(change, visits=tuple(words[visit] for visit in named), ids=named)

    if len(touched) > MOST_ASKED:
        return [moved_by(change, everything) for change in changes]
    then, today = _leaves(count(before)), _leaves(count(now))
    moved: dict[Leaf, list[UUID]] = {}
    for visit in everything:
        without = _leaves(count(_with_visit(now, before, visit)))
        alone = _leaves(count(_with_visit(before, now, visit)))
        for change in changes:
            path = change.path
            if without.get(path) != today.get(path) or alone.get(path) != then.get(path):
                moved.setdefault(path, []).append(visit)
    return [moved_by(change, moved.get(change.path) or everything) for change in changes]


def differing(kept: Any, recounted: Any, path: str = "") -> Iterator[str]:
    """The paths at which ``recounted`` is not what was ``kept``. Keys that only the recount has are parts that the form
    of the report has gained since; the words of the definitions may have been improved."""
    if isinstance(kept, Mapping) and isinstance(recounted, Mapping):
        for key, value in kept.items():
            if path or key not in {"definitions", "schema"}:
                yield from differing(value, recounted.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(kept, list) and isinstance(recounted, list) and len(kept) == len(recounted):
        for index, (one, other) in enumerate(zip(kept, recounted, strict=True)):
            yield from differing(one, other, f"{path}[{index}]")
    elif canonical(kept) != canonical(recounted):
        yield path


def _leaves(figures: Mapping[str, Any]) -> dict[Leaf, int]:
    """Every whole number by its path; a line of a list is named by its key, not by its place."""
    found: dict[Leaf, int] = {}

    def walk(value: Any, path: Leaf) -> None:
        if isinstance(value, bool):
            return
        if isinstance(value, int):
            found[path] = value
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if path or key not in NOT_COUNTED:
                    walk(inner, (*path, str(key)))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, Mapping):
                    walk(inner, (*path, _key(inner, index)))

    walk(figures, ())
    return found


def _key(line: Mapping[str, Any], index: int) -> str:
    for name in ("key", "authority", "record"):
        if name in line:
            return f"{line[name]}" + (f".{line['field']}" if "field" in line else "")
    return str(index)


def _names(figures: Mapping[str, Any]) -> dict[Leaf, str]:
    """What every line of a list is called, by its path."""
    found: dict[Leaf, str] = {}

    def walk(value: Any, path: Leaf) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                if path or key not in NOT_COUNTED:
                    walk(inner, (*path, str(key)))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, Mapping):
                    place = (*path, _key(inner, index))
                    name = inner.get("name_vi") or inner.get("name") or inner.get("authority")
                    if name:
                        found[place] = str(name)
                    walk(inner, place)

    walk(figures, ())
    return found


def _name(path: Leaf, names: Mapping[Leaf, str]) -> str:
    """ "Theo địa bàn, Xã Thanh Hà: số lượt"."""
    columns = column_names()
    head = columns.get(path[0], path[0])
    middle = [names.get(path[: end + 1], "") or columns.get(path[end], "") for end in range(1, len(path) - 1)]
    where = ", ".join(part for part in (head, *middle) if part)
    return f"{where}: {columns.get(path[-1], path[-1])}" if len(path) > 1 else where


def _touched(before: Facts, now: Facts) -> list[UUID]:
    """The visits to which anything happened, in the order of their days."""
    old, new = _by_visit(before), _by_visit(now)
    days = {visit.id: visit.visited_on for facts in (before, now) for visit in facts.visits}
    return sorted(
        (visit for visit in old.keys() | new.keys() if old.get(visit) != new.get(visit)),
        key=lambda visit: (days[visit], str(visit)) if visit in days else (min(days.values()), str(visit)),
    )


PARTS = ("violations", "measures", "samples", "instruments", "packages")
"""The facts that hang on a visit, by the name of their field."""


def _by_visit(facts: Facts) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {visit.id: [repr(visit)] for visit in facts.visits}
    for part in PARTS:
        for one in getattr(facts, part):
            if one.visit in found:
                found[one.visit].append(repr(one))
    return {visit: sorted(parts) for visit, parts in found.items()}


def _with_visit(facts: Facts, others: Facts, visit: UUID) -> Facts:
    """``facts``, but for one visit, which is as in ``others``."""
    swapped: dict[str, Any] = {
        "visits": _swapped(facts.visits, others.visits, lambda one: one.id == visit),
    }
    for part in PARTS:
        swapped[part] = _swapped(getattr(facts, part), getattr(others, part), lambda one: one.visit == visit)
    return replace(facts, **swapped)


def _swapped(mine: Iterable[Any], theirs: Iterable[Any], chosen: Callable[[Any], bool]) -> tuple[Any, ...]:
    return (*(one for one in mine if not chosen(one)), *(one for one in theirs if chosen(one)))


def _visit_words(visit: UUID, *both: Facts) -> str:
    """ "Cơ sở bún Ông Bảy, 10/8/2022"."""
    for facts in both:
        found: VisitFact | None = next((one for one in facts.visits if one.id == visit), None)
        if found is not None:
            names = {one.id: one.name for one in facts.establishments}
            return f"{names.get(found.establishment, '') or 'Cơ sở không rõ tên'}, {short_date(found.visited_on)}"
    return str(visit)
