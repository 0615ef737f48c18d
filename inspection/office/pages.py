"""Puts the office together: every page module, the error pages, the blueprint on an application."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from config.settings import Settings
from inspection.office.blueprint import blueprint

PARTS = (
    "errors",
    "views.account",
    "views.administration",
    "views.attachments",
    "views.calendar_days",
    "views.campaigns",
    "views.case_links",
    "views.case_steps",
    "views.checklists",
    "views.complaints",
    "views.conflicts",
    "views.dashboard",
    "views.devices",
    "views.establishment_imports",
    "views.establishment_merging",
    "views.establishments",
    "views.first_run",
    "views.home",
    "views.identities",
    "views.journal",
    "views.mail",
    "views.moves",
    "views.parked",
    "views.people",
    "views.people_import",
    "views.recipients",
    "views.records",
    "views.reference_drafts",
    "views.reports",
    "views.same_visits",
    "views.sessions",
    "views.targets",
    "views.teams",
    "views.visit_records",
    "views.violations",
    "views.visits",
)


def register(app: Flask, *others: str) -> None:
    """Serve the office pages from ``app``, with those of the modules ``others``, which lie where the office may not
    import from and add to its blueprint as they are imported. The session cookie is out of reach of scripts and of
    other sites' requests."""
    for part in PARTS:
        import_module(f"inspection.office.{part}")
    for other in others:
        import_module(other)
    settings: Settings = app.config["SETTINGS"]
    app.config.update(
        # Behind TLS the name itself tells browsers that no other host and no plain connection may set it.
        SESSION_COOKIE_NAME="office" if settings.demonstration else "__Host-office",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.demonstration,
    )
    app.register_blueprint(blueprint)
