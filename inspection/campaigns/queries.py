"""Reads of campaigns and teams. Voided records are left out."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign


def campaigns_on(session: Session, jurisdiction: uuid.UUID, day: date) -> list[Campaign]:
    """The campaigns of a jurisdiction that run on ``day``, the earliest first."""
    query = select(Campaign).where(
        Campaign.jurisdiction == jurisdiction,
        Campaign.voided.is_(False),
        Campaign.starts_on <= day,
        Campaign.ends_on >= day,
    )
    return list(session.scalars(query.order_by(Campaign.starts_on, Campaign.id)))


def team_of(session: Session, campaign: uuid.UUID) -> list[Assignment]:
    """The people of a campaign who have not left it, by team."""
    query = select(Assignment).where(Assignment.campaign == campaign, Assignment.voided.is_(False))
    return list(session.scalars(query.order_by(Assignment.team, Assignment.id)))
