"""Who issues, to whom and on which bases: dated data."""

from __future__ import annotations

import json
from datetime import date

from inspection.documents.issuers import DATA, issuer_of, legal_bases

DISTRICT = ("Huyện Thanh Liêm", "351", "district")


def test_the_district_signs_with_the_block_of_its_plan() -> None:
    issuer = issuer_of(*DISTRICT, date(2022, 9, 14))
    assert issuer.authority == ("TM. ỦY BAN NHÂN DÂN HUYỆN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_no_document_bears_a_name_that_nobody_gave() -> None:
    """The space above the signature stays empty until an installation names who signs."""
    entries = json.loads((DATA / "issuers.json").read_text(encoding="utf-8"))
    assert [entry["signers"] for entry in entries] == [[]] * len(entries)
    assert issuer_of(*DISTRICT, date(2022, 9, 14)).signer == ""


def test_a_commune_is_named_with_its_level_once() -> None:
    for name in ("Thanh Liêm", "Xã Thanh Liêm"):
        issuer = issuer_of(name, "13495", "commune", date(2026, 9, 14))
        assert issuer.body == ("ỦY BAN NHÂN DÂN", "XÃ THANH LIÊM")
        assert (issuer.short_name, issuer.place) == ("UBND xã Thanh Liêm", "Thanh Liêm")


def test_a_jurisdiction_without_a_unit_still_has_a_head() -> None:
    issuer = issuer_of("Detroit", "", "", date(2018, 9, 14))
    assert issuer.body == ("DETROIT",)
    assert issuer.team == "Đoàn kiểm tra"


def test_bases_are_those_in_force_on_the_last_day() -> None:
    before, after = (
        " ".join(legal_bases("complaint_register", day)) for day in (date(2021, 11, 14), date(2021, 11, 15))
    )
    assert "07/2014/TT-TTCP" in before
    assert "05/2021/TT-TTCP" not in before
    assert "05/2021/TT-TTCP" in after
    assert "07/2014/TT-TTCP" not in after


def test_the_report_regime_is_no_basis_before_it_was_in_force() -> None:
    assert not any("09/2019" in text for text in legal_bases("violation_summary", date(2019, 3, 11)))
    assert any("09/2019" in text for text in legal_bases("violation_summary", date(2019, 3, 12)))
