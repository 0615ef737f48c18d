"""A scanner of the house's own for files that come in, asked before anything keeps them.

``UPLOAD_SCANNER`` is a command, without a shell; the file's path is put at its end. It answers by its exit status, as
ClamAV's do: 0 clean, 1 something was found, anything else it could not tell. Example:
``clamdscan --no-summary --fdpass``. An ICAP scanner is asked through its own client program.
"""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from pathlib import Path

log = logging.getLogger(__name__)

PATIENCE = 60
"""Seconds for one file."""

CLEAN, FOUND = 0, 1


class ScannerError(Exception):
    """The scanner could not tell; the file waits."""


def is_clean(command: str, path: Path) -> bool:
    """Whether the scanner finds nothing in a file; without a scanner everything is clean.

    :raises ScannerError: when it is missing, too slow, or fails.
    """
    if not command:
        return True
    try:
        done = subprocess.run(
            [*shlex.split(command), str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise ScannerError(type(problem).__name__) from problem
    if done.returncode not in (CLEAN, FOUND):
        raise ScannerError(f"exit status {done.returncode}")
    return done.returncode == CLEAN


def are_clean(command: str, content: bytes) -> bool:
    """As :func:`is_clean` for bytes that no disk may see: the scanner reads them from a file in memory.

    :raises ScannerError: when it is missing, too slow, or fails.
    """
    if not command:
        return True
    handle = os.memfd_create("upload")
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(content)
        return is_clean(command, Path(f"/proc/{os.getpid()}/fd/{handle}"))
    finally:
        os.close(handle)
