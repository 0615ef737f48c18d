"""The phone app's files under ``/app/``: built once, immutable by name, its worker never cached."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, redirect, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

BUILD = Path(__file__).resolve().parent.parent / "phone" / "dist"
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
"""WebAssembly of our own is allowed: phones without a reader of QR codes run one."""

REVALIDATED = frozenset({"index.html", "sw.js", "manifest.webmanifest"})

blueprint = Blueprint("app_files", __name__)


@blueprint.get("/app")
def without_slash() -> AnyResponse:
    """The app's scope ends with a slash."""
    return redirect(url_for("app_files.file"))


@blueprint.get("/app/", defaults={"name": "index.html"})
@blueprint.get("/app/<path:name>")
def file(name: str) -> Response:
    """One file of the build."""
    if not (BUILD / "index.html").is_file():
        abort(404)
    response = send_from_directory(BUILD, name)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Frame-Options"] = "DENY"
    fresh = name in REVALIDATED or "assets/" not in name
    response.headers["Cache-Control"] = "no-cache" if fresh else "public, max-age=31536000, immutable"
    return response
