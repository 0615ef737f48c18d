"""Pure rules of visits: vocabulary, and the id that two phones give to the same question."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class VisitType(StrEnum):
    """Why the team came: by plan, to see whether a demand was met, on a complaint, or otherwise."""

    ROUTINE = "routine"
    FOLLOW_UP = "follow_up"
    COMPLAINT = "complaint"
    OTHER = "other"


class Finding(StrEnum):
    """The result of one item: pass (đạt), fail (không đạt), not applicable (không áp dụng)."""

    PASS = "pass"  # noqa: S105  # a result of an item, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "na"


class Sanction(StrEnum):
    """What was decided: a reminder (nhắc nhở, no sanction in law), a warning (cảnh cáo) or a fine (phạt tiền)."""

    REMINDER = "reminder"
    WARNING = "warning"
    FINE = "fine"


class RecordCase(StrEnum):
    """How long the team has for the violation record (NĐ 118/2021 Điều 12 khoản 2): ordinary, complicated, or one that
    waits for a result of testing, valuation or a technical device."""

    NORMAL = "normal"
    COMPLICATED = "complicated"
    TECHNICAL = "technical"


class DecisionCase(StrEnum):
    """How long the decision may take (Luật XLVPHC Điều 66): ordinary, the file was transferred, there was an
    explanation or something to verify, or a special case."""

    NORMAL = "normal"
    TRANSFERRED = "transferred"
    EXPLAINED = "explained"
    SPECIAL = "special"


class GoodsBasis(StrEnum):
    """How the value of the goods was found: listed price, price on the invoice, market price, or otherwise."""

    LISTED_PRICE = "listed_price"
    INVOICE = "invoice"
    MARKET_PRICE = "market_price"
    OTHER = "other"


class MeasureType(StrEnum):
    """Measures taken or demanded: closure, suspension (đình chỉ), destruction (tiêu hủy), correction of
    labels, suspension of advertising, referral to another body (chuyển hồ sơ), anything else."""

    CLOSURE = "closure"
    SUSPENSION = "suspension"
    DESTRUCTION = "destruction"
    LABEL_REMEDY = "label_remedy"
    ADVERTISING_SUSPENSION = "advertising_suspension"
    REFERRAL = "referral"
    OTHER = "other"


class Party(StrEnum):
    """Who signs the visit record: the inspection team or the establishment."""

    TEAM = "team"
    ESTABLISHMENT = "establishment"


def answer_id(visit: uuid.UUID, item: str, subject: str | None = None) -> uuid.UUID:
    """The id of an answer: UUIDv5 of the visit over item, line feed and subject, the subject empty where it
    is asked once.

    Two phones that answer the same item about the same instrument make the same record without having met. The subject
    counts in NFC, because one keyboard composes "ấ" and another sends it in pieces.
    """
    return uuid.uuid5(visit, f"{item}\n{unicodedata.normalize('NFC', subject or '')}")


def identify(kind: str, values: Mapping[str, Any]) -> uuid.UUID | None:
    """The id that a record below a visit must have by its values: an answer's; None where any will do."""
    if kind != "answer":
        return None
    return answer_id(uuid.UUID(str(values["visit"])), str(values["item"]), values.get("subject"))


@dataclass(frozen=True, slots=True)
class Stay:
    """When a team was in a shop, as far as it is known."""

    started_at: datetime | None
    finished_at: datetime | None

    def overlaps(self, other: Stay) -> bool:
        """Whether both were there at one time. An end that nobody wrote may be as late as one likes, so what speaks
        against it is only a visit that was over before the other began."""
        return not (_before(self, other) or _before(other, self))


def _before(one: Stay, other: Stay) -> bool:
    return one.finished_at is not None and other.started_at is not None and one.finished_at < other.started_at


COMBINED = ("started_at", "finished_at", "checklists")
"""What two visits that are one need nobody's decision for: see :func:`combine`."""


def combine(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What of :data:`COMBINED` changes in the kept visit: it takes the earlier beginning, the later end and the
    checklists of both."""
    values: dict[str, Any] = {}
    for name, better in (("started_at", min), ("finished_at", max)):
        moments = [each[name] for each in (kept, other) if each.get(name)]
        if moments:
            values[name] = better(moments, key=datetime.fromisoformat)
    both = [*(kept.get("checklists") or ()), *(other.get("checklists") or ())]
    if both:
        values["checklists"] = list(dict.fromkeys(both))
    return {name: value for name, value in values.items() if value != kept.get(name)}
