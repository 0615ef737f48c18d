"""What a file really is, by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.evidence.rules import EXTENSIONS, HEAD, MediaType, content_key, real_media_type
from tests.evidence import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.photo(), MediaType.JPEG),
        (samples.png(), MediaType.PNG),
        (samples.webp(), MediaType.WEBP),
        (samples.heic(), MediaType.HEIC),
        (samples.heic(b"mif1", b"mif1", b"heic"), MediaType.HEIC),
        (samples.heic(b"msf1", b"heix"), MediaType.HEIC),
        (samples.pdf(), MediaType.PDF),
    ],
)
def test_each_type_that_is_taken_is_recognised(content: bytes, kind: MediaType) -> None:
    assert real_media_type(content[:HEAD]) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        samples.PROGRAM,
        samples.WINDOWS_PROGRAM,
        samples.PAGE,
        b"GIF89a" + bytes(50),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"PK\x03\x04" + bytes(50),
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        samples.heic(b"isom", b"mp42"),
        samples.heic(b"avif", b"mif1"),
        b"\xff\xd8",
        b" %PDF-1.7",
        b"MZ%PDF-1.7",
    ],
)
def test_everything_else_is_nothing(content: bytes) -> None:
    assert real_media_type(content[:HEAD]) is None


@given(st.binary(max_size=HEAD))
def test_no_bytes_can_make_it_fail(content: bytes) -> None:
    real_media_type(content)


def test_every_type_has_an_extension() -> None:
    assert set(EXTENSIONS) == set(MediaType)


def test_the_same_bytes_have_one_place() -> None:
    digest = "ab" * 32
    assert content_key(digest) == f"evidence/ab/{digest}"
