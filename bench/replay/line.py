"""One client's connection to the server: JSON both ways, packed, repeated with growing pauses while the
server is away."""

from __future__ import annotations

import gzip
import http.client
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

PATIENCE = 120.0
"""Seconds for which a call is repeated before the server counts as gone."""

IDLE = 1.0
"""A connection that was quiet for longer is opened anew: the server may be closing it this very moment."""

FRESH_FOR = 600.0
"""Seconds after which an access token is renewed; it is good for longer."""

ANSWER_WITHIN = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0


class BrokenError(Exception):
    """A request went out and no usable answer came: whether the server did what it asks is not known."""


class GoneError(Exception):
    """The server did not come back in time."""


class RefusedError(Exception):
    """The server refused a request as a whole; ``status`` and ``body`` are its answer."""

    def __init__(self, path: str, status: int, body: Any) -> None:
        super().__init__(f"{path}: {status} {body}")
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class Reply:
    """A usable answer, and how many times the request went out for it."""

    status: int
    body: Any
    attempts: int


class Line:
    """A connection that belongs to one client and serves one thread at a time."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0
        self._tokens: dict[str, Any] = {}
        self._renewed = 0.0

    def sign_in(self, username: str, password: str) -> None:
        """Enrol as a new device; from now on every request is made in its name."""
        device = {"name": f"{username}, replay", "platform": "replay"}
        asked = {"username": username, "password": password, "device": device}
        self._tokens = self.call("POST", "/api/auth/login", asked).body
        self._renewed = time.monotonic()

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        """Make a request that may be repeated safely, until it is answered.

        :raises RefusedError: when the answer is a refusal that waiting does not mend.
        :raises GoneError: when no answer came for ``PATIENCE`` seconds.
        """
        deadline, pause, attempts = time.monotonic() + PATIENCE, FIRST_PAUSE, 0
        while True:
            attempts += 1
            try:
                status, answer, wait = self.once(method, path, body)
            except BrokenError as problem:
                if time.monotonic() > deadline:
                    raise GoneError(f"{path}: {problem}") from problem
                wait = 0.0
            else:
                if status < 400:
                    return Reply(status, answer, attempts)
                if (status < 500 and status != 429) or time.monotonic() > deadline:
                    raise RefusedError(path, status, answer)
            time.sleep(max(pause, wait))
            pause = min(pause * 2, LONGEST_PAUSE)

    def once(self, method: str, path: str, body: Any = None) -> tuple[int, Any, float]:
        """Make a request once; the status, the JSON answer, and the seconds that the server asks to wait.

        :raises BrokenError: when no whole answer came.
        """
        if self._tokens and not path.startswith("/api/auth/"):
            self._stay_signed_in()
        content, headers = self._written(path, body)
        try:
            connection = self._open()
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            raise BrokenError(f"{type(problem).__name__} {problem}") from problem
        self._used = time.monotonic()
        if response.headers.get("Content-Encoding") == "gzip":
            answer = gzip.decompress(answer)
        known = response.headers.get_content_type() == "application/json"
        wait = response.headers.get("Retry-After", "")
        return (
            response.status,
            orjson.loads(answer) if known else None,
            float(wait) if wait.isdigit() else 0.0,
        )

    def _written(self, path: str, body: Any) -> tuple[bytes | None, dict[str, str]]:
        """A request's content and headers; what phones send is packed."""
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
        if self._tokens and not path.startswith("/api/auth/"):
            headers["Authorization"] = f"Bearer {self._tokens['access_token']}"
        if body is None:
            return None, headers
        headers["Content-Type"] = "application/json"
        content = orjson.dumps(body)
        if path.startswith("/api/sync/"):
            headers["Content-Encoding"] = "gzip"
            content = gzip.compress(content, compresslevel=1)
        return content, headers

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _stay_signed_in(self) -> None:
        """Renew the tokens in time. A refresh whose answer was lost may be repeated."""
        if time.monotonic() - self._renewed > FRESH_FOR:
            asked = {"refresh_token": self._tokens["refresh_token"]}
            self._tokens = self.call("POST", "/api/auth/refresh", asked).body
            self._renewed = time.monotonic()

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is not None and time.monotonic() - self._used > IDLE:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._host, self._port, timeout=ANSWER_WITHIN)
        return self._connection
