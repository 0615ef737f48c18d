"""A document as PDF/A-2b, set by typst with the fonts of this package and nothing of the machine's.

The template is fixed; the data go in as JSON and are inserted as text, so nothing a person typed is ever read
as markup. The only clock is the document's own moment: the same document gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from inspection.documents.codes import as_svg
from inspection.documents.model import (
    SEAL_WORDS,
    Annex,
    Bars,
    Block,
    Chart,
    Document,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Signatories,
    Table,
    cell_text,
)
from inspection.documents.numbers import whole

TEMPLATE = Path(__file__).parent / "document.typ"
FONTS = Path(__file__).parent / "fonts"
MEDIA_TYPE = "application/pdf"
UNREADABLE = "Ảnh không in được ở định dạng này."
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
Names = Mapping[int, str]
"""The file of each picture object."""


def render(document: Document) -> bytes:
    """The bytes of the PDF. A photo that cannot be drawn is said to be unreadable instead of failing the document."""
    pictures = [picture for block in _all_blocks(document) for picture in _pictures(block)]
    try:
        return _compiled(document, pictures)
    except typst.TypstError:
        readable = [picture for picture in pictures if _is_drawable(picture)]
        if len(readable) == len(pictures):
            raise
        return _compiled(document, readable)


def _compiled(document: Document, pictures: Sequence[Picture]) -> bytes:
    """The document with those of its pictures, whose files lie beside a copy of the template."""
    names = {
        id(picture): f"{number}.{_EXTENSIONS[picture.media_type]}" for number, picture in _numbered(pictures)
    }
    data = json.dumps(_document(document, names), ensure_ascii=False)
    with TemporaryDirectory() as folder:
        template = Path(folder) / TEMPLATE.name
        template.write_bytes(TEMPLATE.read_bytes())
        for _, picture in _numbered(pictures):
            (Path(folder) / names[id(picture)]).write_bytes(picture.content or b"")
        compiler = typst.Compiler(
            str(template), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True
        )
        made = compiler.compile(
            format="pdf",
            sys_inputs={"document": data},
            pdf_standards="a-2b",
            timestamp=int(document.moment.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst gave something else than one PDF")
    return made


def _numbered(pictures: Sequence[Picture]) -> list[tuple[int, Picture]]:
    drawable = [one for one in pictures if one.content is not None and one.media_type in _EXTENSIONS]
    return list(enumerate(drawable))


def _is_drawable(picture: Picture) -> bool:
    if picture.content is None or picture.media_type not in _EXTENSIONS:
        return True
    with TemporaryDirectory() as folder:
        name = f"0.{_EXTENSIONS[picture.media_type]}"
        (Path(folder) / name).write_bytes(picture.content)
        (Path(folder) / "one.typ").write_text(f'#image("{name}")', encoding="utf-8")
        try:
            typst.compile(str(Path(folder) / "one.typ"), root=folder)
        except typst.TypstError:
            return False
    return True


def drawn_png(drawing: str) -> bytes:
    """A drawn signature as a PNG, for files that take no vectors."""
    source = (
        b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        b'#image(bytes(sys.inputs.drawing), format: "svg", width: 60mm)'
    )
    made = typst.compile(source, format="png", ppi=200.0, sys_inputs={"drawing": drawing})
    if not isinstance(made, bytes):
        raise TypeError("typst gave something else than one picture")
    return made


def _all_blocks(document: Document) -> list[Block]:
    return [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]


def _pictures(block: Block) -> tuple[Picture, ...]:
    return block.pictures if isinstance(block, Pictures) else ()


def _document(document: Document, names: Names) -> dict[str, Any]:
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
        "blocks": [_block(block, names) for block in document.blocks],
        "closing": document.closing,
        "recipients": issuer.recipients,
        "authority": issuer.authority,
        "signer": issuer.signer,
        "small_print": document.small_print,
        "seal": as_svg(document.seal) if document.seal else "",
        "seal_words": SEAL_WORDS,
        "draft": document.draft,
        "footed": document.footed,
        "annexes": [_annex(annex, names) for annex in document.annexes],
    }


def _annex(annex: Annex, names: Names) -> dict[str, Any]:
    return {
        "heading": annex.heading,
        "title": annex.title,
        "landscape": annex.landscape,
        "blocks": [_block(block, names) for block in annex.blocks],
    }


def _block(block: Block, names: Names) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "text": block.text}
        case Paragraph():
            return {"type": "paragraph", "text": block.text, "bullet": block.bullet}
        case Table():
            return _table(block)
        case Pictures():
            return {
                "type": "pictures",
                "pictures": [
                    {
                        "caption": one.caption,
                        "file": names.get(id(one), ""),
                        "missing": one.missing or UNREADABLE,
                    }
                    for one in block.pictures
                ],
            }
        case Signatories():
            return {
                "type": "signatories",
                "sides": [
                    {
                        "title": side.title,
                        "hint": side.hint,
                        "drawing": side.drawing,
                        "name": side.name,
                        "notes": side.notes,
                    }
                    for side in block.sides
                ],
            }
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
