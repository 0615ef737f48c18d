"""Which establishments are probably one and the same. Pure: people decide, this only proposes.

Two records are compared by what identifies a place: licence number, name, address, owner and position. Names are
compared without marks, capitals and the words that say what a place is rather than which ("cơ sở", "cửa hàng", "công
ty TNHH"), and forgive a slip of the keyboard; numbers in names and addresses forgive nothing, because house 12 is not
house 21 and School No. 1 is not School No. 2.

Comparing everything with everything would grow with the square of the register. So records are first brought together
by what two records of one place must share: a licence, an address, an owner, a word of the name that few others have,
or a square of the map.
"""

from __future__ import annotations

import math
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz

from inspection.places.rules import fold

GENERIC = (
    "cong ty",
    "co phan",
    "trach nhiem huu han",
    "tnhh",
    "mot thanh vien",
    "mtv",
    "doanh nghiep tu nhan",
    "hop tac xa",
    "htx",
    "chi nhanh",
    "ho kinh doanh",
    "co so",
    "san xuat",
    "cua hang",
    "nha hang",
    "quan an",
    "quan",
    "tap hoa",
    "dai ly",
)
"""What names begin with, folded, to say what the place is. Where nothing follows, the name is compared whole."""
LEGAL_FORMS = ("inc", "llc", "ltd", "co ltd")
"""What foreign names end with."""

ALIKE_NAME = 90.0
"""Of 100: "Banh da So Kien" and "Banh da So Kienn" have 97, "Pho Hanh" and "Pho Hoa" 67."""
ALIKE_ADDRESS = 88.0
NEAR = 100.0
"""Metres within which two positions may be one: a phone's reading between houses is off by tens of metres."""
COMMON = 60
"""A key that more records share than this brings nothing together."""
CELL = 0.0015
"""Degrees: the side of a square of the map, at least 110 m in Vietnam, so that neighbours hold what is near."""
EARTH = 6_371_000.0
_WORD = re.compile(r"[a-z0-9]+")


class Reason(StrEnum):
    """Why two records are thought to be one, the strongest first: the same licence (cùng số giấy phép), name and
    address alike, name alike at one position, owner and address alike (it may have a new name), or one name in one
    commune with nothing else known of the place."""

    LICENCE = "licence"
    NAME_AND_ADDRESS = "name_and_address"
    NAME_AND_POSITION = "name_and_position"
    OWNER_AND_ADDRESS = "owner_and_address"
    NAME_AND_UNIT = "name_and_unit"


STRENGTH = {reason: len(Reason) - at for at, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Place:
    """What of an establishment is compared. ``key`` names it to the caller; degrees are WGS 84."""

    key: str
    name: str
    address: str = ""
    owner: str = ""
    licence_number: str = ""
    unit: uuid.UUID | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        """The words of the name that say which place it is."""
        words = " ".join(_WORD.findall(fold(self.name)))
        bare, before = words, ""
        while bare != before:
            before = bare
            for beginning in GENERIC:
                bare = bare.removeprefix(f"{beginning} ")
        for ending in LEGAL_FORMS:
            bare = bare.removesuffix(f" {ending}")
        return tuple((words if bare in GENERIC else bare).split())

    @cached_property
    def address_words(self) -> tuple[str, ...]:
        """The words of the address."""
        return tuple(_WORD.findall(fold(self.address)))

    @cached_property
    def owner_words(self) -> tuple[str, ...]:
        """The words of the owner's name."""
        return tuple(_WORD.findall(fold(self.owner)))

    @cached_property
    def licence(self) -> str:
        """The licence number without what people write differently."""
        return "".join(_WORD.findall(fold(self.licence_number)))

    @cached_property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude; none unless both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return float(self.latitude), float(self.longitude)


@dataclass(frozen=True, slots=True)
class Alike:
    """``place`` is probably the place that was asked about; ``name`` is how alike the names are, of 100; ``distance``
    in metres where both positions are known."""

    place: Place
    reasons: tuple[Reason, ...]
    name: float
    distance: float | None

    @property
    def rank(self) -> tuple[int, float]:
        """The higher, the likelier."""
        return max(STRENGTH[reason] for reason in self.reasons), self.name


@dataclass
class Register:
    """Places that can be asked for what is like another."""

    places: list[Place] = field(default_factory=list)
    _by_key: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, places: Iterable[Place]) -> Register:
        """A register of ``places``."""
        register = cls()
        for place in places:
            register.add(place)
        return register

    def add(self, place: Place) -> None:
        """Take one more place in."""
        at = len(self.places)
        self.places.append(place)
        for key in _keys(place):
            self._by_key[key].append(at)

    def alike(self, place: Place) -> list[Alike]:
        """What is probably the same as ``place``, the likeliest first; never a place of the same key."""
        near: set[int] = set()
        for key in (*_keys(place), *_around(place)):
            sharing = self._by_key.get(key, ())
            if len(sharing) <= COMMON:
                near.update(sharing)
        found = (compare(place, self.places[at]) for at in sorted(near) if self.places[at].key != place.key)
        return sorted(
            (each for each in found if each), key=lambda each: (each.rank, each.place.key), reverse=True
        )

    def pairs(self) -> list[tuple[Place, Alike]]:
        """Every pair that is probably one, once, the likeliest first."""
        pairs = [
            (place, alike)
            for place in self.places
            for alike in self.alike(place)
            if place.key < alike.place.key
        ]
        return sorted(pairs, key=lambda pair: (pair[1].rank, pair[0].key, pair[1].place.key), reverse=True)


def compare(one: Place, other: Place) -> Alike | None:
    """How two places are alike; None when they are not."""
    name = _likeness(one.name_words, other.name_words)
    same_name = name >= ALIKE_NAME
    same_address = _likeness(one.address_words, other.address_words) >= ALIKE_ADDRESS
    apart = distance(one, other)
    reasons = []
    if one.licence and one.licence == other.licence:
        reasons.append(Reason.LICENCE)
    if same_name and same_address:
        reasons.append(Reason.NAME_AND_ADDRESS)
    if same_name and apart is not None and apart <= NEAR:
        reasons.append(Reason.NAME_AND_POSITION)
    if same_address and one.owner_words and _likeness(one.owner_words, other.owner_words) >= ALIKE_NAME:
        reasons.append(Reason.OWNER_AND_ADDRESS)
    unplaced = apart is None and not (one.address_words and other.address_words)
    if same_name and unplaced and one.unit is not None and one.unit == other.unit:
        reasons.append(Reason.NAME_AND_UNIT)
    return Alike(other, tuple(reasons), name, apart) if reasons else None


def distance(one: Place, other: Place) -> float | None:
    """Metres between two positions along a great circle; None unless both are known."""
    if one.position is None or other.position is None:
        return None
    (latitude, longitude), (other_latitude, other_longitude) = one.position, other.position
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north)
        * math.cos(other_north)
        * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Of 100, whatever the order of the words; 0 when one is unknown or their numbers differ."""
    if not one or not other or _numbers(one) != _numbers(other):
        return 0.0
    return fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other)))


def _numbers(words: tuple[str, ...]) -> list[str]:
    return sorted(word for word in words if any(character.isdigit() for character in word))


def _keys(place: Place) -> Iterator[tuple[str, ...]]:
    """What another record of the same place shares with this one."""
    if place.licence:
        yield "licence", place.licence
    if place.address_words:
        yield "address", *sorted(place.address_words)
    if place.owner_words:
        yield "owner", *place.owner_words
    for word in set(place.name_words):
        yield "name", word
    if place.name_words:
        yield "whole name", *sorted(place.name_words), str(place.unit)
    if place.position is not None:
        yield _cell(*place.position)


def _around(place: Place) -> Iterator[tuple[str, ...]]:
    """The squares of the map around the one a place lies in."""
    if place.position is not None:
        for north in (-CELL, 0, CELL):
            for east in (-CELL, 0, CELL):
                yield _cell(place.position[0] + north, place.position[1] + east)


def _cell(latitude: float, longitude: float) -> tuple[str, ...]:
    return "cell", str(math.floor(latitude / CELL)), str(math.floor(longitude / CELL))
