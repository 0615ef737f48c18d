"""Refusals and failures as pages, in the reader's language."""

from __future__ import annotations

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from config.errors import Refusal, message
from inspection.office.blueprint import CONTENT_POLICY, blueprint, say
from inspection.people.access import office_language


def error_page(refusal: Refusal) -> Response:
    """The page of a refusal, with its status. When the server itself fails, nothing more is asked of the
    database."""
    if refusal.status >= 500:
        g.caller = None
    page = render_template(
        "office/error.html",
        status=refusal.status,
        code=refusal.code,
        words=message(refusal.code, office_language()),
    )
    response = make_response(page, refusal.status)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["Cache-Control"] = "no-store"
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


@blueprint.errorhandler(ValidationError)
def stale_form(_problem: ValidationError) -> AnyResponse:
    """A form without a good token, most often one older than its session: say so. Nothing was written."""
    flash(say("flash.stale_form"), "warning")
    back = "office.sign_in" if request.endpoint == "office.sign_in" else "office.home"
    return redirect(url_for(back))
