"""Vocabulary of what is measured and sampled. Pure."""

from __future__ import annotations

from enum import StrEnum

from inspection.measurement.tables import table
from inspection.measurement.verification import OTHER

INSTRUMENTS = (*(str(entry["id"]) for entry in table("instruments")["instruments"]), OTHER)


class SeenEvidence(StrEnum):
    """What shows that an instrument was verified (TT 23/2013 Điều 20): mark, sticker, certificate; or that nothing
    does any more."""

    STICKER = "sticker"
    MARK = "mark"
    CERTIFICATE = "certificate"
    NONE = "none"
    DAMAGED = "damaged"


class AccuracyClass(StrEnum):
    """Accuracy classes of scales (OIML R 76)."""

    SPECIAL = "I"
    HIGH = "II"
    MEDIUM = "III"
    ORDINARY = "IIII"


class Side(StrEnum):
    """Whose scale it is in the trade: the seller's, or the buyer's."""

    SELLER = "seller"
    BUYER = "buyer"


class Verdict(StrEnum):
    """What readings amount to. ``incomplete``: not enough for a verdict; ``unusable``: they contradict each other."""

    PASS = "pass"  # noqa: S105  # a verdict, not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    UNUSABLE = "unusable"


class TestedFor(StrEnum):
    """The group of indicators that a sample is tested for, as the summary tables split them. What is tested for both is
    two samples: they are taken, kept and sent apart."""

    PHYSICOCHEMICAL = "physicochemical"  # hóa lý
    MICROBIOLOGICAL = "microbiological"  # vi sinh


class SampleResult(StrEnum):
    """What the laboratory said of a sample; ``pending`` until it does."""

    PASS = "pass"  # noqa: S105  # a result, not a password
    FAIL = "fail"
    PENDING = "pending"
