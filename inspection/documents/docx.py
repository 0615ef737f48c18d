"""A document as a Word file that the office can go on editing: the same head, text, tables and foot as the
PDF.

Word has no chart here: the table by month in the annex carries the same numbers. Layout by NĐ 30/2020/NĐ-CP,
Phụ lục I.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx as python_docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from inspection.documents.archive import repacked
from inspection.documents.codes import as_png
from inspection.documents.model import (
    SEAL_WORDS,
    Annex,
    Bars,
    Block,
    Chart,
    Column,
    ColumnKind,
    Document,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Signatories,
    Table,
    cell_text,
)
from inspection.documents.pdf import UNREADABLE, drawn_png

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
SHORT_EDGE, LONG_EDGE = Mm(210), Mm(297)
LEFT, RIGHT, TOP, BOTTOM = Mm(30), Mm(17), Mm(22), Mm(20)
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
ALIGNED = {
    ColumnKind.TEXT: WD_ALIGN_PARAGRAPH.LEFT,
    ColumnKind.NUMBER: WD_ALIGN_PARAGRAPH.RIGHT,
    ColumnKind.MARK: CENTRE,
}


def render(document: Document) -> bytes:
    """The bytes of the Word file."""
    word = python_docx.Document()
    _styles(word)
    _properties(word, document)
    _page(word.sections[0], landscape=document.landscape)
    if document.draft:
        _mark_draft(word.sections[0], document.draft)
    _head(word, document)
    if document.addressees:
        _text(word.add_paragraph(), f"Kính gửi: {'; '.join(document.addressees)}.", align=CENTRE)
    for line in document.basis_lines:
        _text(word.add_paragraph(), line, italic=True, indent=True)
    _blocks(word, document.blocks)
    if document.closing:
        _text(word.add_paragraph(), document.closing, indent=True)
    if document.footed:
        _foot(word, document)
    _text(word.add_paragraph(), document.small_print, size=8, align=None)
    if document.seal:
        code = word.add_paragraph().add_run().add_picture(io.BytesIO(as_png(document.seal)), width=Mm(26))
        code._inline.docPr.set("descr", SEAL_WORDS)  # python-docx has no other way to the words of a picture
    for annex in document.annexes:
        _annex(word, document, annex)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue(), document.moment)


def _styles(word: WordFile) -> None:
    style = word.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.0


def _properties(word: WordFile, document: Document) -> None:
    properties = word.core_properties
    plain = document.moment.replace(tzinfo=None)
    properties.title = document.title
    properties.author = document.issuer.short_name
    properties.last_modified_by = document.issuer.short_name
    properties.comments = ""
    properties.identifier = document.identifier
    properties.created = properties.modified = plain
    properties.revision = 1


def _page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = LONG_EDGE if landscape else SHORT_EDGE
    section.page_height = SHORT_EDGE if landscape else LONG_EDGE
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # python-docx has no public way to write a page number field
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # nor to restart the count of an annex


def _mark_draft(section: Section, words: str) -> None:
    """What is not signed says so at the top of every page."""
    for header in (section.first_page_header, section.header):
        paragraph = header.paragraphs[0] if header is section.first_page_header else header.add_paragraph()
        _text(paragraph, words, size=14, bold=True, align=CENTRE)


def _width(section: Section) -> Length:
    return Length((section.page_width or SHORT_EDGE) - LEFT - RIGHT)


def _text(
    paragraph: WordParagraph,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = JUSTIFY,
    indent: bool = False,
    after: float | None = None,
) -> WordParagraph:
    run = paragraph.add_run(text)
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _head(word: WordFile, document: Document) -> None:
    frame = word.add_table(rows=1, cols=2)
    left, right = frame.rows[0].cells
    _widths(frame, _width(word.sections[0]), (62, 101))
    lines = [(line, True) for line in document.issuer.body]
    if document.issuer.superior:
        lines.insert(0, (document.issuer.superior, False))
    paragraph = left.paragraphs[0]
    for text, bold in lines:
        _text(paragraph, text, bold=bold, align=CENTRE, after=0)
        paragraph = left.add_paragraph()
    _text(paragraph, "–––––––––", size=8, align=CENTRE, after=4)
    _text(left.add_paragraph(), document.number_line, align=CENTRE, after=0)
    _text(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=CENTRE, after=0)
    motto = _text(
        right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True, align=CENTRE, after=8
    )
    motto.runs[0].underline = True
    _text(right.add_paragraph(), document.date_line, italic=True, align=CENTRE, after=0)
    title = _text(word.add_paragraph(), document.type_name, size=14, bold=True, align=CENTRE, after=0)
    title.paragraph_format.space_before = Pt(18)
    _text(word.add_paragraph(), document.subject, size=14, bold=True, align=CENTRE, after=0)
    _text(word.add_paragraph(), "––––––––––––", size=8, align=CENTRE, after=8)


def _blocks(word: WordFile, blocks: Sequence[Block]) -> None:
    for block in blocks:
        match block:
            case Heading():
                paragraph = _text(word.add_paragraph(), block.text, bold=True, indent=True)
                paragraph.paragraph_format.keep_with_next = True
            case Paragraph():
                _text(word.add_paragraph(), f"- {block.text}" if block.bullet else block.text, indent=True)
            case Table():
                _table(word, block)
            case Pictures():
                _pictures(word, block)
            case Signatories():
                _signatories(word, block)
            case Chart() | Bars():
                pass  # the annex has the same numbers in a table


def _table(word: WordFile, table: Table) -> None:
    size = 10.5 if table.small else 12
    title = _text(word.add_paragraph(), table.title, bold=True, align=CENTRE)
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(8)
    grid = word.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _fill(cell, column.heading, size, CENTRE, bold=True)
    _repeated(grid)
    for line, row in enumerate(table.rows):
        cells = grid.add_row().cells
        for cell, value, column in zip(cells, row, table.columns, strict=True):
            _fill(cell, cell_text(value), size, ALIGNED[column.kind], bold=line in table.strong)
    if not table.rows and table.empty:
        cells = grid.add_row().cells
        _fill(cells[0].merge(cells[-1]), table.empty, size, CENTRE, italic=True)
    _widths(grid, _width(word.sections[-1]), _relative(table.columns))
    _whole_rows(grid)
    if table.note:
        _text(word.add_paragraph(), table.note, size=11, italic=True)


def _pictures(word: WordFile, block: Pictures) -> None:
    """Photos two in a row, each with its caption below."""
    grid = word.add_table(rows=0, cols=2)
    for start in range(0, len(block.pictures), 2):
        cells = grid.add_row().cells
        for cell, picture in zip(cells, block.pictures[start : start + 2], strict=False):
            _picture(cell, picture)
    _widths(grid, _width(word.sections[-1]), (1, 1))
    _whole_rows(grid)


def _picture(cell: WordCell, picture: Picture) -> None:
    paragraph = cell.paragraphs[0]
    drawn = False
    if picture.content is not None and picture.media_type in ("image/jpeg", "image/png"):
        try:
            paragraph.add_run().add_picture(io.BytesIO(picture.content), width=Mm(76))
            drawn = True
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            pass  # said below
    if not drawn:
        _text(paragraph, picture.missing or UNREADABLE, italic=True, align=CENTRE)
    _text(cell.add_paragraph(), picture.caption, size=11, align=CENTRE)


def _signatories(word: WordFile, block: Signatories) -> None:
    frame = word.add_table(rows=1, cols=len(block.sides))
    for cell, side in zip(frame.rows[0].cells, block.sides, strict=True):
        _text(cell.paragraphs[0], side.title, bold=True, align=CENTRE, after=0)
        _text(cell.add_paragraph(), side.hint, size=11, italic=True, align=CENTRE, after=0)
        space = cell.add_paragraph()
        space.alignment = CENTRE
        if side.drawing:
            space.add_run().add_picture(io.BytesIO(drawn_png(side.drawing)), height=Mm(22))
        else:
            space.paragraph_format.space_after = Pt(54)
        _text(cell.add_paragraph(), side.name, bold=True, align=CENTRE, after=0)
        for note in side.notes:
            _text(cell.add_paragraph(), note, size=11, align=CENTRE, after=0)
    _widths(frame, _width(word.sections[-1]), (1,) * len(block.sides))
    _whole_rows(frame)


def _fill(
    cell: WordCell,
    text: str,
    size: float,
    align: WD_ALIGN_PARAGRAPH,
    *,
    bold: bool = False,
    italic: bool = False,
) -> None:
    _text(cell.paragraphs[0], text, size=size, bold=bold, italic=italic, align=align, after=0)


def _relative(columns: Sequence[Column]) -> tuple[float, ...]:
    return tuple(column.width for column in columns)


def _widths(grid: WordTable, total: Length, shares: Sequence[float]) -> None:
    """Fix the widths cell by cell: Word follows the cells, LibreOffice the grid."""
    grid.autofit = False
    whole = sum(shares)
    widths = [Length(int(total * share / whole)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _whole_rows(grid: WordTable) -> None:
    """Keep every row on one page."""
    for row in grid.rows:
        mark = OxmlElement("w:cantSplit")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # python-docx has no public way to say so


def _repeated(grid: WordTable) -> None:
    """Repeat the heading on every page the table runs over."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(mark)  # python-docx has no public way to say so


def _foot(word: WordFile, document: Document) -> None:
    frame = word.add_table(rows=1, cols=2)
    left, right = frame.rows[0].cells
    _widths(frame, _width(word.sections[-1]), (1, 1))
    _text(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, align=None, after=0)
    for line in document.issuer.recipients:
        _text(left.add_paragraph(), f"- {line}", size=11, align=None, after=0)
    paragraph = right.paragraphs[0]
    for line in document.issuer.authority:
        _text(paragraph, line, size=13.5, bold=True, align=CENTRE, after=0)
        paragraph = right.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(48)
    _text(right.add_paragraph(), document.issuer.signer, size=13.5, bold=True, align=CENTRE, after=0)
    _whole_rows(frame)


def _annex(word: WordFile, document: Document, annex: Annex) -> None:
    _page(word.add_section(WD_SECTION.NEW_PAGE), landscape=annex.landscape)
    _text(word.add_paragraph(), annex.heading, size=14, bold=True, align=CENTRE, after=0)
    _text(word.add_paragraph(), annex.title, size=13.5, bold=True, align=CENTRE, after=0)
    _text(word.add_paragraph(), document.annex_line, italic=True, align=CENTRE)
    _blocks(word, annex.blocks)
