"""Reads for the pages of checklists and of reference data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Language
from inspection.checklists.models import Checklist, ViolationType
from inspection.measurement.verification import cycles
from inspection.office import formats, words
from inspection.visits.violations.powers import authorities, ceilings

VERIFIED = frozenset({"in source", "full", "quoted_amended", "true"})
"""Marks of what was read in the source in full; anything else is shown as not verified."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader filters reference data by."""

    kind: str
    state: str
    day: date | None
    words: str

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """What the address says; what cannot be read is not asked."""
        try:
            day = date.fromisoformat(given.get("day", ""))
        except ValueError:
            day = None
        return cls(given.get("kind", ""), given.get("state", ""), day, given.get("words", "").strip()[:100])

    def wants(self, line: ReferenceLine) -> bool:
        """Whether a line is among what is asked for."""
        if self.state and line.verified != (self.state == "verified"):
            return False
        if self.day and not (
            line.valid_from <= self.day and (line.valid_to is None or self.day <= line.valid_to)
        ):
            return False
        needle = self.words.casefold()
        return not needle or any(needle in each.casefold() for each in (line.code, line.name, line.basis))


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One question of an edition, one act of the catalogue, a verification cycle, a ceiling or a power; ``kind`` is the
    domain of a checklist, or ``violation_type``, ``cycle``, ``power``."""

    kind: str
    code: str
    name: str
    basis: str
    mark: str
    verified: bool
    valid_from: date
    valid_to: date | None
    source: str


def editions(session: Session, scope: str) -> dict[str, list[Checklist]]:
    """The editions of every checklist, the newest first."""
    found: dict[str, list[Checklist]] = {}
    query = select(Checklist).where(Checklist.scope == scope)
    for edition in session.scalars(query.order_by(Checklist.code, Checklist.edition.desc())):
        found.setdefault(edition.code, []).append(edition)
    return found


def groups(items: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Items by group, in the order in which the phone shows them."""
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        grouped.setdefault(str(item.get("group") or ""), []).append(item)
    return list(grouped.items())


def reference_lines(session: Session, scope: str, asked: Asked, english: bool) -> list[ReferenceLine]:
    """What is asked for, checklists first."""
    lines: list[ReferenceLine] = []
    if asked.kind != "violation_type":
        query = select(Checklist).where(Checklist.scope == scope, ~Checklist.voided)
        for edition in session.scalars(query.order_by(Checklist.code, Checklist.edition)):
            if asked.kind in ("", edition.domain):
                lines += [_question(edition, item, english) for item in edition.items]
    if asked.kind in ("", "violation_type"):
        acts = select(ViolationType).where(ViolationType.scope == scope, ~ViolationType.voided)
        lines += [_act(each, english) for each in session.scalars(acts.order_by(ViolationType.code))]
    language: Language = "en" if english else "vi"
    if asked.kind in ("", "cycle"):
        lines += _cycles(language)
    if asked.kind in ("", "power"):
        lines += _powers(language)
    return [line for line in lines if asked.wants(line)]


def _cycles(language: Language) -> Iterator[ReferenceLine]:
    for cycle in cycles():
        name = cycle.name_en if language == "en" else cycle.name_vi
        said = (
            words.say("reference.once", language, name=name)
            if cycle.months is None
            else words.say("reference.months", language, name=name, months=cycle.months)
        )
        yield ReferenceLine("cycle", cycle.id, said, cycle.document, cycle.verified,
                            cycle.verified in VERIFIED, cycle.valid_from, cycle.valid_to, "")  # fmt: skip


def _powers(language: Language) -> Iterator[ReferenceLine]:
    for one in ceilings():
        domain = words.say(f"reference.kind.{one['domain'].value}", language)
        amount = formats.number(one["individual"], language)
        said = words.say("reference.ceiling", language, domain=domain, amount=amount)
        yield _dated("power", one["domain"].value, said, one)
    for one in authorities():
        name = one["name_en"] if language == "en" else one["name_vi"]
        said = words.say("reference.share", language, name=name, share=one["share"])
        yield _dated("power", one["code"], said, one)


def _dated(kind: str, code: str, said: str, one: Mapping[str, Any]) -> ReferenceLine:
    mark, first, last = one["verified"], one["valid_from"], one["valid_to"]
    return ReferenceLine(kind, code, said, one["source"], mark, mark in VERIFIED, first, last, "")


def _question(edition: Checklist, item: Mapping[str, Any], english: bool) -> ReferenceLine:
    mark = str(item.get("basis_verified") or "")
    return ReferenceLine(
        kind=edition.domain,
        code=str(item["id"]),
        name=str((english and item.get("text_en")) or item["text_vi"]),
        basis=str(item.get("legal_basis") or ""),
        mark=mark,
        verified=mark in VERIFIED,
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        source=edition.source or "",
    )


def _act(act: ViolationType, english: bool) -> ReferenceLine:
    return ReferenceLine(
        kind="violation_type",
        code=act.code,
        name=(english and act.name_en) or act.name_vi,
        basis=act.legal_basis,
        mark=act.verified,
        verified=act.verified in VERIFIED,
        valid_from=act.valid_from,
        valid_to=act.valid_to,
        source=act.source or "",
    )
