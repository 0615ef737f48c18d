"""Passwords of the demonstration people: random, in one file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from inspection.demo.district import PEOPLE
from inspection.people.models import Account
from inspection.people.operations import create_account, set_password

FILE = "demo-accounts.json"
Accounts = dict[str, dict[str, str]]
"""``{key: {"username", "password"}}``, keys as in ``district.PEOPLE``."""


def ensure_file(data_dir: Path) -> tuple[Accounts, bool]:
    """The accounts file, written if it is not there or lacks somebody; True when a password in it is new.

    It is written before the database commits: passwords that nobody ever saw would lock everybody out.
    """
    path = data_dir / FILE
    kept: Accounts = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    accounts = {
        person.key: kept.get(person.key) or {"username": person.key, "password": secrets.token_urlsafe(12)}
        for person in PEOPLE
    }
    if accounts == kept:
        return accounts, False
    data_dir.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{FILE}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
    fresh.replace(path)
    return accounts, True


def ensure_accounts(session: Session, accounts: Accounts, renewed: bool, at: datetime) -> None:
    """Give everybody the account that the file names. An account that exists is touched only when the file had to be
    written anew: then its old password is lost, and the one in the file must work."""
    for person in PEOPLE:
        entry = accounts[person.key]
        if session.get(Account, person.id) is None:
            create_account(session, person.id, entry["username"], entry["password"], at)
        elif renewed:
            set_password(session, person.id, entry["password"], at)
