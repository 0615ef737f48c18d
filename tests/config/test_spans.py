"""Traces over a real OTLP sink: what a phone pushes is followed into the journal, an order into its job."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bench.clients import wait_for
from bin.install import ROOT
from bin.serve import web_command
from bin.supervise import tied_to_parent
from config.settings import Settings
from tests.conftest import environment_of
from tests.services import free_port
from tests.world import PASSWORD, World

PATIENCE = 60
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Sink:
    """Whatever was sent to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.bodies: list[bytes] = []

    def spans(self) -> list[Any]:
        requests = map(ExportTraceServiceRequest.FromString, list(self.bodies))
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def trace_of(self, name: str, *others: str) -> dict[str, dict[str, Any]]:
        """The attributes of the spans of the trace that has ``name``, by their names, once it has ``others`` too."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            spans = self.spans()
            for trace in [span.trace_id for span in spans if span.name == name]:
                found = {
                    span.name: {pair.key: pair.value.string_value for pair in span.attributes}
                    for span in spans
                    if span.trace_id == trace
                }
                if found.keys() >= {name, *others}:
                    return found
            time.sleep(0.1)
        raise AssertionError(sorted({span.name for span in self.spans()}))


@pytest.fixture
def sink() -> Iterator[Sink]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Sink(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def serving(app: Flask, sink: Sink, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Web and worker as they run in earnest; POSTs to the web."""
    settings: Settings = app.config["SETTINGS"]
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        **environment_of(settings),
        "OTEL_EXPORTER_OTLP_ENDPOINT": sink.address,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    worker = [
        sys.executable,
        "-m",
        "celery",
        "--app=tasks.app:celery_app",
        "--quiet",
        "worker",
        "--concurrency=1",
    ]

    def post(path: str, body: object, token: str, **headers: str) -> Any:
        given = {"Content-Type": "application/json", "Authorization": f"Bearer {token}", **headers}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("POST", path, json.dumps(body), given)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        assert answer.status < 300, content
        return content

    with ExitStack() as stack, (tmp_path / "processes.log").open("wb") as log:
        for command in (web_command(port), worker):
            process = subprocess.Popen(
                tied_to_parent(command), cwd=ROOT, env=environment, stdout=log, stderr=log
            )
            stack.callback(process.wait, PATIENCE)
            stack.callback(process.terminate)
        wait_for(port, "/healthz")
        yield post


@pytest.mark.slow
@on_sqlite
def test_a_push_and_an_order_are_one_trace_each_down_to_the_journal_and_the_job(
    app: Flask, sink: Sink, serving: Callable[..., Any]
) -> None:
    world = World(app)
    campaign = world.campaign(world.person("an", "inspector"))
    world.person("quan", "manager")
    phone, office = world.phone("an"), world.phone("quan")
    visit = phone.visit(campaign, world.establishment(), note="điều không ai khác được đọc")
    named = str(uuid.uuid4())
    body = {"operations": [visit]}
    answer = serving(
        "/api/sync/push",
        body,
        phone.token,
        **{"X-Request-Id": named, "traceparent": f"00-{'a' * 32}-{'b' * 16}-01"},
    )
    assert answer["results"][0]["status"] == "applied"
    pushed = sink.trace_of("POST sync.push", "INSERT journal_entry")
    assert pushed["POST sync.push"]["inspection.request_id"] == named
    assert pushed["POST sync.push"]["http.route"] == "/api/sync/push"

    order = {"kind": "violation_summary", "period": {"kind": "year", "year": 2022}, "formats": ["pdf"]}
    serving("/api/reports", order, office.token, **{"X-Request-Id": named})
    ordered = sink.trace_of("reports.compile", "UPDATE report")
    assert ordered["reports.compile"]["inspection.request_id"] == named
    assert any(name.startswith("POST reports.") for name in ordered)

    sent = b"".join(sink.bodies)
    assert bytes.fromhex("aa" * 16) not in sent, "a trace begins here, whatever the request says"
    for secret in ("điều không ai", PASSWORD, phone.token, office.token, str(visit["record"])):
        assert secret.encode() not in sent
    assert not any("healthz" in span.name for span in sink.spans())
