"""Bytes in an S3-compatible store, behind the same interface as a folder."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator

import pytest

from config.storage import Storage, StorageError, open_storage
from tests.object_store import BUCKET, object_store

LARGE = 9 * 1024 * 1024
"""Above the size from which a client sends an object in parts."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with object_store(monkeypatch) as address:
        yield address


@pytest.fixture
def storage(endpoint: str) -> Storage:
    return open_storage(f"s3://{BUCKET}/huyen/2026?endpoint={endpoint}&region=us-east-1")


@pytest.mark.parametrize("size", [0, 7, LARGE])
def test_what_was_put_can_be_read_with_its_digest_and_size(storage: Storage, size: int) -> None:
    content = os.urandom(size)
    stored = storage.put("evidence/ab/one", io.BytesIO(content))
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), size)
    assert storage.exists("evidence/ab/one")
    with storage.open("evidence/ab/one") as stream:
        assert stream.read() == content


class BreakingStream(io.BytesIO):
    """Gives some parts, then fails, as a disk does."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > LARGE:
            raise ConnectionError
        return super().read(size)


def test_a_stream_that_breaks_leaves_the_old_content(storage: Storage) -> None:
    storage.put("one", io.BytesIO(b"old"))
    with pytest.raises(ConnectionError):
        storage.put("one", BreakingStream(bytes(3 * LARGE)))
    with storage.open("one") as stream:
        assert stream.read() == b"old"


def test_deleting_twice_is_deleting_once(storage: Storage) -> None:
    storage.put("one", io.BytesIO(b"x"))
    storage.delete("one")
    storage.delete("one")
    assert not storage.exists("one")
    with pytest.raises(FileNotFoundError):
        storage.open("one")


def test_a_key_never_leaves_the_prefix(storage: Storage) -> None:
    for key in ("", "../one", "a//b", ".hidden", "a b"):
        with pytest.raises(StorageError):
            storage.exists(key)


def test_a_bucket_that_is_not_there_is_no_empty_one(endpoint: str) -> None:
    storage = open_storage(f"s3://another?endpoint={endpoint}&region=us-east-1")
    with pytest.raises((StorageError, FileNotFoundError)):
        storage.put("one", io.BytesIO(b"x"))


def test_a_store_that_does_not_answer_is_said_to_be_away(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.storage.bucket.ATTEMPTS", 1)
    storage = open_storage(f"s3://{BUCKET}?endpoint=http://127.0.0.1:1&region=us-east-1")
    with pytest.raises(StorageError):
        storage.put("one", io.BytesIO(b"x"))
    with pytest.raises(StorageError):
        storage.exists("one")


@pytest.mark.parametrize("url", ["s3://", f"s3://{BUCKET}?secret=x"])
def test_options_nobody_knows_are_refused_at_once(url: str) -> None:
    with pytest.raises(StorageError):
        open_storage(url)


def test_the_keys_are_those_below_the_prefix(storage: Storage, endpoint: str) -> None:
    for key in ("evidence/ab/one", "reports/two.pdf"):
        storage.put(key, io.BytesIO(b"x"))
    open_storage(f"s3://{BUCKET}/xa?endpoint={endpoint}&region=us-east-1").put("other", io.BytesIO(b"x"))
    assert sorted(storage.keys()) == ["evidence/ab/one", "reports/two.pdf"]
