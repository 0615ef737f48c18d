"""A document as PDF/A-2b, set by typst with the fonts of this package and nothing of the machine's.

The template is fixed; the data go in as JSON and are inserted as text, so nothing a person typed is ever read
as markup. The only clock is the document's own moment: the same document gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from inspection.reports.documents.model import (
    Annex,
    Bars,
    Block,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
    cell_text,
)
from inspection.reports.numbers import whole

TEMPLATE = Path(__file__).parent / "document.typ"
FONTS = Path(__file__).parent.parent / "fonts"
MEDIA_TYPE = "application/pdf"


def render(document: Document) -> bytes:
    """The bytes of the PDF."""
    compiler = typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"document": json.dumps(_document(document), ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=int(document.moment.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave something else than one PDF")
    return made


def _document(document: Document) -> dict[str, Any]:
    issuer = document.issuer
    return {
        "title": document.title,
        "author": issuer.short_name,
        "superior": issuer.superior,
        "body": issuer.body,
        "number_line": document.number_line,
        "date_line": document.date_line,
        "annex_line": document.annex_line,
        "landscape": document.landscape,
        "type_name": document.type_name,
        "subject": document.subject,
        "addressees": document.addressees,
        "bases": document.basis_lines,
        "blocks": [_block(block) for block in document.blocks],
        "closing": document.closing,
        "recipients": issuer.recipients,
        "authority": issuer.authority,
        "signer": issuer.signer,
        "small_print": document.small_print,
        "annexes": [_annex(annex) for annex in document.annexes],
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "heading": annex.heading,
        "title": annex.title,
        "landscape": annex.landscape,
        "blocks": [_block(block) for block in annex.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "text": block.text}
        case Paragraph():
            return {"type": "paragraph", "text": block.text, "bullet": block.bullet}
        case Table():
            return _table(block)
        case Chart() | Bars():
            return {
                "type": "chart" if isinstance(block, Chart) else "bars",
                "title": block.title,
                "lower_name": block.lower_name,
                "upper_name": block.upper_name,
                "bars": [
                    {
                        "label": bar.label,
                        "lower": bar.lower,
                        "upper": bar.upper,
                        "total_text": whole(bar.lower + bar.upper),
                    }
                    for bar in block.bars
                ],
            }


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "title": table.title,
        "columns": [
            {"heading": column.heading, "kind": column.kind.value, "width": column.width}
            for column in table.columns
        ],
        "rows": [[cell_text(cell) for cell in row] for row in table.rows],
        "strong": sorted(table.strong),
        "note": table.note,
        "empty": table.empty,
        "small": table.small,
    }
