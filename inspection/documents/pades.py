"""The organisation's digital signature on a report's PDF (PAdES, ETSI EN 319 142-1 baseline B), and its verification.

The signature is appended to the unsigned file as an incremental update: the first bytes of a signed file are the
unsigned file, so whoever takes the signature off has the bytes that can be reproduced.

The library takes a second to load, so this module is imported where it is used.
"""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError as LibrarySigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from inspection.documents.signing import Signed, SigningError, Verdict

FIELD = "ChuKySoToChuc"
END = b"%%EOF"
"""Where the unsigned file ends, and what was appended begins."""


def load(path: Path, password: str) -> signers.SimpleSigner:
    """The signer of a PKCS#12 file.

    :raises SigningError: when it cannot be read with the password.
    """
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(path.read_bytes(), [], password.encode() or None)
    except (OSError, ValueError) as problem:
        raise SigningError(str(problem)) from problem
    if not isinstance(signer, signers.SimpleSigner):
        raise SigningError(f"{path.name}: không đọc được / cannot be read")
    return signer


def sign(unsigned: bytes, signer: signers.SimpleSigner, *, reason: str, place: str) -> Signed:
    """The PDF with the organisation's signature after it.

    :raises SigningError: when the certificate may not sign.
    """
    at = datetime.now(UTC).replace(microsecond=0)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=place,
    )
    try:
        written = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(unsigned)), metadata, signer=signer)
    except (PdfError, LibrarySigningError, ValueError) as problem:
        raise SigningError(str(problem)) from problem
    certificate = signer.signing_cert
    if certificate is None:
        raise SigningError("no certificate")
    return Signed(
        written.read(),
        _name(certificate.subject),
        _name(certificate.issuer),
        hashlib.sha256(certificate.dump()).hexdigest(),
        at,
    )


def verify(content: bytes, roots: Path | None = None) -> list[Verdict]:
    """What every signature of a PDF amounts to; ``roots`` is a file of trusted certificates (PEM).

    :raises SigningError: when it is no PDF.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        signatures = reader.embedded_signatures
    except (PdfError, ValueError, KeyError, TypeError) as problem:
        raise SigningError(str(problem)) from problem
    trusted = list(load_certs_from_pemder([str(roots)])) if roots else []  # type: ignore[no-untyped-call]  # pyHanko's
    return [_verdict(signature, trusted, content) for signature in signatures]


def _verdict(signature: Any, roots: list[Any], content: bytes) -> Verdict:
    certificate = signature.signer_cert
    # Without roots the chain is looked at from the certificate itself: only whether the bytes are its owner's.
    context = ValidationContext(trust_roots=roots or [certificate], allow_fetching=False)
    status = validate_pdf_signature(signature, context, skip_diff=True)
    start = signature.byte_range[0]
    covered = signature.byte_range[2] + signature.byte_range[3]
    return Verdict(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        signed_at=signature.self_reported_timestamp,
        intact=status.intact,
        valid=status.valid,
        whole=start == 0 and covered == len(content),
        trusted=status.trusted if roots else None,
        unsigned_sha256=hashlib.sha256(content[: content.find(END) + len(END)]).hexdigest(),
    )


def _name(name: x509.Name) -> str:
    native = name.native
    return str(native.get("common_name") or native.get("organization_name") or name.human_friendly)
