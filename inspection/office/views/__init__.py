"""The pages. Importing this package puts every one of them on the blueprint."""

from inspection.office.views import (
    campaigns,
    complaints,
    conflicts,
    devices,
    establishments,
    home,
    journal,
    parked,
    people,
    records,
    reports,
    sessions,
    teams,
    visits,
)

PAGES = (
    campaigns,
    complaints,
    conflicts,
    devices,
    establishments,
    home,
    journal,
    parked,
    people,
    records,
    reports,
    sessions,
    teams,
    visits,
)
