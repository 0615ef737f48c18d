"""From a kept report to the bytes of its documents: the same whenever it is asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol, cast

from inspection.documents import docx, pdf, xlsx
from inspection.documents.model import Document
from inspection.reports.documents import compose
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.petitions.reception import ReceptionBook
from inspection.reports.petitions.tables import PetitionTables
from inspection.reports.register import RegisterFigures
from inspection.reports.shapes import Figures


class Renderer(Protocol):
    """What turns a document into bytes."""

    MEDIA_TYPE: str

    def render(self, document: Document) -> bytes:
        """The bytes of the document."""


MOST_LINES = 3_000
"""Lines up to which a table is set as pages: the PDF of so many takes 629 MiB and the Word file half a minute, and
nobody turns the pages of more. Longer ones are workbooks, whose lines are streamed."""


class TooLongError(Exception):
    """A document is too long for pages; the message says how many lines its longest table has."""


RENDERERS: dict[Format, Renderer] = {Format.DOCX: docx, Format.XLSX: xlsx, Format.PDF: pdf}


def suit(document: Document, formats: Collection[Format]) -> None:
    """Whether ``document`` can be printed as all ``formats``.

    :raises TooLongError: when pages are asked for and a table is longer than :data:`MOST_LINES`.
    """
    longest = max((len(table.rows) for table in document.tables()), default=0)
    if longest > MOST_LINES and not {Format.XLSX}.issuperset(formats):
        raise TooLongError(f"{longest} lines")


def document_of(report: Report) -> Document:
    """The document of a report whose figures are kept."""
    if report.figures is None or report.taken_at is None or report.checkpoint is None:
        raise ValueError("the report has no figures yet")
    circumstances = compose.Circumstances(
        report=str(report.id),
        revision=report.revision or 1,
        checkpoint=report.checkpoint,
        taken_at=report.taken_at,
        changes=tuple(
            compose.ChangedFigure(name, before, now, tuple(visits[0]) if visits else ())
            for name, before, now, *visits in report.changes or ()
        ),
        reason=report.reason or "",
        public=report.public,
        number=report.document_number,
        issued_on=report.document_date,
        replaces=report.replaces or "",
    )
    if report.kind == ReportKind.VIOLATION_SUMMARY:
        return compose.summary(cast(Figures, report.figures), circumstances)
    if report.kind == ReportKind.PETITION_TABLES:
        return compose.petition_tables(cast(PetitionTables, report.figures), circumstances)
    if report.kind == ReportKind.RECEPTION_BOOK:
        return compose.reception_book(cast(ReceptionBook, report.figures), circumstances)
    return compose.complaint_register(cast(RegisterFigures, report.figures), circumstances)
