"""The web application: the only place that knows every part."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_migrate import Migrate
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from config import limits, web
from config.application import base_app, process_settings
from config.extensions import db
from config.openapi import ProblemSchema
from config.settings import Settings
from inspection import backup, demo, load_kinds, setup
from inspection.complaints import commands as identity_commands
from inspection.complaints import views as complaint_views
from inspection.evidence import views as evidence_views
from inspection.health.metrics import HealthCollector
from inspection.journal import commands as journal_commands
from inspection.office import journal_api, pages
from inspection.office.errors import error_page
from inspection.people import commands as people_commands
from inspection.reports import commands as report_commands
from inspection.reports import views as report_views
from sync import app_files, enrolment, recovery_commands
from sync import views as sync_views
from sync.uploads import views as upload_views

API_DESCRIPTION = "Phones: enrolment, push and pull. Office: reports, the complaint register, the journal."


class CatalogueApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """An API whose errors have the one body of the error catalogue, in the OpenAPI document too."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        """Leave the words to the catalogue."""
        return web.json_problem(web.refusal_of(error))


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application, with the settings of the environment unless others are given."""
    app = base_app(settings or process_settings())
    load_kinds()
    Migrate(app, db, directory="migrations", compare_type=True)
    api = CatalogueApi(app, spec_kwargs=_openapi(app))
    for blueprint in (
        enrolment.blueprint,
        sync_views.blueprint,
        upload_views.blueprint,
        evidence_views.blueprint,
        report_views.blueprint,
        complaint_views.blueprint,
        journal_api.blueprint,
    ):
        api.register_blueprint(blueprint)
    app.register_blueprint(app_files.blueprint)
    pages.register(app, "sync.recovery_pages")
    limits.install(app, app.config["SETTINGS"])
    web.install(app, error_page, HealthCollector())
    for commands in (
        journal_commands,
        report_commands,
        people_commands,
        identity_commands,
        setup,
        backup,
        demo,
        recovery_commands,
    ):
        commands.register_commands(app)
    return app


def _openapi(app: Flask) -> dict[str, Any]:
    app.config.update(
        API_TITLE="Interagency inspection",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        OPENAPI_SWAGGER_UI_PATH=None,
    )
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {
        "info": {"description": API_DESCRIPTION},
        "components": {"securitySchemes": {"device": bearer}},
        "security": [{"device": []}],
    }
