"""Run the code blocks of a document the way a reader would: from top to bottom, in one terminal.

Every ``sh`` and ``python`` block says after its language what a test may do with it:

``run``
    run it; the document fails where a command fails.
``serve``
    a command that stays in the foreground. It is started in the background, the following blocks run once the
    application is ready, and it is stopped before the next ``serve`` or at the end.
``skip: why``
    not run here, for the reason given.

Documents speak of the default address; a test replaces it by the port of its own. Blocks run in the project's folder
with a ``DATA_DIR`` of their own.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bin.install import VENV_PYTHON

FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^`]*)$")
CHECKED_LANGUAGES = ("sh", "python")
DEFAULT_ADDRESS = re.compile(r"\b(127\.0\.0\.1|localhost):8000\b")

READY_CHECK = """
import sys, time, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for _ in range(600):
    try:
        opener.open(sys.argv[1] + "readyz", timeout=5)
        sys.exit()
    except OSError:
        time.sleep(0.2)
sys.exit("the application did not become ready")
"""

STOP_SERVER = 'if [ -n "${server:-}" ]; then kill -TERM -- "-$server"; wait "$server" || true; server=; fi'
"""The signal goes to the server's whole process group; its shell waits for the commands in it."""


class UnmarkedBlockError(Exception):
    """A block does not say whether it is run."""


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block and the number of its first line in the document."""

    language: str
    mark: str
    code: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The ``sh`` and ``python`` blocks of a Markdown document.

    :raises UnmarkedBlockError: for a block without a known mark.
    """
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        opening = FENCE.match(line)
        if not opening:
            continue
        indent, ticks = len(opening["indent"]), opening["ticks"]
        body = []
        for _, inner in lines:
            if inner.strip() == ticks:
                break
            body.append(inner[indent:])
        language, _, mark = opening["info"].strip().partition(" ")
        if language not in CHECKED_LANGUAGES:
            continue
        if mark not in ("run", "serve") and not re.fullmatch(r"skip: \S.*", mark):
            raise UnmarkedBlockError(f"line {number}: ```{language} {mark}: expected run, serve or skip: why")
        yield Block(language, mark, "\n".join(body), number)


def script(path: Path, port: int) -> str:
    """A Bash script that runs the document's blocks; it names each block on standard error before it runs."""
    address = f"127.0.0.1:{port}"
    parts = ["set -euo pipefail", f"trap {shlex.quote(STOP_SERVER)} EXIT"]
    for block in blocks(path.read_text()):
        code = DEFAULT_ADDRESS.sub(address, block.code)
        if block.mark.startswith("skip"):
            continue
        parts.append(f"echo {shlex.quote(f'--- {path.name}:{block.line}')} >&2")
        if block.mark == "serve":
            ready = shlex.join([str(VENV_PYTHON), "-c", READY_CHECK, f"http://{address}/"])
            parts += [STOP_SERVER, f"set -m\n{{ trap : TERM\n{code}\n}} &\nset +m", "server=$!", ready]
        elif block.language == "python":
            parts.append(f"{shlex.quote(str(VENV_PYTHON))} -c {shlex.quote(code)}")
        else:
            parts.append(code)
    return "\n".join(parts) + "\n"
