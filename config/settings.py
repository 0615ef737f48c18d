"""The one reader of the environment.

Every variable has a default that runs a demonstration from a folder. A real installation sets
``DEMONSTRATION=0`` and must then give its own ``SECRET_KEY``: there is no secret that works outside the
demonstration by default. Everything is checked when a process starts, and all that is wrong is said at once.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click
from cryptography.hazmat.primitives.serialization import pkcs12
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from config.broker import read_broker
from config.mail import read_post
from config.transport import in_clear

T = TypeVar("T")

SHORTEST_SECRET = 32
"""Bytes. PyJWT only warns about shorter keys, so the check is ours."""

FEWEST_CHARACTERS = 8
"""Different ones that a key has: "xxxxxxxx…" is long and no secret."""

FROM_FILES = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "STORAGE_URL", "MAIL_URL", "SIGNING_PASSWORD")
"""Variables that hold a secret, and may name a file that does: ``SECRET_KEY_FILE`` and so on."""

MOST_PROXIES = 10
MOST_REQUESTS = 1_000_000


class SettingsError(click.ClickException):
    """Variables are missing or cannot be used; the message names each in both languages, one a line. A command that
    meets it ends with that message alone."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. ``data_dir`` holds everything that is not in the database; ``trusted_proxies`` counts the
    proxies in front of it, whose word on the client's address is taken; ``mail_url`` is empty where no mail can be
    sent; ``public_url`` is how people reach the office, for the links in mail; ``signing_certificate`` is the
    organisation's PKCS#12 file, None where documents are not signed; ``traces_url`` is where traces are sent, empty
    where none are made; ``leaked_passwords`` a list that no new password may be on."""

    data_dir: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    storage_url: str
    secret_key: str = field(repr=False)
    demonstration: bool = True
    port: int = 8000
    timezone: str = "Asia/Ho_Chi_Minh"
    trusted_proxies: int = 0
    mail_url: str = field(default="", repr=False)
    mail_from: str = "inspection@localhost"
    public_url: str = "http://127.0.0.1:8000"
    signing_certificate: Path | None = None
    signing_password: str = field(default="", repr=False)
    requests_per_minute: int = 0
    upload_scanner: str = ""
    traces_url: str = ""
    leaked_passwords: Path | None = None
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
    problems: list[str] = []
    from_files = _from_files(values, problems)

    def read(name: str, check: Callable[[str], T], default: str) -> T:
        try:
            return check(from_files.get(name) or values.get(name) or default)
        except SettingsError as problem:
            problems.append(problem.message)
            return check(default)

    data_dir = Path(values.get("DATA_DIR") or "instance").resolve()
    demonstration = read("DEMONSTRATION", _demonstration, "1")
    port = read("PORT", _port, "8000")
    mailbox = (data_dir / "mailbox").as_uri() if demonstration else ""
    found = Settings(
        data_dir=data_dir,
        database_url=read("DATABASE_URL", _database_url, f"sqlite:///{data_dir / 'inspection.sqlite3'}"),
        redis_url=read("REDIS_URL", _redis_url, "redis://127.0.0.1:6379/0"),
        storage_url=read("STORAGE_URL", _storage_url, (data_dir / "storage").as_uri()),
        secret_key=read("SECRET_KEY", partial(_secret_key, demonstration), ""),
        demonstration=demonstration,
        port=port,
        trusted_proxies=read("TRUSTED_PROXIES", _trusted_proxies, "0"),
        mail_url=read("MAIL_URL", _mail_url, mailbox),
        mail_from=read("MAIL_FROM", _mail_from, "inspection@localhost"),
        public_url=read("PUBLIC_URL", _public_url, f"http://127.0.0.1:{port}"),
        signing_certificate=read("SIGNING_CERTIFICATE", lambda text: Path(text) if text else None, ""),
        signing_password=read("SIGNING_PASSWORD", str, ""),
        upload_scanner=read("UPLOAD_SCANNER", _command, ""),
        requests_per_minute=read("REQUESTS_PER_MINUTE", _requests_per_minute, "600"),
        leaked_passwords=read("LEAKED_PASSWORDS", _leaked_passwords, ""),
        traces_url=read("OTEL_EXPORTER_OTLP_ENDPOINT", _traces_url, ""),
    )
    read("OTEL_EXPORTER_OTLP_PROTOCOL", _traces_protocol, "http/protobuf")
    trusted = read("PLAINTEXT_HOSTS", lambda text: {host.strip() for host in text.split(",")}, "")
    problems += [] if demonstration else _in_clear(found, trusted)
    if found.signing_certificate and (problem := _locked(found.signing_certificate, found.signing_password)):
        problems.append(problem)
    if (
        not found.secret_key
        and not demonstration
        and not any(map(values.get, ("SECRET_KEY", "SECRET_KEY_FILE")))
    ):
        problems.append("SECRET_KEY: bắt buộc khi DEMONSTRATION=0 / required when DEMONSTRATION=0")
    if problems:
        raise SettingsError("\n".join(problems))
    if not found.secret_key:
        return replace(found, secret_key=_demonstration_secret(data_dir / "secret-key"))
    return found


def _from_files(values: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """What lies in the files that ``NAME_FILE`` name, the way systemd and containers hand secrets over."""
    found: dict[str, str] = {}
    for name in FROM_FILES:
        path = values.get(f"{name}_FILE")
        if path and values.get(name):
            problems.append(f"{name}, {name}_FILE: chỉ được đặt một / only one may be set")
        elif path:
            try:
                found[name] = Path(path).read_text().strip()
            except (OSError, UnicodeDecodeError):
                problems.append(f"{name}_FILE={path!r}: không đọc được / cannot be read")
    return found


def _in_clear(found: Settings, trusted: set[str]) -> list[str]:
    places = in_clear(found.database_url, found.redis_url, found.storage_url, found.traces_url)
    return [
        f"{name}: kết nối tới {host} không có TLS được kiểm tra; dùng sslmode=verify-full, rediss://, https://, "
        f"hoặc thêm máy ấy vào PLAINTEXT_HOSTS / the connection to {host} has no verified TLS; use "
        "sslmode=verify-full, rediss://, https://, or name the host in PLAINTEXT_HOSTS"
        for name, host in places
        if host not in trusted
    ]


def _demonstration(text: str) -> bool:
    if text not in {"1", "true", "yes", "0", "false", "no"}:
        # Whoever mistypes the word that ends the demonstration must not get one.
        raise SettingsError(f"DEMONSTRATION={text!r}: phải là 0 hoặc 1 / must be 0 or 1")
    return text in {"1", "true", "yes"}


def _database_url(url: str) -> str:
    """Name the PostgreSQL driver when the URL leaves it open. A refusal never repeats the URL: it may hold a
    password."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.drivername not in {"sqlite", "postgresql+psycopg"} or not parsed.database:
        raise SettingsError(
            "DATABASE_URL: phải có dạng postgresql://… hoặc sqlite:///… / "
            "must look like postgresql://… or sqlite:///…"
        )
    return url


def _redis_url(url: str) -> str:
    try:
        read_broker(url)
    except ValueError as problem:
        raise SettingsError(
            "REDIS_URL: phải có dạng redis://…, rediss://… hoặc sentinel://máy,máy/0?master=tên / "
            "must look like redis://…, rediss://… or sentinel://host,host/0?master=name"
        ) from problem
    return url


def _storage_url(url: str) -> str:
    parts = urlsplit(url)
    folder = parts.scheme == "file" and not parts.netloc and len(parts.path) > 1
    if not folder and not (parts.scheme == "s3" and parts.netloc):
        raise SettingsError(
            f"STORAGE_URL={url!r}: phải có dạng file:///… hoặc s3://… / must look like file:///… or s3://…"
        )
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


def _command(text: str) -> str:
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if text and not (words and shutil.which(words[0])):
        raise SettingsError(f"UPLOAD_SCANNER={text!r}: không tìm thấy lệnh / no such command")
    return text


def _requests_per_minute(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_REQUESTS:
        raise SettingsError(
            f"REQUESTS_PER_MINUTE={text!r}: phải là số từ 0 đến {MOST_REQUESTS} / "
            f"must be a number from 0 to {MOST_REQUESTS}"
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


def _leaked_passwords(text: str) -> Path | None:
    if not text:
        return None
    try:
        with Path(text).open("rb") as file:
            first = file.readline(64)
    except OSError:
        first = b""
    if not re.match(rb"[0-9A-Fa-f]{40}(:[0-9]+)?\r?\n", first):
        raise SettingsError(
            f"LEAKED_PASSWORDS={text!r}: phải là tệp SHA-1 xếp theo thứ tự / must be a file of SHA-1 in their order"
        )
    return Path(text)


def _traces_url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
        raise SettingsError(
            "OTEL_EXPORTER_OTLP_ENDPOINT: phải có dạng https://máy:4318 / must look like https://host:4318"
        )
    if text and find_spec("opentelemetry") is None:
        raise SettingsError(
            "OTEL_EXPORTER_OTLP_ENDPOINT: thiếu thư viện, cài requirements-telemetry.txt / "
            "the libraries are missing, install requirements-telemetry.txt"
        )
    return text


def _traces_protocol(text: str) -> str:
    if text != "http/protobuf":
        raise SettingsError(f"OTEL_EXPORTER_OTLP_PROTOCOL={text!r}: chỉ có / can only be http/protobuf")
    return text


def _locked(certificate: Path, password: str) -> str | None:
    """What is wrong with the organisation's certificate, in both languages; None when it opens."""
    try:
        key, found, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), password.encode() or None)
    except OSError:
        return f"SIGNING_CERTIFICATE={str(certificate)!r}: không đọc được / cannot be read"
    except ValueError:
        return "SIGNING_CERTIFICATE: không mở được bằng SIGNING_PASSWORD / SIGNING_PASSWORD does not open it"
    if key is None or found is None:
        return "SIGNING_CERTIFICATE: phải có chứng thư và khóa / must hold a certificate and its key"
    return None


def _secret_key(demonstration: bool, given: str) -> str:
    if not given:
        return ""
    if len(given.encode()) < SHORTEST_SECRET:
        raise SettingsError(
            f"SECRET_KEY: cần ít nhất {SHORTEST_SECRET} byte / needs at least {SHORTEST_SECRET} bytes"
        )
    if not demonstration and len(set(given)) < FEWEST_CHARACTERS:
        raise SettingsError("SECRET_KEY: quá dễ đoán, phải ngẫu nhiên / too easy to guess, must be random")
    return given


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
