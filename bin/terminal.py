"""What the commands tell the person at the terminal, in Vietnamese first and English second."""

from __future__ import annotations

import sys
from typing import NoReturn


def say(vietnamese: str, english: str) -> None:
    """Print one message in both languages."""
    print(f"{vietnamese} / {english}", flush=True)


def stop(vietnamese: str, english: str, *details: str) -> NoReturn:
    """Print why the command cannot go on and leave with exit status 1."""
    print(f"{vietnamese}\n{english}", *details, sep="\n", file=sys.stderr, flush=True)
    raise SystemExit(1)
