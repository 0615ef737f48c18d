"""Square codes (QR, ISO/IEC 18004) of documents. The same text gives the same bytes on every machine."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4
"""Modules of white around a code (ISO/IEC 18004)."""


def as_svg(text: str) -> str:
    """The code of ``text`` as a drawing."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, border=QUIET_ZONE, omitsize=True
    )
    return drawn.getvalue().decode()


def as_png(text: str) -> bytes:
    """The code of ``text`` as a picture, packed without compression: compressed bytes differ between machines."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(
        drawn, kind="png", scale=8, border=QUIET_ZONE, compresslevel=0
    )
    return drawn.getvalue()
