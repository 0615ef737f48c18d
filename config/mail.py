"""Where mail leaves the house: an SMTP server, or a folder of ``.eml`` files for the demonstration.

``MAIL_URL`` is one of

- ``file:///folder``: every message becomes a file there, which any mail program opens;
- ``smtp://user:password@host:587``: STARTTLS before anything else is said, the certificate checked;
- ``smtps://user:password@host:465``: TLS from the first byte, the certificate checked;
- ``smtp://host:25?tls=none``: in clear, for a relay on the same machine only.

User and password are percent-encoded. A private authority is trusted the way OpenSSL does it (``SSL_CERT_FILE``).
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 30
"""Seconds to wait for the server at each step."""

FOR_GOOD = range(500, 600)
"""SMTP replies that trying again does not change (RFC 5321, section 4.2.1)."""


LONGEST_ADDRESS = 254

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""What the HTML standard takes for a valid e-mail address, with a domain of at least two parts."""


class MailError(Exception):
    """A message was not taken. ``for_good`` says whether trying again is useless; the text is the server's own."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Post(Protocol):
    """Takes a message to one address."""

    def send(self, message: EmailMessage) -> None:
        """Hand ``message`` over. What has returned was taken.

        :raises MailError: when it was not.
        """


@dataclass(frozen=True, slots=True)
class FolderPost:
    """A folder that stands for the mail of the world. The same message again replaces its file."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write the message, whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        path = self.folder / f"{name}.eml"
        half = path.with_suffix(f".{os.getpid()}.half")
        try:
            half.write_bytes(message.as_bytes(policy=SMTPUTF8))
            half.replace(path)
        except OSError as problem:
            raise MailError(str(problem), for_good=False) from problem
        finally:
            half.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """A server that takes mail in. ``tls`` is ``starttls``, ``implicit`` or ``none``."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: EmailMessage) -> None:
        """One connection for one message: there are few, and one refusal then touches no other."""
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()))
            raise MailError(_said(code, words), for_good=code in FOR_GOOD) from problem
        except smtplib.SMTPAuthenticationError as problem:
            # Somebody will correct the password: the mail is not what is wrong.
            raise MailError(_said(problem.smtp_code, problem.smtp_error), for_good=False) from problem
        except smtplib.SMTPResponseException as problem:
            raise MailError(
                _said(problem.smtp_code, problem.smtp_error), for_good=problem.smtp_code in FOR_GOOD
            ) from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise MailError(str(problem) or type(problem).__name__, for_good=False) from problem

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            if self.tls == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def is_address(text: str) -> bool:
    """Whether ``text`` is one e-mail address, and nothing else that a header could carry."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def read_post(url: str) -> Post:
    """What ``MAIL_URL`` names.

    :raises ValueError: when it names nothing that is known; the text says what is wrong, without the password.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path not in {"", "/"}:
        return FolderPost(Path(unquote(parts.path)))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("file:///…, smtp://… | smtps://…")
    options = parse_qs(parts.query, keep_blank_values=True)
    wanted = options.pop("tls", ["starttls"])
    if (
        options
        or wanted not in (["starttls"], ["none"])
        or (parts.scheme == "smtps" and "tls" in parts.query)
    ):
        raise ValueError("smtp://…?tls=starttls | none")
    tls = "implicit" if parts.scheme == "smtps" else wanted[0]
    if tls == "none" and (parts.username or parts.password):
        raise ValueError("tls=none: user:password@")
    return SmtpPost(
        host=parts.hostname,
        port=parts.port or {"implicit": 465, "starttls": 587, "none": 25}[tls],
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
