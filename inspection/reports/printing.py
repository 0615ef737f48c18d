"""From a kept report to the bytes of its documents: the same whenever it is asked for."""

from __future__ import annotations

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


RENDERERS: dict[Format, Renderer] = {Format.DOCX: docx, Format.XLSX: xlsx, Format.PDF: pdf}


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
