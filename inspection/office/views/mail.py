"""Mail that went out or did not, with the reason, and another attempt."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from inspection import mail as post
from inspection.mail import operations
from inspection.mail.models import Mail
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import mail as reads
from inspection.office.views.guards import page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission


@blueprint.get("/mail")
@require_page(Permission.MANAGE_MAIL)
def mail() -> ResponseReturnValue:
    """The district's mail, what failed first."""
    session, jurisdiction, page = db.session(), caller().grants.jurisdiction, page_number()
    standing = request.args.get("status", "")
    standing = standing if standing in reads.STANDINGS else next(iter(reads.STANDINGS))
    found, total = reads.listed(session, jurisdiction, standing, page)
    return render_template(
        "office/mail.html",
        found=found,
        standing=standing,
        standings=list(reads.STANDINGS),
        counts=reads.counts(session, jurisdiction),
        total=total,
        page=page,
        pages=-(-total // reads.ROWS_A_PAGE),
    )


@blueprint.post("/mail/<uuid:record>/retry")
@require_page(Permission.MANAGE_MAIL)
def retry_mail(record: uuid.UUID) -> ResponseReturnValue:
    """Try a mail again at once."""
    _readable(record)
    with write() as session:
        done = operations.retry(session, record)
    if done:
        post.ring_for([record])
    return _told(done, "flash.mail_retried")


@blueprint.post("/mail/<uuid:record>/cancel")
@require_page(Permission.MANAGE_MAIL)
def cancel_mail(record: uuid.UUID) -> ResponseReturnValue:
    """Call a mail back that nobody is sending."""
    _readable(record)
    with write() as session:
        done = operations.cancel(session, record)
    return _told(done, "flash.mail_cancelled")


def _readable(record: uuid.UUID) -> None:
    found = db.session.get(Mail, record)
    if found is None or found.jurisdiction != caller().grants.jurisdiction:
        raise Refusal("not_found")


def _told(done: bool, words: str) -> ResponseReturnValue:
    flash(say(words if done else "flash.mail_too_late"), "success" if done else "warning")
    return redirect(url_for("office.mail"))
