"""Enrolment over HTTP: signing a phone in and out, renewing its tokens, and the caller's own devices."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from sqlalchemy import select

from config.errors import Refusal
from config.extensions import db, now, write
from config.openapi import ProblemSchema
from config.settings import Settings
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.complaints.keys import RECOVERY_FOLDER, current_public_key
from inspection.people import operations
from inspection.people.access import caller, grants_for, require
from inspection.people.models import Device, Person
from inspection.people.permissions import Permission
from inspection.people.signing_in import sign_in
from sync.schemas import DeviceSchema, LoginSchema, RefreshSchema, SignedInSchema, TokensSchema

blueprint = Blueprint(
    "enrolment", __name__, url_prefix="/api", description="Devices: enrolment, tokens, revocation"
)


@blueprint.post("/auth/login")
@blueprint.arguments(LoginSchema)
@blueprint.response(200, SignedInSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(403, schema=ProblemSchema)
@blueprint.alt_response(422, schema=ProblemSchema)
@blueprint.alt_response(429, schema=ProblemSchema)
def login(body: dict[str, Any]) -> dict[str, Any]:
    """Enrol this phone as a new device of the person who signs in."""
    signed_in = sign_in(
        body["username"],
        body["password"],
        address=request.remote_addr or "",
        device_name=body["device"]["name"],
        platform="phone",
        app_version=body["device"].get("app_version"),
        token_secret=str(current_app.config["SECRET_KEY"]),
        own_password=body.get("new_password"),
    )
    if signed_in.tokens is None:
        raise Refusal("internal")
    person = db.session.get_one(Person, signed_in.person)
    jurisdiction = grants_for(db.session(), person.id).jurisdiction
    if signed_in.replaced:
        with write() as session:
            note(session, jurisdiction, Act.PASSWORD_CHANGED, person=person.id)
    return {
        **_tokens(signed_in.tokens),
        "device": {"id": signed_in.device},
        "user": {
            "id": person.id,
            "full_name": person.full_name,
            "agency": person.agency,
            "roles": person.roles,
            "jurisdiction": jurisdiction,
        },
    }


@blueprint.post("/auth/refresh")
@blueprint.arguments(RefreshSchema)
@blueprint.response(200, TokensSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(403, schema=ProblemSchema)
def refresh(body: dict[str, Any]) -> dict[str, Any]:
    """Exchange a refresh token for new tokens; one that comes a second time revokes its device."""
    with write() as session:
        answer = operations.refresh(
            session, body["refresh_token"], str(current_app.config["SECRET_KEY"]), now()
        )
    if isinstance(answer, Refusal):
        raise answer
    return _tokens(answer)


def _tokens(tokens: operations.Tokens) -> dict[str, Any]:
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
        "recovery_key": current_public_key(settings.data_dir, RECOVERY_FOLDER),
    }


@blueprint.post("/auth/logout")
@blueprint.response(204)
@blueprint.alt_response(401, schema=ProblemSchema)
@require(Permission.SYNC)
def logout() -> None:
    """End this device. Signing in again makes a new one."""
    with write() as session:
        operations.logout(session, caller().device, now())


@blueprint.get("/devices")
@blueprint.response(200, DeviceSchema(many=True))
@blueprint.alt_response(401, schema=ProblemSchema)
@require(Permission.SYNC)
def devices() -> list[dict[str, Any]]:
    """The caller's devices, newest first."""
    mine = select(Device).where(Device.person == caller().person).order_by(Device.created_at.desc())
    shown = ("id", "name", "platform", "created_at", "last_seen_at", "revoked_at")
    return [
        {name: getattr(device, name) for name in shown} | {"this": device.id == caller().device}
        for device in db.session.scalars(mine)
    ]


@blueprint.post("/devices/<uuid:device>/revoke")
@blueprint.response(204)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@require(Permission.SYNC)
def revoke(device: uuid.UUID) -> Response | None:
    """End one of the caller's devices; an administrator may end anybody's."""
    found = db.session.get(Device, device)
    if found is None or (
        found.person != caller().person and not caller().grants.holds(Permission.MANAGE_DEVICES)
    ):
        raise Refusal("not_found")
    with write() as session:
        operations.revoke_device(session, device, now())
    return None
