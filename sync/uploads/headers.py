"""The header lines of tus 1.0, read strictly. Pure.

Every function raises :class:`config.errors.Refusal` ``malformed_request`` naming the header that cannot be read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import Any

from config.errors import Refusal

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
ALGORITHMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
"""SHA-1 is what tus asks every server to know; here it only tells a garbled chunk, never evidence."""

EVIDENCE = "evidence"
"""The metadata key that carries the evidence id. What else a client sends, a file name above all, is ignored."""

_NUMBER = re.compile(r"[0-9]{1,15}")
_KEY = re.compile(r"[!-+\--~]+")


@dataclass(frozen=True, slots=True)
class Checksum:
    """What ``Upload-Checksum`` says of one chunk."""

    algorithm: str
    digest: bytes

    def hasher(self) -> Any:
        """A fresh hash object of the algorithm."""
        return ALGORITHMS[self.algorithm]()


def read_number(name: str, text: str | None) -> int:
    """A length or an offset in bytes."""
    if text is None or not _NUMBER.fullmatch(text):
        raise _malformed(name)
    return int(text)


def read_checksum(text: str | None) -> Checksum | None:
    """``<algorithm> <base64>``; None when there is none."""
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    digest = _decoded(encoded)
    if algorithm not in ALGORITHMS or digest is None or len(digest) != ALGORITHMS[algorithm]().digest_size:
        raise _malformed("Upload-Checksum")
    return Checksum(algorithm, digest)


def read_evidence(text: str | None) -> uuid.UUID:
    """The evidence id among ``key base64, key base64, key``."""
    found: dict[str, str] = {}
    for pair in (text or "").split(","):
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise _malformed("Upload-Metadata")
        found[key] = value
    raw = _decoded(found.get(EVIDENCE, ""))
    try:
        return uuid.UUID((raw or b"").decode("ascii"))
    except ValueError:
        raise _malformed("Upload-Metadata") from None


def write_evidence(evidence: uuid.UUID) -> str:
    """``Upload-Metadata`` of an upload."""
    return f"{EVIDENCE} {base64.b64encode(str(evidence).encode()).decode()}"


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _malformed(name: str) -> Refusal:
    return Refusal("malformed_request", errors={name: []})
