"""Two records of one place are found, two places are left alone."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from inspection.places.likeness import Place, Reason, Register, compare, distance

UNIT = uuid.uuid4()


def place(key: str, name: str, address: str = "", **more: object) -> Place:
    return Place(key, name, address, **more)  # type: ignore[arg-type] # a test names fields freely


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            place("a", "Cơ sở bánh đa Sở Kiện", "Tổ 3, thị trấn Kiện Khê"),
            place("b", "BANH DA SO KIEN", "tổ 3 Thị trấn Kiện Khê"),
            Reason.NAME_AND_ADDRESS,
        ),
        (
            place("a", "Phở Hạnh", licence_number="12/ĐK-HKD"),
            place("b", "Quán bà Hạnh", licence_number="12 đk hkd"),
            Reason.LICENCE,
        ),
        (
            place("a", "Tạp hóa Loan", latitude=Decimal("20.46"), longitude=Decimal("105.93")),
            place("b", "Tap hoa Loan", latitude=Decimal("20.4605"), longitude=Decimal("105.93")),
            Reason.NAME_AND_POSITION,
        ),
        (
            place("a", "Phở Hạnh", "Số 5 chợ Non", owner="Đào Thị Hạnh"),
            place("b", "Bún cá Non", "số 5, chợ Non", owner="ĐÀO THỊ HẠNH"),
            Reason.OWNER_AND_ADDRESS,
        ),
        (
            place("a", "Giò chả Bảy Thơm", unit=UNIT),
            place("b", "Gio cha Bay Thom", unit=UNIT),
            Reason.NAME_AND_UNIT,
        ),
    ],
)
def test_what_makes_two_records_probably_one(one: Place, other: Place, reason: Reason) -> None:
    found = compare(one, other)
    assert found is not None
    assert reason in found.reasons
    assert [alike.place for alike in Register.of([other]).alike(one)] == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (place("a", "Phở Hạnh", "Số 12 Trần Phú"), place("b", "Phở Hạnh", "Số 21 Trần Phú")),
        (place("a", "Trường mầm non số 1", "Thôn Đông"), place("b", "Trường mầm non số 2", "Thôn Đông")),
        (
            place("a", "Công ty TNHH An Bình", "Xã Liêm Cần"),
            place("b", "Công ty TNHH Thịnh Phát", "Xã Liêm Cần"),
        ),
        (place("a", "Phở Hạnh", unit=UNIT), place("b", "Phở Hạnh", unit=uuid.uuid4())),
        (
            place("a", "Tạp hóa Loan", latitude=Decimal("20.46"), longitude=Decimal("105.93"), unit=UNIT),
            place("b", "Tạp hóa Loan", latitude=Decimal("20.47"), longitude=Decimal("105.93"), unit=UNIT),
        ),
    ],
)
def test_what_are_two_places(one: Place, other: Place) -> None:
    assert compare(one, other) is None
    assert Register.of([other]).alike(one) == []


def test_every_pair_is_found_once_with_the_likeliest_first() -> None:
    register = Register.of(
        [
            place("a", "Phở Hạnh", "Chợ Non"),
            place("b", "Pho Hanh", "chợ Non"),
            place("c", "Kẹo lạc Tâm Đức", licence_number="7"),
            place("d", "Tâm Đức", licence_number="7"),
        ]
    )
    assert [(one.key, alike.place.key) for one, alike in register.pairs()] == [("c", "d"), ("a", "b")]


def test_a_hundredth_of_a_degree_north_is_a_little_over_a_kilometre() -> None:
    one = place("a", "x", latitude=Decimal("20.46"), longitude=Decimal("105.93"))
    other = place("b", "x", latitude=Decimal("20.47"), longitude=Decimal("105.93"))
    apart = distance(one, other)
    assert apart is not None
    assert abs(apart - 1112) < 1
    assert distance(one, place("c", "x")) is None
