"""Write ``requirements.txt`` and its two companions anew: exact versions and hashes for every platform.

``uv`` resolves for all supported Pythons at once; pip would only see the one that runs it and leave out what an older
patch release needs. A throw-away environment holds it, so that it is no dependency of the product.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bin.install import ROOT

UV = "uv==0.13.9"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
)


def lock(*extra: str) -> None:
    """Compile the files; ``extra`` is passed on, for example ``--upgrade``."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        tools = Path(folder) / "bin"
        subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", UV], check=True)
        for name in ("requirements", "requirements-telemetry", "requirements-test"):
            files = [f"{name}.in", f"--output-file={name}.txt"]
            subprocess.run([tools / "uv", "pip", "compile", *OPTIONS, *extra, *files], cwd=ROOT, check=True)


if __name__ == "__main__":
    lock(*sys.argv[1:])
