"""Devices: which stand, when they were seen, and revoking one."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, now, write
from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import administration as reads
from inspection.people import operations
from inspection.people.access import caller, require_page, safe_target
from inspection.people.models import Device
from inspection.people.permissions import Permission


@blueprint.get("/devices")
@require_page(Permission.MANAGE_DEVICES)
def devices() -> ResponseReturnValue:
    """The devices of the district's people."""
    lines = reads.devices_of(db.session(), caller().grants.jurisdiction)
    return render_template("office/devices.html", lines=lines, most=reads.DEVICES_SHOWN)


@blueprint.post("/devices/<uuid:device>/revoke")
@require_page(Permission.MANAGE_DEVICES)
def revoke_device(device: uuid.UUID) -> ResponseReturnValue:
    """End a device. What it still sends is kept in the queue of refused operations."""
    session = db.session()
    found = session.get(Device, device)
    if found is None or reads.person_of(session, caller().grants.jurisdiction, found) is None:
        raise Refusal("not_found")
    with write() as transaction:
        operations.revoke_device(transaction, device, now())
        note(
            transaction,
            caller().grants.jurisdiction,
            Act.DEVICE_REVOKED,
            person=found.person,
            device=device,
            author=caller().author,
        )
    flash(say("flash.device_revoked"), "success")
    return redirect(safe_target(request.form.get("back")) or url_for("office.devices"))
