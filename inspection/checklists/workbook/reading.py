"""A workbook read as a checklist: its settings and its items, or every fault in it with the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from inspection.checklists.expressions import ExpressionError, bounds, parse
from inspection.checklists.reference import MARKS
from inspection.checklists.rules import Domain
from inspection.checklists.workbook.columns import (
    APPLICATION,
    CHOICES,
    OWN,
    PLAIN_TYPES,
    RESULT_LIST,
    RESULTS,
    SETTINGS,
    SURVEY,
    TRANSLATED,
)
from inspection.checklists.workbook.words import WORDS
from inspection.checklists.workbook.writing import Sheets
from inspection.workbooks import Fault, Limits, Row, Sheet, WorkbookError, columns_of, fault, look_into

LIMITS = Limits(sheets=10, rows=500, columns=60, text=4_000, unpacked=20_000_000)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,49}")
LANGUAGE = re.compile(r"^(?P<name>[^(]*?)\s*(?:\((?P<code>[a-z-]+)\))?$")
LANGUAGES = {
    "english": "en",
    "tiếng anh": "en",
    "en": "en",
    "vietnamese": "vi",
    "tiếng việt": "vi",
    "vi": "vi",
}
"""Names of languages as people head their columns, and our codes."""
MOST_ITEMS = 300
LARGEST = 58_000
"""Bytes of the items as JSON: what one record holds, with room for its envelope."""
KINDS = {
    "begin group": "begin_group",
    "end group": "end_group",
    "select one from": "select_one",
    "select one": "select_one",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple": "select_multiple",
    "string": "text",
    "int": "integer",
}
"""Other spellings of XLSForm's types, and ours."""
YES, NO = (
    frozenset({"yes", "true", "true()", "1", "có"}),
    frozenset({"", "no", "false", "false()", "0", "không"}),
)


def read_checklist(content: bytes, codes: Iterable[str], current: Sheets | None = None) -> Sheets:
    """The checklist in a workbook. ``codes`` are the acts of the violation catalogue that an item may raise; a workbook
    without the sheet of settings keeps those of ``current``, and one without choices has none.

    :raises WorkbookError: with every fault, those of form first.
    """
    faults: list[Fault] = []
    named = {name.strip().casefold(): sheet for name, sheet in look_into(content, LIMITS, faults).items()}
    needed = ("survey",) if current else ("survey", "settings")
    faults += [fault("missing_sheet", name=name) for name in needed if name not in named]
    sheets = {name: named.get(name, Sheet(name, {}, ())) for name in ("survey", "choices", "settings")}
    return _Reading(sheets, frozenset(codes), current, faults).whole()


@dataclass
class _Reading:
    sheets: Mapping[str, Sheet]
    codes: frozenset[str]
    current: Sheets | None
    faults: list[Fault] = field(default_factory=list)
    names: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Names of the items read so far, with the kind of each and its options' names."""

    def fault(self, code: str, sheet: str, cell: str = "", **values: object) -> None:
        self.faults.append(Fault(WORDS[code], sheet, cell, values))

    def whole(self) -> Sheets:
        survey, choices, settings = (self.sheets[name] for name in ("survey", "choices", "settings"))
        columns = self.headers(survey, SURVEY, ("type", "name"))
        lists = self.lists(choices)
        items = self.items(survey, columns, lists)
        checklist = self.settings(settings, items)
        if len(items) > MOST_ITEMS or len(orjson.dumps(items)) > LARGEST:
            self.fault("too_many_items", "survey", most=MOST_ITEMS)
        if not items and not self.faults:
            self.fault("no_items", "survey")
        if self.faults:
            raise WorkbookError(self.faults)
        return checklist

    def headers(self, sheet: Sheet, known: Iterable[str], needed: Iterable[str]) -> dict[str, str]:
        """The header in this workbook of each column of ``known``; a column without a language is Vietnamese."""
        wanted = {self.key(name): name for name in known}
        named = {name: name for name in needed}
        if not sheet.headers:
            return {}
        found = columns_of(sheet, lambda header: wanted.get(self.key(header)), named, self.faults)
        if SURVEY[2] not in found and sheet is not self.sheets["settings"]:
            self.faults.append(fault("missing_column", sheet.name, name=SURVEY[2]))
        return found

    @staticmethod
    def key(header: str) -> tuple[str, str]:
        """The column and the language of a header as other tools write it: in any case, with blanks for underscores,
        ``label::English`` and ``label::English (en)``; a label without a language is Vietnamese."""
        column, _, language = header.replace("::", ":").partition(":")
        column = re.sub(r"\s+", "_", column.strip().casefold())
        match = LANGUAGE.search(language.strip().casefold())
        spoken = (LANGUAGES.get(match["name"], match["code"] or match["name"]) if match else "") or ""
        translated = column in {column for column, _ in TRANSLATED}
        return column, (spoken or "vi") if translated and not language else spoken

    def lists(self, sheet: Sheet) -> dict[str, list[dict[str, str]]]:
        columns = self.headers(sheet, CHOICES, ("list_name", "name"))
        lists: dict[str, list[dict[str, str]]] = {}
        for row in sheet.rows:
            values = {name: row.text(header) for name, header in columns.items()}
            at = {name: sheet.at(row, header) for name, header in columns.items()}
            options = lists.setdefault(values.get("list_name", ""), [])
            name, label = values.get("name", ""), values.get(CHOICES[2], "")
            if not values.get("list_name"):
                self.fault("empty", sheet.name, at.get("list_name", ""))
            if not NAME.fullmatch(name) and not name.isdecimal():
                self.fault("bad_name", sheet.name, at.get("name", ""), name=name)
            if name in {each["name"] for each in options}:
                self.fault("repeated_name", sheet.name, at.get("name", ""), name=name)
            if not label and CHOICES[2] in columns:
                self.fault("empty", sheet.name, at.get(CHOICES[2], f"{row.number}:{row.number}"))
            options.append({"name": name, "label_vi": label, "label_en": values.get(CHOICES[3], "")})
        return lists

    def settings(self, sheet: Sheet, items: list[dict[str, Any]]) -> Sheets:
        if self.current and not sheet.headers:
            return replace(self.current, items=items)
        columns = self.headers(sheet, SETTINGS, ("form_title", "form_id", "domain"))
        row = sheet.rows[0] if sheet.rows else Row(2, {})
        values = {name: row.text(columns[name]) if name in columns else "" for name in SETTINGS}
        for name in ("form_title", "form_id"):
            if not values[name] and name in columns:
                self.fault("empty", sheet.name, sheet.at(row, columns[name]))
        if values["domain"] not in list(Domain) and "domain" in columns:
            at = sheet.at(row, columns["domain"])
            self.fault("unknown_word", sheet.name, at, word=values["domain"], known=", ".join(Domain))
        titles = (values["form_title"][:300], (values["title_en"] or values["form_title"])[:300])
        types, risks = (self.words(sheet, row, columns, name) for name in APPLICATION)
        given = (values["form_id"], 0, values["domain"], *titles, values["source"])
        return Sheets(*given, items, types, risks)

    def words(self, sheet: Sheet, row: Row, columns: Mapping[str, str], name: str) -> list[str]:
        """The words of a closed set in a cell of the settings, in the order of the set."""
        said = [each for each in re.split(r"[\s,;]+", row.text(columns.get(name, ""))) if each]
        known = APPLICATION[name]
        for word in said:
            if word not in known:
                at = sheet.at(row, columns[name])
                self.fault("unknown_word", sheet.name, at, word=word, known=", ".join(known))
        return [word for word in known if word in said]

    def items(
        self, sheet: Sheet, columns: Mapping[str, str], lists: Mapping[str, list[dict[str, str]]]
    ) -> list[dict[str, Any]]:
        items, group = [], _Group()
        for row in sheet.rows:
            line = _Line(sheet, row, columns)
            kind = _kind(line.text("type"))
            if kind == "begin_group":
                if group.open:
                    self.fault("nested_group", sheet.name, line.at("type"))
                group = _Group(
                    True, line.text(SURVEY[2]), line.text(SURVEY[3]), self.condition(line, "relevant")
                )
                if not group.title and SURVEY[2] in line.columns:
                    self.fault("empty", sheet.name, line.at(SURVEY[2]))
            elif kind == "end_group":
                if not group.open:
                    self.fault("group_not_open", sheet.name, line.at("type"))
                group = _Group()
            else:
                items.append(self.item(line, kind, group, lists))
        if group.open:
            self.fault("group_not_closed", sheet.name, name=group.title)
        return items

    def item(
        self, line: _Line, kind: str, group: _Group, lists: Mapping[str, list[dict[str, str]]]
    ) -> dict[str, Any]:
        name, sheet = line.text("name"), line.sheet.name
        answer = self.answer(line, kind, lists)
        if not NAME.fullmatch(name):
            self.fault("bad_name", sheet, line.at("name"), name=name)
        if name in self.names:
            self.fault("repeated_name", sheet, line.at("name"), name=name)
        if not line.text(SURVEY[2]) and SURVEY[2] in line.columns:
            self.fault("empty", sheet, line.at(SURVEY[2]))
        item: dict[str, Any] = {"id": name, "group": group.title, "group_en": group.title_en}
        for (column, language), target in TRANSLATED.items():
            header = next(each for each in SURVEY if self.key(each) == (column, language))
            item[target] = line.text(header)
        relevant = self.condition(line, "relevant")
        item["relevant"] = (
            f"({group.relevant}) and ({relevant})"
            if group.relevant and relevant
            else group.relevant or relevant
        )
        item["constraint"] = self.condition(line, "constraint")
        item["required"] = self.flag(line, "required")
        if answer["kind"] == "number" and item["constraint"]:
            low, high = bounds(item["constraint"])
            answer |= {
                key: f"{limit:g}" for key, limit in (("minimum", low), ("maximum", high)) if limit is not None
            }
        item["answer"] = answer
        item["violation_codes"] = [
            each for each in re.split(r"[\s,;]+", line.text("violation_codes")) if each
        ]
        for code in item["violation_codes"]:
            if code not in self.codes:
                self.fault("unknown_act", sheet, line.at("violation_codes"), act=code)
        item |= {each: line.text(each) for each in OWN}
        item["applies_to"] = item["applies_to"] or "all"
        item["basis_verified"] = item["basis_verified"] or MARKS[-2]
        if item["basis_verified"] not in MARKS:
            self.fault(
                "unknown_word",
                sheet,
                line.at("basis_verified"),
                word=item["basis_verified"],
                known=" · ".join(MARKS),
            )
        self.names.setdefault(name, (answer["kind"], [each["name"] for each in answer.get("options", [])]))
        kept = ("text_en", "group", "applies_to", "violation_codes")
        return {key: value for key, value in item.items() if value not in ("", False) or key in kept}

    def answer(self, line: _Line, kind: str, lists: Mapping[str, list[dict[str, str]]]) -> dict[str, Any]:
        word, _, listed = kind.partition(" ")
        listed = listed.strip()
        sheet, at = line.sheet.name, line.at("type")
        if word in ("select_one", "select_multiple") and listed:
            if listed == RESULT_LIST and word == "select_one":
                if {each["name"] for each in lists.get(listed, [])} != set(RESULTS):
                    self.fault("result_list", sheet, at, names=", ".join(RESULTS))
                return {"kind": "pass_fail_na"}
            if listed not in lists:
                self.fault("unknown_list", sheet, at, name=listed)
            return {
                "kind": "choice" if word == "select_one" else "choices",
                "list": listed,
                "options": lists.get(listed, []),
            }
        if kind not in PLAIN_TYPES:
            known = ", ".join(("select_one …", "select_multiple …", *PLAIN_TYPES, "begin_group", "end_group"))
            self.fault("unknown_type", sheet, at, word=kind, known=known)
            return {"kind": "text"}
        answer: dict[str, Any] = {"kind": PLAIN_TYPES[kind]}
        appearance = line.text("appearance")
        if answer["kind"] == "photo" and appearance == "signature":
            answer["kind"] = "signature"
        if kind == "integer":
            answer["whole"] = True
        if line.text("unit"):
            answer["unit"] = line.text("unit")[:50]
        return answer

    def condition(self, line: _Line, column: str) -> str:
        """The condition in a cell; it may only speak of questions above it, so that none waits for itself."""
        text, sheet = line.text(column), line.sheet.name
        if not text:
            return ""
        try:
            node = parse(text)
        except ExpressionError as problem:
            self.fault("expression", sheet, line.at(column), at=problem.at, near=problem.near)
            return ""
        for name in dict.fromkeys(node.references()):
            if name == "." and column == "relevant":
                self.fault("own_answer", sheet, line.at(column))
            elif name != "." and name not in self.names:
                self.fault("not_above", sheet, line.at(column), name=name)
        return text

    def flag(self, line: _Line, column: str) -> bool:
        word = line.text(column).lower()
        if word not in YES | NO:
            self.fault("unknown_word", line.sheet.name, line.at(column), word=word, known="yes, no")
        return word in YES


def _kind(text: str) -> str:
    """A question's type in the one way in which we write it; XLSForm knows several."""
    words = " ".join(text.split())
    for other, ours in KINDS.items():
        if words.casefold() == other or words.casefold().startswith(f"{other} "):
            return f"{ours}{words[len(other) :]}"
    return words


@dataclass(frozen=True, slots=True)
class _Group:
    open: bool = False
    title: str = ""
    title_en: str = ""
    relevant: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the survey by the names of our columns."""

    sheet: Sheet
    row: Row
    columns: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.row.text(self.columns[column]) if column in self.columns else ""

    def at(self, column: str) -> str:
        return self.sheet.at(self.row, self.columns.get(column, ""))
