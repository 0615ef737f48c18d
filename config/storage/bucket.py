"""An S3-compatible object store behind the interface of :mod:`config.storage`.

``STORAGE_URL=s3://bucket/prefix`` with, where the store is not Amazon's, ``?endpoint=https://…&region=…``. The
access key comes the way every S3 client takes it: ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``, a profile, or
the machine's own role. An object appears whole or not at all, also when a large one travels in parts.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from config.storage.interface import Storage, StorageError, Stored, checked

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CONNECT_SECONDS = 5
READ_SECONDS = 60
ATTEMPTS = 3

_ONE_AT_A_TIME = TransferConfig(use_threads=False)
_MISSING = frozenset({"404", "NoSuchKey"})
_OPTIONS = frozenset({"endpoint", "region"})


class _Measured(io.RawIOBase):
    """Passes a stream on, and counts and digests what went through. It cannot be rewound: the parts of a large
    object are read once each."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        content = self._stream.read(-1 if size is None else size)
        self.digest.update(content)
        self.size += len(content)
        return content


class BucketStorage:
    """A bucket, or the part of one whose keys begin with ``prefix``."""

    def __init__(self, client: S3Client, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def put(self, key: str, stream: BinaryIO) -> Stored:
        """Send the stream; large ones go in parts that become one object with the last."""
        measured = _Measured(stream)
        with _failures(key):
            self._client.upload_fileobj(
                measured,  # type: ignore[arg-type]  # boto3 asks for no more than read()
                self._bucket,
                self._name(key),
                Config=_ONE_AT_A_TIME,
            )
        return Stored(measured.digest.hexdigest(), measured.size)

    def open(self, key: str) -> BinaryIO:
        """Read the object as it comes over the line."""
        with _failures(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=self._name(key))
        return cast(BinaryIO, answer["Body"])

    def exists(self, key: str) -> bool:
        """Ask for the object's head."""
        try:
            with _failures(key):
                self._client.head_object(Bucket=self._bucket, Key=self._name(key))
        except FileNotFoundError:
            return False
        return True

    def check(self) -> None:
        """Ask for the bucket's head."""
        try:
            with _failures(self._bucket):
                self._client.head_bucket(Bucket=self._bucket)
        except FileNotFoundError as problem:
            raise StorageError("there is no such bucket") from problem

    def keys(self) -> Iterator[str]:
        """List the objects below the prefix, a page at a time."""
        with _failures(self._prefix):
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for one in page.get("Contents", ()):
                    yield one["Key"].removeprefix(self._prefix)

    def delete(self, key: str) -> None:
        """Remove the object."""
        with _failures(key):
            self._client.delete_object(Bucket=self._bucket, Key=self._name(key))

    def _name(self, key: str) -> str:
        return self._prefix + checked(key)


@contextmanager
def _failures(key: str) -> Iterator[None]:
    """Turn the client's failures into those of the interface."""
    try:
        yield
    except ClientError as problem:
        code = problem.response.get("Error", {}).get("Code", "")
        if code in _MISSING:
            raise FileNotFoundError(key) from problem
        raise StorageError(f"{key}: the object store refused: {code}") from problem
    except (BotoCoreError, Boto3Error) as problem:
        raise StorageError(f"{key}: the object store did not answer: {type(problem).__name__}") from problem


@lru_cache(maxsize=4)
def open_bucket(url: str) -> Storage:
    """The storage that ``s3://bucket/prefix?endpoint=…&region=…`` names. One client serves all threads of a process.

    :raises StorageError: when the URL has other options.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if not options.keys() <= _OPTIONS:
        raise StorageError(f"STORAGE_URL: only {', '.join(sorted(_OPTIONS))} are known")
    client = boto3.session.Session().client(
        "s3",
        endpoint_url=options.get("endpoint"),
        region_name=options.get("region"),
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            # Stores other than Amazon's know nothing of its newer checksums; ours is checked anyway.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    prefix = unquote(parts.path).strip("/")
    return BucketStorage(client, parts.netloc, f"{prefix}/" if prefix else "")
