"""The domain: records, rules, reports and office pages. It knows nothing of phones, HTTP sync or job queues."""

from __future__ import annotations

from importlib import import_module

PACKAGES_WITH_KINDS = (
    "people",
    "places",
    "campaigns",
    "checklists",
    "visits",
    "measurement",
    "evidence",
    "calendar",
    "reports",
    "complaints",
    "administration",
)


def load_kinds() -> None:
    """Import every package that declares kinds, so that the journal's registry is complete. Safe to call again."""
    for package in PACKAGES_WITH_KINDS:
        import_module(f"{__name__}.{package}.kinds")
