"""The phone app's files under ``/app/``: built once, sent packed, immutable by name, its worker never cached."""

from __future__ import annotations

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, request, send_from_directory, url_for
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

BUILD = Path(__file__).resolve().parent.parent / "phone" / "dist"
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
"""WebAssembly of our own is allowed: phones without a reader of QR codes run one."""

PACKED = frozenset({".css", ".html", ".js", ".svg", ".wasm", ".webmanifest"})
"""What gzip makes a good deal smaller; pictures are packed already."""
FILES = 256
"""More than a build has, so each is packed once."""

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
    packs = Path(name).suffix in PACKED
    response = _packed(name) if packs and request.accept_encodings.quality("gzip") > 0 else None
    response = response or send_from_directory(BUILD, name)
    if packs:
        response.vary.add("Accept-Encoding")
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Frame-Options"] = "DENY"
    fresh = name in REVALIDATED or "assets/" not in name
    response.headers["Cache-Control"] = "no-cache" if fresh else "public, max-age=31536000, immutable"
    return response


def _packed(name: str) -> Response | None:
    """The file as gzip, or nothing where there is no such file."""
    path = safe_join(str(BUILD), name)
    if path is None or not Path(path).is_file():
        return None
    content = _pack(Path(path), Path(path).stat().st_mtime_ns)
    response = Response(content, mimetype=mimetypes.guess_type(name)[0])
    response.content_encoding = "gzip"
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(maxsize=FILES)
def _pack(path: Path, _changed: int) -> bytes:
    """The file's bytes as gzip, as long as it has not changed."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
