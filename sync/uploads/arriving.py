"""The body of a request as it arrives, in small pieces, within bounds of size and patience.

A phone's line often goes silent without being cut. Without a bound the thread that listens to it would wait for ever,
and a handful of such phones would stop a server.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Request

from config.errors import Refusal

PIECE = 1024
"""Bytes read at a time. What the web server holds of a piece that is not full yet is lost with the line, so a piece is
small."""

SILENCE = 20.0
"""Seconds without a byte after which a line counts as cut."""

LONGEST = 300.0
"""Seconds that one request may take; what arrived by then is kept, and the phone goes on with the next one."""

_SOCKETS = ("gunicorn.socket", "werkzeug.socket")


def pieces(request: Request, wanted: int) -> Iterator[bytes]:
    """At most ``wanted`` bytes of the body.

    :raises Refusal: ``too_large`` when there is more (what was wanted has been given by then), ``busy`` when it
        takes too long.
    :raises werkzeug.exceptions.ClientDisconnected: when the line is cut or silent.
    """
    until = time.monotonic() + LONGEST
    with _patience(request):
        while wanted and (piece := request.stream.read(min(PIECE, wanted))):
            yield piece
            wanted -= len(piece)
            if time.monotonic() > until:
                raise Refusal("busy", retry_after=1)
        if not wanted and request.content_length is None and request.stream.read(1):
            raise Refusal("too_large")


@contextmanager
def _patience(request: Request) -> Iterator[None]:
    """Let reads from the line fail after :data:`SILENCE`."""
    line = next((request.environ[name] for name in _SOCKETS if name in request.environ), None)
    if not isinstance(line, socket.socket):
        yield
        return
    before = line.gettimeout()
    line.settimeout(SILENCE)
    try:
        yield
    finally:
        line.settimeout(before)
