"""A visitor of the office pages: a client that fills in forms as the page gave them."""

from __future__ import annotations

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.world import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def without_tls(app: Flask) -> None:
    """Let the session's cookie travel over plain HTTP, as in a demonstration: a browser takes ``__Host-`` only with
    TLS."""
    app.config.update(SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="office")


class Visitor:
    """One browser. Links and forms work as in a browser; scripts do not run."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.https: dict[str, Any] = {"base_url": "https://office.example"}
        self.page = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page, following redirects."""
        answer = self.client.get(path, follow_redirects=True, headers=headers, **self.https)
        self.page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        return answer

    def send(self, method: str, path: str, data: Any = None) -> TestResponse:
        """One bare request with a good form token and without following a redirect."""
        values = {"csrf_token": self.token, **(data or {})} if method == "POST" else None
        return self.client.open(path, method=method, data=values, **self.https)

    @property
    def token(self) -> str:
        """A form token of this session."""
        found = TOKEN.search(
            self.client.get("/sign-in", follow_redirects=True, **self.https).get_data(as_text=True)
        )
        assert found is not None
        return found[1]

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        """Fill in the sign-in form."""
        return self.submit("/sign-in", {"username": username, "password": password})

    def submit(self, path: str, data: dict[str, Any]) -> TestResponse:
        """Send a form and follow where it leads."""
        answer = self.client.post(
            path, data={"csrf_token": self.token, **data}, follow_redirects=True, **self.https
        )
        self.page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        return answer

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's last form: what it was made from."""
        form = self.page[self.page.rindex('<form method="post"') :]
        return {name: html.unescape(value) for name, value in HIDDEN.findall(form)}

    def form(self, action: str) -> dict[str, str]:
        """The hidden fields of the form that is sent to ``action``."""
        start = self.page.index(f'action="{action}"')
        return {
            name: html.unescape(value)
            for name, value in HIDDEN.findall(self.page[start : self.page.index("</form>", start)])
        }
