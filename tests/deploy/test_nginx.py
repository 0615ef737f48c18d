"""A real nginx with the file that travels with the product: TLS, what is closed, and what a phone meets when the
certificate has run out or nobody stands behind it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bin.install import ROOT
from config.extensions import now
from tests.services import free_port, program, running

FILE = ROOT / "deploy" / "nginx" / "inspection.conf"
NAME = "kiemtra.example.gov.vn"


def write_certificate(folder: Path, ends_in: timedelta) -> None:
    """A certificate of the name that ends when the test says."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=90))
        .not_valid_after(now() + ends_in)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


class Behind(BaseHTTPRequestHandler):
    """What stands behind the proxy tells what it was told."""

    def do_GET(self) -> None:
        content = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Nobody reads it."""


class Proxy:
    """nginx in front of a port of this test."""

    def __init__(self, folder: Path, behind: int) -> None:
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        text = FILE.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
        text = re.sub(r"\n\s*listen \[::\].*", "", text)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.tls} ")
        text = text.replace(f"/etc/letsencrypt/live/{NAME}", str(folder))
        text = text.replace("/var/log/nginx", str(folder))
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        self.path = folder / "nginx.conf"
        self.path.write_text(
            f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;"
            f"events {{}} http {{ {temporary}\n{text}\n}}"
        )
        self.program = program("nginx", among=["/usr/sbin"])

    def command(self, *words: str) -> list[str]:
        return [self.program, "-c", str(self.path), "-p", str(self.folder), *words]

    def get(self, path: str, *, plain: bool = False) -> http.client.HTTPResponse:
        """GET over TLS, the certificate and the name checked, as a browser does."""
        connection = socket.create_connection(("127.0.0.1", self.plain if plain else self.tls), timeout=10)
        if not plain:
            context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
            try:
                connection = context.wrap_socket(connection, server_hostname=NAME)
            except ssl.SSLError:
                connection.close()
                raise
        with connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            answer.content = answer.read()  # type: ignore[attr-defined]  # kept beside what was read of it
            return answer

    def reload(self) -> None:
        """Take a new certificate without turning anybody away."""
        os.kill(int((self.folder / "pid").read_text()), signal.SIGHUP)


@pytest.fixture
def behind() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy(tmp_path: Path, behind: ThreadingHTTPServer) -> Iterator[Proxy]:
    write_certificate(tmp_path, timedelta(days=30))
    made = Proxy(tmp_path, behind.server_address[1])
    checked = subprocess.run(made.command("-t"), capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with running(made.command(), tmp_path):
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", made.tls)) == 0:
                    break
            time.sleep(0.02)
        yield made


def test_everything_goes_over_tls_and_the_product_learns_who_asks(proxy: Proxy) -> None:
    redirect = proxy.get("/app/", plain=True)
    assert (redirect.status, redirect.headers["Location"]) == (301, f"https://{NAME}/app/")
    assert proxy.get("/api/sync/push", plain=True).status == 403
    answer = proxy.get("/app/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    told = json.loads(answer.content)  # type: ignore[attr-defined]  # see Proxy.get
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert [proxy.get(path).status for path in ("/metrics", "/readyz")] == [403, 403]


def test_when_nobody_stands_behind_a_phone_is_told_to_come_again(
    proxy: Proxy, behind: ThreadingHTTPServer
) -> None:
    behind.shutdown()
    behind.server_close()
    answer = proxy.get("/api/sync/pull")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert json.loads(answer.content)["code"] == "unavailable"  # type: ignore[attr-defined]  # see Proxy.get


def test_a_certificate_that_has_run_out_turns_phones_away_until_a_new_one_is_there(proxy: Proxy) -> None:
    write_certificate(proxy.folder, timedelta(days=-1))
    proxy.reload()
    deadline = time.monotonic() + 10
    while True:
        try:
            proxy.get("/app/")
        except ssl.SSLCertVerificationError as problem:
            if "expired" in str(problem):
                break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    write_certificate(proxy.folder, timedelta(days=90))
    proxy.reload()
    while True:
        try:
            assert proxy.get("/app/").status == 200
            break
        except ssl.SSLCertVerificationError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
