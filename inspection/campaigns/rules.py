"""Vocabulary of campaigns and teams."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum


class CampaignType(StrEnum):
    """Periodic (định kỳ, by plan) or unannounced (đột xuất, by a sign of breach or a complaint)."""

    PERIODIC = "periodic"
    UNANNOUNCED = "unannounced"


class Occasion(StrEnum):
    """What the campaign is held for: Tết Nguyên đán, Tết Trung thu, the food-safety action month, anything else."""

    TET = "tet"
    MID_AUTUMN = "mid_autumn"
    ACTION_MONTH = "action_month"
    OTHER = "other"


class Duty(StrEnum):
    """A person's duty in the team: trưởng đoàn or thành viên."""

    LEAD = "lead"
    MEMBER = "member"


class TargetReason(StrEnum):
    """Why an establishment is on the list: its risk, the time since its last visit, never visited yet, breaches that
    are still open, a petition, or chosen by a person."""

    RISK = "risk"
    LONG_AGO = "long_ago"
    NEVER = "never"
    BREACH = "breach"
    COMPLAINT = "complaint"
    CHOSEN = "chosen"


def target_id(campaign: uuid.UUID, establishment: uuid.UUID) -> uuid.UUID:
    """The id of a target: two people who put one establishment on a campaign's list make the same record."""
    return uuid.uuid5(campaign, f"target\n{establishment}")


def is_running(starts_on: date, ends_on: date, day: date) -> bool:
    """Whether ``day`` falls within a campaign; its first and last day both count."""
    return starts_on <= day <= ends_on
