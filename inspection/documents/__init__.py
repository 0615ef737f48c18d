"""Official documents, whatever they are about: one model, printed as PDF, Word and Excel, and signed.

``model`` is what a document consists of, ``issuers`` and ``numbers`` give its head and its figures their form; ``pdf``,
``docx`` and ``xlsx`` each turn it into bytes, ``codes`` draws its square code, ``pades`` puts the organisation's
signature on a PDF. The same document gives the same bytes. Reports and visit records are composed where they are at
home.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

LAYOUT = 3
"""The edition of the layout. Goes up with every change that prints the same document differently."""

LIBRARIES = ("typst", "python-docx", "XlsxWriter", "segno")


@cache
def renderer() -> str:
    """What prints the documents here: recorded with a report, because equal bytes are promised only from equal
    printers."""
    return "; ".join([f"layout {LAYOUT}", *(f"{name} {version(name)}" for name in LIBRARIES)])
