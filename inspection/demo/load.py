"""Loading the demonstration in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from inspection.demo.accounts import Accounts, ensure_accounts, ensure_file
from inspection.demo.district import JURISDICTION
from inspection.demo.inspections import write_visits
from inspection.demo.petitions import write_petitions
from inspection.demo.records import VIETNAM, write_campaigns, write_establishments, write_reference
from inspection.people.operations import system_device
from inspection.setup.writer import Writer


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load left behind; ``renewed`` tells that the accounts file holds new passwords."""

    accounts: Accounts
    renewed: bool


def load(session: Session, data_dir: Path, moment: datetime, today: date | None = None) -> Loaded:
    """Load or complete the demonstration. Flushes; the caller commits.

    ``today`` decides which campaign runs; it is the day of ``moment`` in Viet Nam unless given.
    """
    day = today or moment.astimezone(VIETNAM).date()
    system_device(session, moment)
    writer = Writer(session, JURISDICTION, moment)
    write_reference(writer)
    accounts, renewed = ensure_file(data_dir)
    ensure_accounts(session, accounts, renewed, moment)
    write_establishments(writer, day)
    for campaign in write_campaigns(writer, day):
        write_visits(writer, campaign, day)
    write_petitions(session, data_dir, day)
    session.flush()
    return Loaded(accounts, renewed)
