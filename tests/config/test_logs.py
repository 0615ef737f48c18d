"""What an operator's tools read: every line of the log is one JSON object, requests and libraries alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bin.install import ROOT

SERVE = """
import logging
from wsgi import create_app
client = create_app().test_client()
client.get("/login", headers={"X-Request-Id": "01a21414-2233-715a-befd-d20af0a925cd"})
logging.getLogger("some.library").warning("low on %s", "paper")
"""


def test_every_line_of_the_log_is_one_json_object_and_a_request_carries_its_id(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DEMONSTRATION": "1",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVE], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    said = next(line for line in lines if line["event"] == "request")
    assert said["request_id"] == "01a21414-2233-715a-befd-d20af0a925cd"
    assert {"endpoint", "method", "status", "milliseconds", "level", "timestamp"} <= said.keys()
    library = next(line for line in lines if line.get("logger") == "some.library")
    assert (library["event"], library["level"]) == ("low on paper", "warning")
