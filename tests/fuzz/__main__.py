"""The long run: ``python -m tests.fuzz --examples 200 --seed 7``. It stops at the first failure and says how to call it
again."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
import time
from pathlib import Path

from inspection.people.permissions import Role
from tests.conftest import migrate, settings_for
from tests.fuzz import imports
from tests.fuzz.api import fuzz
from tests.fuzz.doors import send_packed, send_uploads, send_workbooks
from wsgi import create_app


def main() -> int:
    """Fuzz what reads files and streams, then the whole API as nobody and as each role."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--imports", action="store_true", help="only what reads files and streams")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'inspection.sqlite3'}"
        migrate(folder, url)
        app = create_app(settings_for(folder, url))
        for reader, check, books in imports.readers():
            imports.run(check, books, given.examples, given.seed)
            sys.stdout.write(f"{reader:14} workbooks × {given.examples}, seed {given.seed}\n")
        for send in (send_workbooks, send_packed, send_uploads):
            send(app, given.examples, given.seed)
            sys.stdout.write(f"{send.__name__:14} × {given.examples}, seed {given.seed}\n")
        if given.imports:
            return 0
        for role in (None, *(role.value for role in Role)):
            began = time.monotonic()
            called = sum(1 for _ in fuzz(app, role, given.examples, given.seed))
            seconds = time.monotonic() - began
            sys.stdout.write(
                f"{role or 'nobody':14} {called} operations × {given.examples}, {seconds:.0f} s, seed {given.seed}\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
