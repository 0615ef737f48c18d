"""Puts the office together: every page module, the error pages, the blueprint on an application."""

from __future__ import annotations

from flask import Flask

from config.settings import Settings
from inspection.office import errors, views
from inspection.office.blueprint import blueprint

PARTS = (errors, *views.PAGES)
"""The modules that put their pages on the blueprint when they are imported."""


def register(app: Flask) -> None:
    """Serve the office pages from ``app``. The session cookie is out of reach of scripts and of other sites'
    requests."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(
        SESSION_COOKIE_NAME="office",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.demonstration,
    )
    app.register_blueprint(blueprint)
