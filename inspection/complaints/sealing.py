"""Identities sealed to the office key: readable by nobody who only holds the database, a backup or a log.

A petitioner's name, address and contact are encrypted where they are typed. The box is the same whether a
browser's WebCrypto or this module made it::

    box = base64( ephemeral public point, uncompressed, 65 bytes ‖ nonce, 12 bytes ‖ ciphertext with its 16-byte tag )

    shared  = ECDH on P-256, ephemeral private key with the office's public key, 32 bytes
    key     = HKDF-SHA256(shared, salt empty, info "inspection sealed identity v1", 32 bytes)
    content = AES-256-GCM(key, nonce, UTF-8 text, no additional data)

Base64 is the standard alphabet with padding. The office key travels as a JWK with ``kid``; a sealed value
names that ``kid`` so that it can be opened after the key has been replaced.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INFO = b"inspection sealed identity v1"
RECOVERY_INFO = b"inspection phone recovery v1"
"""What a phone's data key is sealed for: no box of one purpose opens as one of the other."""
ATTACHMENT_INFO = b"inspection petition attachment v1"
"""What the data key of an attachment is sealed for."""
POINT_BYTES = 65
NONCE_BYTES = 12
TAG_BYTES = 16
COORDINATE_BYTES = 32
LONGEST_BOX = 64 * 1024
"""Characters of base64. An identity is a few lines; anything longer is not one."""


class SealingError(Exception):
    """A key or a box that cannot be used. The message never repeats its content."""


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A public key as a JWK; ``kid`` is its thumbprint (RFC 7638), so equal keys have equal ids everywhere."""
    numbers = key.public_numbers()
    members = {"crv": "P-256", "kty": "EC", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    canonical = "{" + ",".join(f'"{name}":"{value}"' for name, value in members.items()) + "}"
    return {**members, "kid": _base64url(hashlib.sha256(canonical.encode()).digest())}


def seal(jwk: Mapping[str, str], plaintext: str) -> dict[str, str]:
    """Encrypt ``plaintext`` to the office's public key: ``{"key": kid, "box": base64}``.

    :raises SealingError: when ``jwk`` is no P-256 public key with a ``kid``.
    """
    return seal_bytes(jwk, plaintext.encode(), INFO)


def seal_bytes(jwk: Mapping[str, str], content: bytes, info: bytes) -> dict[str, str]:
    """Encrypt ``content`` to the office's public key for the purpose ``info``.

    :raises SealingError: when ``jwk`` is no P-256 public key with a ``kid``.
    """
    recipient = _public_key(jwk)
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    nonce = os.urandom(NONCE_BYTES)
    key = _derive(ephemeral.exchange(ec.ECDH(), recipient), info)
    ciphertext = AESGCM(key).encrypt(nonce, content, None)
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"key": jwk["kid"], "box": base64.b64encode(point + nonce + ciphertext).decode("ascii")}


def open_sealed(private: ec.EllipticCurvePrivateKey, sealed: Mapping[str, str]) -> str:
    """The text inside a sealed identity.

    :raises SealingError: when it was sealed to another key, was altered, or is no box at all.
    """
    try:
        return open_bytes(private, sealed, INFO).decode()
    except UnicodeDecodeError:
        raise SealingError("the box was altered or made for another key") from None


def open_bytes(private: ec.EllipticCurvePrivateKey, sealed: Mapping[str, str], info: bytes) -> bytes:
    """The bytes inside a box that was sealed for the purpose ``info``.

    :raises SealingError: when it was sealed to another key, was altered, or is no box at all.
    """
    if not well_formed(sealed):
        raise SealingError("not a sealed box")
    if sealed["key"] != public_jwk(private.public_key())["kid"]:
        raise SealingError("sealed to another key")
    raw = base64.b64decode(sealed["box"])
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[:POINT_BYTES])
        key = _derive(private.exchange(ec.ECDH(), sender), info)
        nonce = raw[POINT_BYTES : POINT_BYTES + NONCE_BYTES]
        return AESGCM(key).decrypt(nonce, raw[POINT_BYTES + NONCE_BYTES :], None)
    except (InvalidTag, ValueError):
        raise SealingError("the box was altered or made for another key") from None


def well_formed(sealed: object) -> bool:
    """Whether ``sealed`` has the outer form of a sealed value. Nothing is decrypted."""
    if not isinstance(sealed, Mapping) or set(sealed) != {"key", "box"}:
        return False
    key, box = sealed["key"], sealed["box"]
    if (
        not isinstance(key, str)
        or not 0 < len(key) <= 128
        or not isinstance(box, str)
        or len(box) > LONGEST_BOX
    ):
        return False
    try:
        raw = base64.b64decode(box, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(raw) >= POINT_BYTES + NONCE_BYTES + TAG_BYTES and raw[0] == 4


def _derive(shared: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)


def _public_key(jwk: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or not jwk.get("kid"):
        raise SealingError("not a P-256 public key with an id")
    try:
        x, y = (int.from_bytes(_from_base64url(jwk[name])) for name in ("x", "y"))
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except (KeyError, ValueError):
        raise SealingError("not a point of P-256") from None


def _coordinate(value: int) -> str:
    return _base64url(value.to_bytes(COORDINATE_BYTES))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
