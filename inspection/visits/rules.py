"""Pure rules of visits: vocabulary, and the id that two phones give to the same question."""

from __future__ import annotations

import unicodedata
import uuid
from enum import StrEnum


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
