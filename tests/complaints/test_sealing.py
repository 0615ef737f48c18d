"""Sealed identities: the format, and that nothing but the private key opens one."""

import base64
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from inspection.complaints.keys import current_public_key, private_key
from inspection.complaints.sealing import SealingError, open_sealed, public_jwk, seal, well_formed

SECRET = "A2DniCriie9e5aK0HZJox3El8s6635RJAqKAGoCgZkE"
BROWSER_BOX = (
    "BCFD/zjthgDR8RsAdiysFpj2BTRE6teBPBxdGi9nZy6+yFEGPaVEafTzqOa9mRy"
    "hjNSEaBTfMYvPQLvPO4vlI0o7jAIOq6bcA4JO3G9A8M1SKHQq13o6uyH8cHPFp4"
    "pTnSzTh4IXrGDAERdTHcEgZl6j50BI3qP4c42eKotjclrffBaH6qLcklGYg1Q="
)
"""Made by WebCrypto for the key ``SECRET``."""

OFFICE = ec.derive_private_key(int.from_bytes(base64.urlsafe_b64decode(SECRET + "=")), ec.SECP256R1())
PUBLIC = public_jwk(OFFICE.public_key())


def changed(sealed: dict[str, str], at: int) -> dict[str, str]:
    raw = bytearray(base64.b64decode(sealed["box"]))
    raw[at] ^= 1
    return {**sealed, "box": base64.b64encode(raw).decode()}


def test_the_office_opens_what_a_browser_sealed() -> None:
    sealed = {"key": PUBLIC["kid"], "box": BROWSER_BOX}
    assert open_sealed(OFFICE, sealed) == "Nguyễn Văn Mẫu, thôn Đông, 0900 000 999"


def test_a_key_has_the_same_id_everywhere() -> None:
    assert PUBLIC["kid"] == "-0Y5gx627fOz_nKrsw1rFSVJ_JzOicWSJFqcg6nZRLY"


@given(st.text(max_size=300))
def test_what_is_sealed_can_be_opened(text: str) -> None:
    assert open_sealed(OFFICE, seal(PUBLIC, text)) == text


def test_a_box_is_point_nonce_ciphertext_and_tag() -> None:
    raw = base64.b64decode(seal(PUBLIC, "abc")["box"])
    assert (len(raw), raw[0]) == (65 + 12 + 3 + 16, 4)


def test_the_same_text_sealed_twice_gives_two_boxes() -> None:
    assert seal(PUBLIC, "abc")["box"] != seal(PUBLIC, "abc")["box"]


@pytest.mark.parametrize("at", [1, 40, 64, 65, 76, 77, -1])
def test_a_box_that_was_altered_stays_shut(at: int) -> None:
    with pytest.raises(SealingError):
        open_sealed(OFFICE, changed(seal(PUBLIC, "abc"), at))


def test_another_key_opens_nothing() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(SealingError, match="another key"):
        open_sealed(other, seal(PUBLIC, "abc"))
    with pytest.raises(SealingError):
        open_sealed(other, {**seal(PUBLIC, "abc"), "key": public_jwk(other.public_key())["kid"]})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {},
        {"key": "k"},
        {"key": "k", "box": "not base64!"},
        {"key": "k", "box": base64.b64encode(b"\x04" + bytes(91)).decode()},
        {"key": "k", "box": base64.b64encode(b"\x02" + bytes(92)).decode()},
        {"key": "", "box": base64.b64encode(b"\x04" + bytes(92)).decode()},
        {"key": "k", "box": base64.b64encode(b"\x04" + bytes(92)).decode(), "name": "Nguyễn Văn Mẫu"},
        {"key": "k", "box": "A" * (64 * 1024 + 4)},
    ],
)
def test_what_is_no_sealed_value_is_told_apart(value: object) -> None:
    assert not well_formed(value)


def test_the_smallest_box_is_well_formed() -> None:
    assert well_formed({"key": "k", "box": base64.b64encode(b"\x04" + bytes(92)).decode()})


@pytest.mark.parametrize("missing", ["kty", "crv", "kid", "x"])
def test_nothing_is_sealed_to_half_a_key(missing: str) -> None:
    with pytest.raises(SealingError):
        seal({name: value for name, value in PUBLIC.items() if name != missing}, "abc")


def test_nothing_is_sealed_to_a_point_off_the_curve() -> None:
    with pytest.raises(SealingError):
        seal({**PUBLIC, "y": PUBLIC["x"]}, "abc")


def test_the_office_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = current_public_key(tmp_path)
    assert current_public_key(tmp_path) == first
    files = list((tmp_path / "sealing").iterdir())
    assert sorted(file.name for file in files) == sorted(["current", f"{first['kid']}.pem"])
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert open_sealed(private_key(tmp_path, first["kid"]), seal(first, "abc")) == "abc"


def test_old_boxes_stay_readable_after_the_key_was_replaced(tmp_path: Path) -> None:
    first = current_public_key(tmp_path)
    old = seal(first, "abc")
    folder = tmp_path / "sealing"
    (folder / "current").unlink()
    second = current_public_key(tmp_path)
    assert second["kid"] != first["kid"]
    assert open_sealed(private_key(tmp_path, old["key"]), old) == "abc"


@pytest.mark.parametrize("kid", ["", "unknown", "../secret-key", "current"])
def test_a_key_that_is_not_held_is_refused_by_name(tmp_path: Path, kid: str) -> None:
    current_public_key(tmp_path)
    with pytest.raises(SealingError):
        private_key(tmp_path, kid)
