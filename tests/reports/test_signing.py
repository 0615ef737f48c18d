"""The organisation's signature: a layer over the unsigned PDF, which anybody can verify."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from config.settings import Settings, SettingsError, from_environment
from inspection.documents import pades, signing
from inspection.reports import operations
from inspection.reports.models import Format
from tests.reports.conftest import District
from tests.reports.test_commands import run

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return signing.demonstration(tmp_path / "keys")


def signed_report(district: District, certificate: Path) -> tuple[bytes, bytes]:
    """The unsigned and the signed PDF of a report issued with a certificate."""
    settings: Settings = district.app.config["SETTINGS"]
    district.app.config["SETTINGS"] = replace(settings, signing_certificate=certificate)
    draft = district.order(formats=[Format.PDF])
    district.compile(draft)
    issued = district.issue(draft)
    district.compile(issued)
    assert district.report(issued).status == "done"
    return district.content(issued, "pdf"), district.content(issued, operations.SIGNED)


@on_sqlite
def test_a_signed_report_begins_with_the_unsigned_one_and_verifies(
    busy: District, certificate: Path, tmp_path: Path
) -> None:
    unsigned, signed = signed_report(busy, certificate)
    assert signed.startswith(unsigned)
    (verdict,) = pades.verify(signed)
    assert verdict.holds
    assert verdict.signer == signing.DEMONSTRATION_NAME
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    code, output = run(busy, "verify", str(file))
    assert code == 0, output
    assert "(pdf)" in output
    assert signing.DEMONSTRATION_NAME in output


@on_sqlite
def test_a_file_that_was_changed_added_to_or_never_signed_does_not_verify(
    busy: District, certificate: Path, tmp_path: Path
) -> None:
    unsigned, signed = signed_report(busy, certificate)
    file = tmp_path / "file.pdf"
    for content, said in (
        (signed.replace(b"/Type", b"/Tyqe", 1), "intact: KHÔNG"),
        (signed + b"\n% more", "whole file: KHÔNG"),
        (unsigned, "not signed"),
        (b"rubbish", "PDF"),
        (b"", "PDF"),
        (b"%PDF-1.7\n%%EOF", "PDF"),
    ):
        file.write_bytes(content)
        code, output = run(busy, "verify", str(file))
        assert code == 1, output
        assert said in output


@on_sqlite
def test_trust_is_a_matter_of_the_roots_that_are_given(
    busy: District, certificate: Path, tmp_path: Path
) -> None:
    _, signed = signed_report(busy, certificate)
    file, roots = tmp_path / "signed.pdf", tmp_path / "roots.pem"
    file.write_bytes(signed)
    for source, holds in ((certificate, True), (signing.demonstration(tmp_path / "other"), False)):
        _, found, _ = pkcs12.load_key_and_certificates(source.read_bytes(), None)
        assert found is not None
        roots.write_bytes(found.public_bytes(serialization.Encoding.PEM))
        code, output = run(busy, "verify", str(file), "--trust", str(roots))
        assert (code == 0) is holds, output


@on_sqlite
def test_a_certificate_that_cannot_sign_stops_the_issue_says_so_and_frees_the_number(
    busy: District, certificate: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.p12"
    broken.write_bytes(b"rubbish")
    settings: Settings = busy.app.config["SETTINGS"]
    busy.app.config["SETTINGS"] = replace(settings, signing_certificate=broken)
    draft = busy.order(formats=[Format.PDF])
    busy.compile(draft)
    refused = busy.issue(draft)
    busy.compile(refused)
    failed = busy.report(refused)
    assert (failed.status, failed.error) == ("failed", "signing_failed")
    busy.app.config["SETTINGS"] = replace(settings, signing_certificate=certificate)
    again = busy.issue(draft)
    busy.compile(again)
    assert busy.report(again).status == "done"


def test_a_certificate_that_cannot_be_opened_stops_the_program(tmp_path: Path, certificate: Path) -> None:
    key, found, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), None)
    assert key is not None
    locked = tmp_path / "locked.p12"
    encryption = serialization.BestAvailableEncryption(b"right")
    packed = pkcs12.serialize_key_and_certificates(b"x", key, found, None, encryption)  # type: ignore[arg-type]  # of the file
    locked.write_bytes(packed)
    known = {"DATA_DIR": str(tmp_path), "SIGNING_CERTIFICATE": str(locked)}
    assert from_environment({**known, "SIGNING_PASSWORD": "right"}).signing_certificate == locked
    for values in ({"SIGNING_PASSWORD": "wrong"}, {}, {"SIGNING_CERTIFICATE": str(tmp_path / "nowhere")}):
        with pytest.raises(SettingsError, match="SIGNING_CERTIFICATE"):
            from_environment({**known, **values})
    assert "right" not in repr(from_environment({**known, "SIGNING_PASSWORD": "right"}))
