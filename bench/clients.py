"""Client processes that all start at one moment and say how long they took."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import time
import urllib.request
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

Work = Callable[..., None]


def together(work: Work, jobs: Sequence[tuple[Any, ...]]) -> float:
    """Run ``work(begin, *job)`` in one process per job; seconds from the common start to the last end.
    ``begin`` is called by each client once it is ready."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(jobs) + 1)
    clients = [context.Process(target=_client, args=(work, barrier, job)) for job in jobs]
    for client in clients:
        client.start()
    barrier.wait(120)
    began = time.perf_counter()
    for client in clients:
        client.join()
    seconds = time.perf_counter() - began
    failed = [client.exitcode for client in clients if client.exitcode]
    if failed:
        raise RuntimeError(f"{len(failed)} clients failed")
    return seconds


def _client(work: Work, barrier: Barrier, job: tuple[Any, ...]) -> None:
    work(lambda: barrier.wait(120), *job)


def post(connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> Any:
    """POST JSON over a connection that stays open; the parsed answer.

    :raises RuntimeError: for any status but 200.
    """
    connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {content[:300]!r}")
    return json.loads(content)


def wait_for(port: int, path: str) -> None:
    """Wait until a server on this machine answers.

    :raises RuntimeError: when it does not within a minute.
    """
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nothing answered on port {port}")
