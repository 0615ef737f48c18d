"""Pure rules of places: validity of units, identifiers of units, and names compared as people type them."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

UNIT_NAMESPACE = uuid.UUID("6f1a3c52-5d0e-5b8e-9d7b-3f0f6f2f8a10")
"""Namespace of unit ids. Any installation derives the same id for the same unit."""


class Level(StrEnum):
    """Levels of administrative units. The district level ended on 1 July 2025; what it recorded keeps it."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    TOWNSHIP = "township"
    WARD = "ward"


class EstablishmentType(StrEnum):
    """What an establishment does. The type decides which checklist items and which violation apply."""

    PRODUCTION = "production"
    PROCESSING_TRADE = "processing_trade"
    CATERING = "catering"
    STREET_FOOD = "street_food"
    OTHER = "other"


class Risk(StrEnum):
    """The office's own estimate; it orders the list of places to visit and has no legal effect."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Dated(Protocol):
    """Anything valid from one day to another, both inclusive; no last day means it still is."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day."""
        ...


DatedThing = TypeVar("DatedThing", bound=Dated)


def is_valid_on(thing: Dated, day: date) -> bool:
    """Whether ``thing`` was valid on ``day``. The first and the last day both count."""
    return thing.valid_from <= day and (thing.valid_to is None or day <= thing.valid_to)


def valid_on(things: Iterable[DatedThing], day: date) -> list[DatedThing]:
    """Those of ``things`` that were valid on ``day``, in the order given."""
    return [thing for thing in things if is_valid_on(thing, day)]


def unit_id(code: str, valid_from: date) -> uuid.UUID:
    """The id of a unit, the same wherever it is derived.

    The day belongs to it because codes are used again: 13495 was xã Thanh Nguyên and is xã Thanh Liêm since 1
    July 2025.
    """
    return uuid.uuid5(UNIT_NAMESPACE, f"{code}\n{valid_from.isoformat()}")


def fold(text: str) -> str:
    """A text as a searcher types it: no tone or vowel marks, đ as d, lower case, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())
