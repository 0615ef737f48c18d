"""Vocabulary of campaigns and teams."""

from __future__ import annotations

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


def is_running(starts_on: date, ends_on: date, day: date) -> bool:
    """Whether ``day`` falls within a campaign; its first and last day both count."""
    return starts_on <= day <= ends_on
