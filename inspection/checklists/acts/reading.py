"""A workbook read as the violation catalogue, or every fault in it with the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from inspection.checklists.acts.columns import (
    LONGEST,
    MEASURE_KINDS,
    NOT_READ,
    RANGES,
    SHEETS,
    TIMES,
)
from inspection.checklists.acts.words import WORDS
from inspection.checklists.catalogue import marks
from inspection.checklists.rules import Domain, Payer
from inspection.checklists.workbook.reading import NAME, NO, YES
from inspection.workbooks import Fault, Limits, Row, Sheet, WorkbookError, columns_of, fault, read_workbook

LIMITS = Limits(sheets=8, rows=3_000, columns=40, text=4_000, unpacked=20_000_000)
AMOUNT = re.compile(r"\d{1,15}|\d{1,3}(?:[ .,]\d{3}){1,4}")
NEEDED = ("code", "domain", "name_vi", "legal_basis", "verified")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the workbook is read against: the first day of the version in force of each act, and which checklist in
    force or to come raises an act."""

    versions: Mapping[str, str]
    raised: Mapping[str, str]


def read_acts(content: bytes, standing: Standing) -> list[dict[str, Any]]:
    """The acts in a workbook by code, as the fields of their records without ``valid_from``.

    :raises WorkbookError: with every fault.
    """
    sheets = read_workbook(content, LIMITS)
    faults = [fault("missing_sheet", name=name) for name in SHEETS if name not in sheets]
    if faults:
        raise WorkbookError(faults)
    return _Reading({name: sheets[name] for name in SHEETS}, standing).whole()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row by the names of our columns, with a place to note what is wrong in it."""

    sheet: Sheet
    row: Row
    columns: Mapping[str, str]
    faults: list[Fault]

    def text(self, column: str) -> str:
        return self.row.text(self.columns[column]) if column in self.columns else ""

    def wrong(self, code: str, column: str, **values: object) -> None:
        at = self.sheet.at(self.row, self.columns.get(column, ""))
        self.faults.append(Fault(WORDS[code], self.sheet.name, at, values))

    def word(self, column: str, known: tuple[str, ...]) -> str:
        text = self.text(column)
        if text and text not in known:
            self.wrong("unknown_word", column, word=text, known=", ".join(known))
        return text

    def amount(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if not AMOUNT.fullmatch(text):
            self.wrong("amount", column, text=text)
            return None
        return int(re.sub(r"\D", "", text))

    def times(self, column: str) -> str | None:
        text = self.text(column)
        try:
            if text and text != NOT_READ and not 0 < Decimal(text.replace(",", ".")) < 1000:
                raise InvalidOperation
        except InvalidOperation:
            self.wrong("times", column, text=text)
        return None if text in ("", NOT_READ) else text.replace(",", ".")

    def day(self, column: str) -> date | None:
        text = self.text(column)
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day of the calendar has no zone
            except ValueError:
                continue
        if text:
            self.wrong("day", column, text=text)
        return None

    def ordered(self, low: object, high: object, column: str) -> None:
        if isinstance(low, int) and isinstance(high, int) and low > high:
            self.wrong("backwards", column, low=low)


@dataclass
class _Reading:
    sheets: Mapping[str, Sheet]
    standing: Standing
    faults: list[Fault] = field(default_factory=list)

    def whole(self) -> list[dict[str, Any]]:
        lines = {name: self.lines(sheet) for name, sheet in self.sheets.items()}
        acts: dict[str, dict[str, Any]] = {}
        for line in lines["acts"]:
            act = self.act(line)
            if act["code"] in acts:
                line.wrong("repeated_name", "code", name=act["code"])
            acts.setdefault(act["code"], act)
        for member, read in (("tiers", self.tier), ("measures", self.measure)):
            for line in lines[member]:
                part, code = read(line), line.text("code")
                if code in acts:
                    acts[code][member].append(part)
                else:
                    line.wrong("no_such_act", "code", name=code)
        if not self.faults:
            self.missing(acts)
        if self.faults:
            raise WorkbookError(self.faults)
        return [acts[code] for code in sorted(acts)]

    def lines(self, sheet: Sheet) -> list[_Line]:
        known = SHEETS[sheet.name]
        needed = NEEDED if sheet.name == "acts" else ("code",)
        columns = columns_of(
            sheet,
            lambda header: header if header in known else None,
            {name: name for name in needed},
            self.faults,
        )
        return [_Line(sheet, row, columns, self.faults) for row in sheet.rows]

    def missing(self, acts: Mapping[str, object]) -> None:
        """What the catalogue cannot be without."""
        if not acts:
            self.faults.append(Fault(WORDS["no_acts"], "acts"))
        self.faults += [
            Fault(WORDS["still_raised"], "acts", "", {"name": code, "code": checklist})
            for code, checklist in sorted(self.standing.raised.items())
            if code not in acts
        ]

    def act(self, line: _Line) -> dict[str, Any]:
        for name in NEEDED:
            if not line.text(name) and name in line.columns:
                line.wrong("empty", name)
        for name, most in LONGEST.items():
            if len(line.text(name)) > most:
                line.wrong("long", name, most=most)
        code = line.text("code")
        if code and not NAME.fullmatch(code):
            line.wrong("bad_name", "code", name=code)
        first = self.standing.versions.get(code)
        given = line.day("valid_from")
        if given is not None and given.isoformat() != first:
            line.wrong("other_version", "valid_from", expected=first or "—")
        last = line.day("valid_to")
        low, high = line.amount("fine_minimum"), line.amount("fine_maximum")
        line.ordered(low, high, "fine_maximum")
        payer = line.word("fine_for", tuple(Payer))
        if high is not None and not payer:
            line.wrong("payer", "fine_for", known=", ".join(Payer))
        return {
            "code": code,
            "domain": line.word("domain", tuple(Domain)),
            "name_vi": line.text("name_vi"),
            "name_en": line.text("name_en") or None,
            "legal_basis": line.text("legal_basis"),
            "fine_for": payer or None,
            "fine_minimum": low,
            "fine_maximum": high,
            "tiers": [],
            "measures": [],
            "verified": line.word("verified", tuple(marks())),
            "source": line.text("source") or None,
            "valid_to": None if last is None else last.isoformat(),
        }

    def tier(self, line: _Line) -> dict[str, Any]:
        low, high = line.amount("minimum"), line.amount("maximum")
        line.ordered(low, high, "maximum")
        tier: dict[str, Any] = {"minimum": low, "maximum": high}
        for name in ("condition_vi", "condition_en", "alternative"):
            if line.text(name):
                tier[name] = line.text(name)
        if line.word("verified", tuple(marks())):
            tier["verified"] = line.text("verified")
        for pair, member in RANGES.items():
            first, last = f"{pair}_from", f"{pair}_to"
            if not (line.text(first) or line.text(last)):
                continue
            if pair in TIMES:
                tier[member] = [line.times(first), line.times(last)]
            else:
                least, most = line.amount(first), line.amount(last)
                line.ordered(least, most, last)
                tier[member] = [least, most]
        return tier

    def measure(self, line: _Line) -> dict[str, Any]:
        if not line.text("text_vi"):
            line.wrong("empty", "text_vi")
        measure: dict[str, Any] = {
            "kind": line.word("kind", MEASURE_KINDS) or MEASURE_KINDS[0],
            "text_vi": line.text("text_vi"),
        }
        if line.text("text_en"):
            measure["text_en"] = line.text("text_en")
        word = line.text("verified").lower()
        if word not in YES | NO:
            line.wrong("unknown_word", "verified", word=word, known="yes, no")
        if word:
            measure["verified"] = word in YES
        return measure
