"""The navigation: which pages a person's roles open, in the order of a day's work."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from inspection.people.grants import Grants
from inspection.people.permissions import Permission

ENTRIES: tuple[tuple[str, str, Permission], ...] = (
    ("office.home", "navigation.home", Permission.OFFICE),
    ("office.dashboard", "navigation.dashboard", Permission.ORDER_SUMMARIES),
    ("office.campaigns", "navigation.campaigns", Permission.READ_CAMPAIGNS),
    ("office.violations", "navigation.violations", Permission.READ_CAMPAIGNS),
    ("office.confirm_record", "navigation.confirm", Permission.READ_CAMPAIGNS),
    ("office.complaints", "navigation.complaints", Permission.READ_REGISTER),
    ("office.reports", "navigation.reports", Permission.READ_REPORTS),
    ("office.establishments", "navigation.establishments", Permission.READ_ESTABLISHMENTS),
    ("office.journal", "navigation.journal", Permission.READ_JOURNAL),
    ("office.checklists", "navigation.checklists", Permission.MANAGE_CHECKLISTS),
    ("office.people", "navigation.people", Permission.MANAGE_PEOPLE),
    ("office.devices", "navigation.devices", Permission.MANAGE_DEVICES),
    ("office.parked", "navigation.parked", Permission.MANAGE_PARKED),
    ("office.calendar", "navigation.calendar", Permission.MANAGE_CALENDAR),
    ("office.mail", "navigation.mail", Permission.MANAGE_MAIL),
    ("office.permissions", "navigation.permissions", Permission.MANAGE_PEOPLE),
    ("office.policy", "navigation.policy", Permission.MANAGE_POLICY),
    ("office.access_events", "navigation.access", Permission.READ_ACCESS_EVENTS),
    ("office.operation", "navigation.operation", Permission.READ_OPERATION),
)


BELONGS = {
    "/visits": "/campaigns",
    "/visit-merges": "/campaigns",
    "/recovery": "/parked",
    "/reference-data": "/checklists",
    "/reference-drafts": "/checklists",
    "/violation-types": "/checklists",
}
"""Parts of the site without a link of their own, and the part they belong to."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One link of the navigation; ``key`` names its words, ``current`` whether the reader is in that part of
    the site."""

    address: str
    key: str
    current: bool


def entries(grants: Grants, path: str) -> list[NavigationEntry]:
    """The links that ``grants`` opens, the one that ``path`` lies under marked."""
    first = "/" + path.split("/")[1]
    path = BELONGS.get(first, path)
    links = []
    for endpoint, key, permission in ENTRIES:
        if grants.holds(permission):
            address = url_for(endpoint)
            place = address.removeprefix(request.script_root)
            inside = path == place or (place != "/" and path.startswith(f"{place}/"))
            links.append(NavigationEntry(address, key, inside))
    return links
