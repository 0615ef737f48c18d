"""Pure rules of evidence: which files are taken, how large they may be, and what a file really is.

A name or a declared type proves nothing, so the first bytes decide. Five types are taken, each recognised by the
signature that its own standard prescribes; everything else is refused, which is why no library that guesses among
hundreds of types is needed here.
"""

from __future__ import annotations

from enum import StrEnum

LARGEST = 32 * 1024 * 1024
"""Bytes of one file: several times a phone's largest photo or a scan of ten pages."""

HEAD = 64
"""Bytes at the start of a file that :func:`real_media_type` wants to see."""

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_SMALLEST_FILE_TYPE_BOX = 16


class MediaType(StrEnum):
    """The files that evidence consists of: photos as cameras write them, drawings, and scanned papers."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    PDF = "application/pdf"


EXTENSIONS = {
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.WEBP: "webp",
    MediaType.HEIC: "heic",
    MediaType.PDF: "pdf",
}


def real_media_type(head: bytes) -> MediaType | None:
    """What a file is by its first bytes; None when it is nothing that is taken.

    Sources: JPEG ITU-T T.81 B.1.1 (start of image, then a marker); PNG ISO/IEC 15948 5.2; WebP RFC 9649 2.4;
    HEIC ISO/IEC 23008-12 B.4 on the file type box of ISO/IEC 14496-12 4.3; PDF ISO 32000-1 7.5.2, whose header
    must stand at the very beginning here although some readers look for it further down.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    return MediaType.HEIC if _is_heif(head) else None


def _is_heif(head: bytes) -> bool:
    """Whether the major brand, or one of the compatible brands that ``head`` shows, is an HEVC image's."""
    length = int.from_bytes(head[:4])
    if head[4:8] != b"ftyp" or length < _SMALLEST_FILE_TYPE_BOX or length % 4:
        return False
    end = min(length, len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}
    return not brands.isdisjoint(_HEIF_BRANDS) and b"avif" not in brands


def content_key(sha256: str) -> str:
    """Where the bytes with this SHA-256 are kept: the same bytes have one place, whoever sent them."""
    return f"evidence/{sha256[:2]}/{sha256}"
