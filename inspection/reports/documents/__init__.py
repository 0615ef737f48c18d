"""Official documents: one model, composed once from the figures, printed as PDF, Word and Excel.

``compose`` makes a :class:`~inspection.reports.documents.model.Document`; ``pdf``, ``docx`` and ``xlsx``
each turn it into bytes. Nothing is counted here, and the same document gives the same bytes.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

LAYOUT = 2
"""The edition of the layout. Goes up with every change that prints the same document differently."""

LIBRARIES = ("typst", "python-docx", "XlsxWriter")


@cache
def renderer() -> str:
    """What prints the documents here: recorded with a report, because equal bytes are promised only from equal
    printers."""
    return "; ".join([f"layout {LAYOUT}", *(f"{name} {version(name)}" for name in LIBRARIES)])
