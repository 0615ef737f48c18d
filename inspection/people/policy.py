"""The rules an office gives itself for its own people's access."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from inspection.people.models import OfficePolicy
from inspection.people.permissions import Role

SESSION_HOURS = 12


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that hold now."""

    second_factor_roles: frozenset[Role]
    session: timedelta


def scope_of(jurisdiction: uuid.UUID) -> str:
    """The scope of an office's administration."""
    return f"administration:{jurisdiction}"


def policy_record(jurisdiction: uuid.UUID) -> uuid.UUID:
    """The id of the one policy of a jurisdiction."""
    return uuid.uuid5(jurisdiction, "office policy")


def policy(session: Session, jurisdiction: uuid.UUID | None) -> Policy:
    """The rules of a jurisdiction's office; the product's own where it has set none."""
    found = session.get(OfficePolicy, policy_record(jurisdiction)) if jurisdiction else None
    words = set(found.second_factor_roles or ()) if found is not None else set()
    hours = found.session_hours if found is not None and found.session_hours else SESSION_HOURS
    return Policy(frozenset(role for role in Role if role.value in words), timedelta(hours=hours))
