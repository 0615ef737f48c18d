"""Bodies of requests and answers: JSON, possibly gzip, within bounds."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any, NoReturn

import orjson
from flask import Request, Response

from config.errors import Refusal

LARGEST_BODY = 1024 * 1024
"""Bytes of a request's JSON, after decompression (sync protocol, "Push")."""

WORTH_PACKING = 1024
_JSON_TYPES = frozenset({"application/json", ""})


def read_json(request: Request, *, largest: int = LARGEST_BODY) -> Any:
    """The JSON body of a request.

    :raises Refusal: ``unsupported_media_type``, ``too_large`` or ``malformed_request``.
    """
    if request.mimetype not in _JSON_TYPES:
        raise Refusal("unsupported_media_type")
    packed = request.stream.read(largest + 1)
    if len(packed) > largest:
        raise Refusal("too_large")
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "gzip":
        return parse(_unpack(packed, largest))
    if encoding != "identity":
        raise Refusal("unsupported_media_type")
    return parse(packed)


def _unpack(packed: bytes, largest: int) -> bytes:
    """Decompress at most ``largest`` bytes: a small body that would swell beyond that is never held in
    memory."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, largest + 1)
    except zlib.error as problem:
        raise Refusal("malformed_request") from problem
    if len(content) > largest:
        raise Refusal("too_large")
    if not unpacker.eof or unpacker.unused_data:
        raise Refusal("malformed_request")
    return content


def parse(body: bytes) -> Any:
    """Parse JSON, strictly first. What only a lenient reader accepts (a lone surrogate in one operation's
    text) must not cost its neighbours their answer, so it is read too and refused where it stands.

    :raises Refusal: ``malformed_request``.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise Refusal("malformed_request") from problem


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("not a JSON number")


def answer(request: Request, payload: object, status: int = 200) -> Response:
    """A JSON answer, packed when the client reads gzip and it is worth it."""
    body = orjson.dumps(payload)
    response = Response(body, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Encoding"
    if len(body) >= WORTH_PACKING and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
