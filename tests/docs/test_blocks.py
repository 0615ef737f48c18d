"""The runner of documents, on documents made for it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.blocks import Block, UnmarkedBlockError, blocks, script
from tests.services import free_port

SAMPLE = """# A guide

```sh run
greeting=hello
```

```json
{"ignored": true}
```

1. In a list:

   ```sh run
   echo "$greeting 127.0.0.1:8000"
   ```

```python run
print("from Python", 6 * 7)
```

```sh skip: needs a second machine
exit 1
```
"""


def run(path: Path, port: int = 8123) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", script(path, port)], capture_output=True, text=True, check=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "guide.md"
    path.write_text(text)
    return path


def fenced(info: str, *lines: str) -> str:
    return "\n".join([f"```{info}", *lines, "```", ""])


def test_blocks_are_found_with_their_marks_and_lines() -> None:
    found = list(blocks(SAMPLE))
    assert [(block.language, block.mark.split(":")[0], block.line) for block in found] == [
        ("sh", "run", 3),
        ("sh", "run", 13),
        ("python", "run", 17),
        ("sh", "skip", 21),
    ]
    assert found[1] == Block("sh", "run", 'echo "$greeting 127.0.0.1:8000"', 13)


@pytest.mark.parametrize("info", ["sh", "python", "sh later", "sh skip:", "sh skip"])
def test_a_block_without_a_mark_is_refused(info: str) -> None:
    with pytest.raises(UnmarkedBlockError, match="line 1"):
        list(blocks(fenced(info, "true")))


def test_blocks_share_one_terminal_and_the_port_of_the_test(tmp_path: Path) -> None:
    result = run(written(tmp_path, SAMPLE))
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["hello 127.0.0.1:8123", "from Python 42"]


def test_a_failing_block_fails_the_document_and_is_named(tmp_path: Path) -> None:
    document = (
        fenced("sh run", "true") + fenced("python run", "raise SystemExit(3)") + fenced("sh run", "echo no")
    )
    result = run(written(tmp_path, document))
    assert result.returncode == 3
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "--- guide.md:4"


def test_a_server_runs_beside_the_following_blocks_and_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "readyz").write_text("ready")
    port = free_port()
    server = f"echo $$ > {tmp_path}/pid; exec python3 -m http.server -d {tmp_path} -b 127.0.0.1 {port}"
    document = fenced("sh serve", f"bash -c '{server}'") + fenced(
        "sh run", f"kill -0 $(cat {tmp_path}/pid) && echo alive"
    )
    result = run(written(tmp_path, document), port)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "alive"
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()
