"""Files as phones make them, and files that only claim to be."""

from __future__ import annotations

import os

PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(57) + b"not a photo at all" * 20
WINDOWS_PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
PAGE = b"<!doctype html><script>alert(1)</script>"


def photo(size: int = 5000) -> bytes:
    """A JPEG as far as its frame goes, of ``size`` random bytes, different each time."""
    return b"\xff\xd8\xff\xe0" + os.urandom(size - 6) + b"\xff\xd9"


def heic(brand: bytes = b"heic", *compatible: bytes) -> bytes:
    """The beginning of an image in an ISO base media file."""
    box = b"ftyp" + brand + bytes(4) + b"".join(compatible)
    return (len(box) + 4).to_bytes(4) + box + bytes(100)


def png() -> bytes:
    """The beginning of a drawing."""
    return b"\x89PNG\r\n\x1a\n" + bytes(100)


def webp() -> bytes:
    """The beginning of a WebP image."""
    return b"RIFF" + (100).to_bytes(4, "little") + b"WEBPVP8 " + bytes(100)


def pdf() -> bytes:
    """The beginning of a scan."""
    return b"%PDF-1.7\n" + bytes(100)
