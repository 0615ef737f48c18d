"""Pure rules of checklists: vocabulary, ids, and which edition and which legal text held on a day."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

CHECKLIST_NAMESPACE = uuid.UUID("0f5b7c1e-1f7e-5a43-8a4e-5c0c6a1d3b22")
VIOLATION_NAMESPACE = uuid.UUID("b3f6a0de-6a55-5c1b-9a0f-0f6d2f9f7e31")


class Domain(StrEnum):
    """What is checked: food safety (an toàn thực phẩm), measurement (đo lường), product quality (chất lượng
    sản phẩm, hàng hóa), labels (nhãn hàng hóa)."""

    FOOD_SAFETY = "food_safety"
    MEASUREMENT = "measurement"
    QUALITY = "quality"
    LABELS = "labels"


class Payer(StrEnum):
    """For whom a decree states its amounts. A household business counts as an individual (NĐ 118/2021 Điều 3
    khoản 5)."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class Edition(Protocol):
    """An edition of a checklist: anything with a domain and validity dates, both inclusive."""

    @property
    def domain(self) -> str:
        """What is checked."""
        ...

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day."""
        ...


EditionLike = TypeVar("EditionLike", bound=Edition)


def edition_on(editions: Iterable[EditionLike], domain: str, day: date) -> EditionLike | None:
    """The edition of ``domain`` in force on ``day``; none before the first one. Data files are refused when
    two editions of one domain overlap, so there is at most one."""
    for edition in editions:
        if (
            edition.domain == domain
            and edition.valid_from <= day
            and (edition.valid_to is None or day <= edition.valid_to)
        ):
            return edition
    return None


class Basis(Protocol):
    """A legal text that an item rests on between two dates, both inclusive; either may be open."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day."""
        ...


BasisLike = TypeVar("BasisLike", bound=Basis)


def basis_on(bases: Iterable[BasisLike], day: date) -> BasisLike | None:
    """The legal text that held on ``day``. For label items: NĐ 43/2017 as amended by NĐ 111/2021 until 22
    January 2026, NĐ 37/2026 from 23 January 2026."""
    for basis in bases:
        if (basis.valid_from is None or basis.valid_from <= day) and (
            basis.valid_to is None or day <= basis.valid_to
        ):
            return basis
    return None


class Numbered(Protocol):
    """An edition as a visit names it."""

    @property
    def id(self) -> uuid.UUID:
        """The edition's id."""
        ...

    @property
    def code(self) -> str:
        """The checklist it is an edition of."""
        ...

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day."""
        ...

    @property
    def establishment_types(self) -> Sequence[str] | None:
        """The types of establishments that it is meant for."""
        ...

    @property
    def risk_groups(self) -> Sequence[str] | None:
        """The risk groups that it is meant for."""
        ...


NumberedLike = TypeVar("NumberedLike", bound=Numbered)


def meant_for(
    types: Collection[str] | None,
    risks: Collection[str] | None,
    establishment_type: str | None,
    risk: str | None,
) -> bool:
    """Whether an edition for these ``types`` and ``risks`` of establishments is meant for one of this type and risk.

    Empty is every type, every risk. What is not known of the establishment speaks against nothing: a checklist too many
    is seen, one that is missing is not.
    """
    sides = ((types, establishment_type), (risks, risk))
    return all(not among or each is None or each in among for among, each in sides)


def editions_of_visit(
    pinned: Iterable[uuid.UUID],
    codes: Iterable[str],
    editions: Iterable[NumberedLike],
    day: date,
    establishment_type: str | None = None,
    risk: str | None = None,
) -> list[NumberedLike]:
    """The editions that a visit of ``day`` is made with, one a checklist, by code.

    An edition that the visit names stays, also when a newer one arrives; only one that begins after the day gives way
    to the one of its checklist in force. A visit that names none is made with those of ``codes`` (all where there are
    none) that are in force on the day and :func:`meant_for` its establishment. The phone's ``checklistsOf`` decides the
    same.
    """
    every = list(editions)
    named = set(pinned)
    kept = {each.code: each for each in every if each.id in named and each.valid_from <= day}
    pinned_codes = {each.code for each in every if each.id in named}
    wanted = pinned_codes or set(codes)
    for each in every:
        held = each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)
        meant = pinned_codes or meant_for(
            each.establishment_types, each.risk_groups, establishment_type, risk
        )
        if held and meant and (not wanted or each.code in wanted):
            kept.setdefault(each.code, each)
    return [kept[code] for code in sorted(kept)]


def checklist_id(code: str, edition: int) -> uuid.UUID:
    """The id of an edition, the same in every installation."""
    return uuid.uuid5(CHECKLIST_NAMESPACE, f"{code}\n{edition}")


def violation_type_id(code: str, valid_from: date) -> uuid.UUID:
    """The id of an act of the catalogue as worded from ``valid_from``."""
    return uuid.uuid5(VIOLATION_NAMESPACE, f"{code}\n{valid_from.isoformat()}")


def fine_range(minimum: int, maximum: int, stated_for: Payer, payer: Payer) -> tuple[int, int]:
    """Minimum and maximum in dong for ``payer``: an organisation pays twice what an individual pays.

    NĐ 115/2018 Điều 3 khoản 2 as amended by NĐ 124/2021; NĐ 98/2020 Điều 4 khoản 4 as amended by NĐ 17/2022.
    For NĐ 119/2017 the article was not read and the direction is taken from commentary.
    """
    if stated_for is payer:
        return minimum, maximum
    if payer is Payer.ORGANISATION:
        return minimum * 2, maximum * 2
    return minimum // 2, maximum // 2


def violation_codes(items: Iterable[Mapping[str, object]]) -> set[str]:
    """Every violation code that a failed item of ``items`` may raise."""
    codes: set[str] = set()
    for item in items:
        listed = item.get("violation_codes")
        if isinstance(listed, list):
            codes.update(str(code) for code in listed)
    return codes
