"""Editions and legal texts on a day, fines for one payer or the other."""

from dataclasses import dataclass
from datetime import date

import pytest

from inspection.checklists.rules import Payer, basis_on, edition_on, fine_range, meant_for


@dataclass(frozen=True)
class Edition:
    domain: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Basis:
    valid_from: date | None
    valid_to: date | None


OLD = Edition("labels", date(2020, 10, 15), date(2026, 1, 22))
NEW = Edition("labels", date(2026, 1, 23), None)


@pytest.mark.parametrize(
    ("day", "edition"),
    [(date(2020, 10, 14), None), (date(2026, 1, 22), OLD), (date(2026, 1, 23), NEW)],
)
def test_the_edition_in_force(day: date, edition: Edition | None) -> None:
    assert edition_on([OLD, NEW], "labels", day) == edition


def test_another_domain_has_no_edition_here() -> None:
    assert edition_on([OLD, NEW], "quality", date(2026, 2, 1)) is None


def test_an_open_text_holds_on_every_day() -> None:
    always = Basis(None, None)
    assert basis_on([always], date.min) == basis_on([always], date.max) == always


def test_no_text_outside_its_days() -> None:
    assert basis_on([Basis(date(2026, 1, 23), None)], date(2026, 1, 22)) is None


@pytest.mark.parametrize(
    ("stated_for", "payer", "expected"),
    [
        (Payer.INDIVIDUAL, Payer.INDIVIDUAL, (1_000_000, 3_000_000)),
        (Payer.INDIVIDUAL, Payer.ORGANISATION, (2_000_000, 6_000_000)),
        (Payer.ORGANISATION, Payer.INDIVIDUAL, (500_000, 1_500_000)),
        (Payer.ORGANISATION, Payer.ORGANISATION, (1_000_000, 3_000_000)),
    ],
)
def test_an_organisation_pays_twice_what_an_individual_pays(
    stated_for: Payer, payer: Payer, expected: tuple[int, int]
) -> None:
    assert fine_range(1_000_000, 3_000_000, stated_for, payer) == expected


@pytest.mark.parametrize(
    ("types", "risks", "kind", "risk", "meant"),
    [
        (None, None, "catering", "low", True),
        (["catering"], None, "catering", None, True),
        (["catering"], None, "production", None, False),
        (["catering"], ["high", "medium"], "catering", "medium", True),
        (["catering"], ["high", "medium"], "catering", "low", False),
        (["catering"], ["high", "medium"], "catering", None, True),
        ([], ["high"], None, "high", True),
    ],
)
def test_type_and_risk_decide_for_whom_a_checklist_is_meant_and_what_is_unknown_excludes_nothing(
    types: list[str] | None, risks: list[str] | None, kind: str | None, risk: str | None, meant: bool
) -> None:
    assert meant_for(types, risks, kind, risk) is meant
