"""A list of passwords that have leaked, as large as a disk holds.

The file is the common form of such lists: a line for each password, its SHA-1 in hexadecimal and perhaps ``:`` and how
often it was seen, in the order of the digests. A password is looked up by halving the file, some forty short reads in
one of a billion lines, and never leaves this machine.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

DIGITS = 40
LONGEST_LINE = 64


def has_leaked(password: str, file: Path) -> bool:
    """Whether the list has ``password``.

    :raises OSError: when the list cannot be read.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb", buffering=0) as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            start, digest = _line_at(lines.fileno(), middle)
            if digest == wanted:
                return True
            if digest and digest < wanted:
                low = middle + 1
            else:
                high = start
    return False


def _line_at(file: int, place: int) -> tuple[int, bytes]:
    """Where the line begins that ``place`` is in, and its digest."""
    begin = max(0, place - LONGEST_LINE)
    start = begin + os.pread(file, place - begin, begin).rfind(b"\n") + 1
    return start, os.pread(file, DIGITS, start).strip().upper()
