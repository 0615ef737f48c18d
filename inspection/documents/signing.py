"""The organisation's certificate, and what a signature amounts to. The signing itself is in
:mod:`inspection.documents.pades`.

The certificate and its key are a PKCS#12 file (``SIGNING_CERTIFICATE``, ``SIGNING_PASSWORD``); the demonstration makes
one of its own, which nobody trusts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

FOLDER = "signing"
"""Where the demonstration keeps its certificate, below ``DATA_DIR``."""

DEMONSTRATION_FILE = "demonstration.p12"
DEMONSTRATION_NAME = "Chứng thư trình diễn, không có giá trị pháp lý"


class SigningError(Exception):
    """The certificate cannot be used, or a file is no PDF."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed PDF, and who signed it: names of the certificate, its SHA-256 (hex), the moment."""

    content: bytes
    signer: str
    issuer: str
    fingerprint: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying one signature found. ``intact``: the signed bytes are as they were; ``valid``: the signature is
    that of the certificate; ``whole``: nothing was added to the file after it; ``trusted``: the certificate leads to a
    root that was given, None where none was."""

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    valid: bool
    whole: bool
    trusted: bool | None
    unsigned_sha256: str

    @property
    def holds(self) -> bool:
        """Whether the signature stands, as far as could be looked."""
        return self.intact and self.valid and self.whole and self.trusted is not False


def demonstration(data_dir: Path) -> Path:
    """The demonstration's certificate, made when it is not there yet. Its name says that it is worth nothing."""
    path = data_dir / FOLDER / DEMONSTRATION_FILE
    if path.exists():
        return path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "UBND huyện Thanh Liêm (trình diễn)"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, DEMONSTRATION_NAME),
        ]
    )
    day = datetime.now(UTC) - timedelta(days=1)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), day, day + timedelta(days=3650)
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(
        b"demonstration", key, certificate, None, serialization.NoEncryption()
    )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(packed)
    draft.replace(path)
    return path
