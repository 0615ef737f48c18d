"""Bytes in a folder: whole or not at all."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from config.storage import StorageError, open_storage


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_was_put_can_be_read_with_its_digest_and_size(tmp_path: Path) -> None:
    storage = open_storage(tmp_path.as_uri())
    stored = storage.put("reports/one/one.pdf", io.BytesIO(b"content"))
    assert (stored.sha256, stored.size) == (hashlib.sha256(b"content").hexdigest(), 7)
    with storage.open("reports/one/one.pdf") as stream:
        assert stream.read() == b"content"


def test_a_folder_whose_name_needs_escaping_is_the_folder_meant(tmp_path: Path) -> None:
    folder = tmp_path / "kho số liệu"
    open_storage(folder.as_uri()).put("a", io.BytesIO(b"x"))
    assert names(folder) == ["a"]


class BreakingStream(io.BytesIO):
    """Gives one chunk, then fails, as a line that is cut does."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError
        return super().read(3)


def test_a_stream_that_breaks_leaves_the_old_content_and_no_rest(tmp_path: Path) -> None:
    storage = open_storage(tmp_path.as_uri())
    storage.put("one", io.BytesIO(b"old"))
    with pytest.raises(ConnectionError):
        storage.put("one", BreakingStream(b"newer"))
    with storage.open("one") as stream:
        assert stream.read() == b"old"
    assert names(tmp_path) == ["one"]


def test_deleting_twice_is_deleting_once(tmp_path: Path) -> None:
    storage = open_storage(tmp_path.as_uri())
    storage.put("one", io.BytesIO(b"x"))
    storage.delete("one")
    storage.delete("one")
    with pytest.raises(FileNotFoundError):
        storage.open("one")


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../one", "a/../b", "a//b", ".hidden", "a/.hidden", "a b"]
)
def test_a_key_never_leaves_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(StorageError):
        open_storage(tmp_path.as_uri()).open(key)


@pytest.mark.parametrize("url", ["ftp://host/folder", "file://host/folder", "folder"])
def test_a_storage_nobody_knows_is_refused_at_once(url: str) -> None:
    with pytest.raises(StorageError):
        open_storage(url)


def test_the_keys_are_what_was_put_and_nothing_that_is_still_coming_in(tmp_path: Path) -> None:
    storage = open_storage(tmp_path.as_uri())
    assert list(storage.keys()) == []
    for key in ("evidence/ab/one", "reports/two.pdf"):
        storage.put(key, io.BytesIO(b"x"))
    (tmp_path / "reports" / ".incoming-x").write_bytes(b"half")
    assert sorted(storage.keys()) == ["evidence/ab/one", "reports/two.pdf"]
