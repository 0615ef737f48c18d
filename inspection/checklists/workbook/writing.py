"""An edition of a checklist as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from inspection.checklists.workbook.columns import (
    CHOICES,
    OWN,
    RESULT_LIST,
    RESULTS,
    SETTINGS,
    SURVEY,
    TRANSLATED,
    VI,
)

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = {"type": 26, "name": 14, "relevant": 30, "constraint": 24, "legal_basis": 40, "source": 60,
          "establishment_types": 30}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheets:
    """The settings of an edition and its items, as a workbook holds them and a record keeps them."""

    code: str
    edition: int
    domain: str
    title_vi: str
    title_en: str
    source: str
    items: Sequence[Mapping[str, Any]]
    establishment_types: Sequence[str] = ()
    risk_groups: Sequence[str] = ()


Table = tuple[str, Sequence[str], Iterable[Mapping[str, str]]]
"""A sheet: its name, its columns, its rows by column."""


def write_workbook(edition: Sheets) -> bytes:
    """The workbook of an edition."""
    settings = (edition.title_vi, edition.title_en, edition.code, str(edition.edition), VI, edition.domain,
                ", ".join(edition.establishment_types), ", ".join(edition.risk_groups), edition.source)  # fmt: skip
    return write_tables(
        (
            ("survey", SURVEY, _survey(edition.items)),
            ("choices", CHOICES, _choices(edition.items)),
            ("settings", SETTINGS, [dict(zip(SETTINGS, settings, strict=True))]),
        ),
        WIDTHS,
    )


def write_tables(tables: Iterable[Table], widths: Mapping[str, int]) -> bytes:
    """A workbook of texts, every column as a text, its names and the first two columns of the first sheet in sight."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for place, (name, columns, rows) in enumerate(tables):
        sheet = book.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, heading)
            sheet.set_column(at, at, widths.get(column, 40 if "::" in column else 14), text)
        for number, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                if row.get(column):
                    sheet.write_string(number, at, row[column], text)
        sheet.freeze_panes(1, 0 if place else 2)
    book.close()
    return target.getvalue()


def _survey(items: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, str]]:
    """One row an item, with a group's rows around the items that follow one another in it."""
    open_group, count = "", 0
    for item in items:
        group = str(item.get("group") or "")
        if group != open_group:
            if open_group:
                yield {"type": "end_group"}
            if group:
                count += 1
                labels = (group, str(item.get("group_en") or ""))
                yield {
                    "type": "begin_group",
                    "name": f"group_{count}",
                    SURVEY[2]: labels[0],
                    SURVEY[3]: labels[1],
                }
            open_group = group
        yield _row(item)
    if open_group:
        yield {"type": "end_group"}


def _row(item: Mapping[str, Any]) -> dict[str, str]:
    answer = _answer(item)
    row = {"type": _type(item), "name": item["id"], "unit": answer.get("unit") or ""}
    for (column, language), field in TRANSLATED.items():
        header = next(each for each in SURVEY if each.startswith(f"{column}::") and f"({language})" in each)
        row[header] = str(item.get(field) or "")
    row |= {field: str(item.get(field) or "") for field in (*OWN, "relevant", "constraint")}
    row["required"] = "yes" if item.get("required") else ""
    row["appearance"] = "signature" if answer["kind"] == "signature" else ""
    row["violation_codes"] = ", ".join(item.get("violation_codes") or ())
    return row


def _type(item: Mapping[str, Any]) -> str:
    answer = _answer(item)
    match answer["kind"]:
        case "pass_fail_na":
            return f"select_one {RESULT_LIST}"
        case "choice":
            return f"select_one {_list(item)}"
        case "choices":
            return f"select_multiple {_list(item)}"
        case "number":
            return "integer" if answer.get("whole") else "decimal"
        case "photo" | "signature":
            return "image"
        case _:
            return str(answer["kind"])


def _answer(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is answered; a question of before there were kinds of answers asks for a text."""
    return item.get("answer") or {"kind": "text"}


def _list(item: Mapping[str, Any]) -> str:
    return str(_answer(item).get("list") or f"list_{item['id']}")


def _choices(items: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    lists: dict[str, list[tuple[str, str, str]]] = {
        RESULT_LIST: [(name, *labels) for name, labels in RESULTS.items()]
    }
    for item in items:
        if _answer(item)["kind"] in ("choice", "choices"):
            options = _answer(item).get("options") or []
            lists[_list(item)] = [
                (each["name"], each["label_vi"], each.get("label_en", "")) for each in options
            ]
    return [
        dict(zip(CHOICES, (name, *option), strict=True)) for name, each in lists.items() for option in each
    ]
