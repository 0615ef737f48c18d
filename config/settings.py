"""The one reader of the environment.

Every variable has a default that runs a demonstration from a folder. A real installation sets
``DEMONSTRATION=0`` and must then give its own ``SECRET_KEY``: there is no secret that works outside the
demonstration by default.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click

from config.mail import read_post

SHORTEST_SECRET = 32
"""Bytes. PyJWT only warns about shorter keys, so the check is ours."""

MOST_PROXIES = 10


class SettingsError(click.ClickException):
    """A variable is missing or cannot be used; the message names it in both languages. A command that meets it ends
    with that message alone."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. ``data_dir`` holds everything that is not in the database; ``trusted_proxies`` counts the
    proxies in front of it, whose word on the client's address is taken; ``mail_url`` is empty where no mail can be
    sent; ``public_url`` is how people reach the office, for the links in mail."""

    data_dir: Path
    database_url: str
    redis_url: str
    storage_url: str
    secret_key: str
    demonstration: bool = True
    port: int = 8000
    timezone: str = "Asia/Ho_Chi_Minh"
    trusted_proxies: int = 0
    mail_url: str = field(default="", repr=False)
    mail_from: str = "inspection@localhost"
    public_url: str = "http://127.0.0.1:8000"
    testing: bool = False

    @property
    def sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``environment`` (the process's own by default).

    :raises SettingsError: when a value cannot be used.
    """
    values = os.environ if environment is None else environment
    data_dir = Path(values.get("DATA_DIR") or "instance").resolve()
    demonstration = values.get("DEMONSTRATION", "1") not in {"0", "false", "no"}
    port = _port(values.get("PORT") or "8000")
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(
            values.get("DATABASE_URL") or f"sqlite:///{data_dir / 'inspection.sqlite3'}"
        ),
        redis_url=values.get("REDIS_URL") or "redis://127.0.0.1:6379/0",
        storage_url=values.get("STORAGE_URL") or (data_dir / "storage").as_uri(),
        secret_key=_secret_key(values, data_dir, demonstration),
        demonstration=demonstration,
        port=port,
        trusted_proxies=_trusted_proxies(values.get("TRUSTED_PROXIES") or "0"),
        mail_url=_mail_url(
            values.get("MAIL_URL") or ((data_dir / "mailbox").as_uri() if demonstration else "")
        ),
        mail_from=_mail_from(values.get("MAIL_FROM") or "inspection@localhost"),
        public_url=_public_url(values.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"),
    )


def _database_url(url: str) -> str:
    """Name the PostgreSQL driver when the URL leaves it open."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT={text!r}: phải là số từ 1 đến 65535 / must be a number from 1 to 65535")
    return int(text)


def _trusted_proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_PROXIES:
        raise SettingsError(
            f"TRUSTED_PROXIES={text!r}: phải là số từ 0 đến {MOST_PROXIES} / must be a number from 0 to {MOST_PROXIES}"
        )
    return int(text)


def _mail_url(url: str) -> str:
    try:
        if url:
            read_post(url)
    except ValueError as problem:
        raise SettingsError(f"MAIL_URL: không đọc được / cannot be read: {problem}") from problem
    return url


def _mail_from(text: str) -> str:
    address = text.rpartition("<")[2].removesuffix(">") if text.endswith(">") else text
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address) or not text.isprintable():
        raise SettingsError(f"MAIL_FROM={text!r}: phải là địa chỉ thư / must be an e-mail address")
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"PUBLIC_URL={text!r}: phải có dạng https://… / must look like https://…")
    return text.rstrip("/")


def _secret_key(values: Mapping[str, str], data_dir: Path, demonstration: bool) -> str:
    given = values.get("SECRET_KEY")
    if given:
        if len(given.encode()) < SHORTEST_SECRET:
            raise SettingsError(
                f"SECRET_KEY: cần ít nhất {SHORTEST_SECRET} byte / needs at least {SHORTEST_SECRET} bytes"
            )
        return given
    if not demonstration:
        raise SettingsError("SECRET_KEY: bắt buộc khi DEMONSTRATION=0 / required when DEMONSTRATION=0")
    return _demonstration_secret(data_dir / "secret-key")


def _demonstration_secret(path: Path) -> str:
    """A random secret of this folder; two processes that start together agree on the first one written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    candidate = path.with_name(f"{path.name}.{os.getpid()}")
    candidate.touch(mode=0o600)
    candidate.write_text(secrets.token_urlsafe(48))
    try:
        os.link(candidate, path)
    except FileExistsError:
        pass
    finally:
        candidate.unlink()
    return path.read_text()
