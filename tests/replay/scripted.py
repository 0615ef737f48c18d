"""A line whose answers the test gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.replay.line import BrokenError, Line, Reply
from bench.replay.phone import Phone

Answer = Callable[[Any], dict[str, Any]]


class Scripted(Line):
    """Answers requests by path; ``sent`` keeps them in order. ``broken`` requests go out and are never answered."""

    def __init__(self, **answers: Answer) -> None:
        super().__init__("http://127.0.0.1:1")
        self.answers = answers
        self.sent: list[tuple[str, Any]] = []
        self.attempts = 1
        self.broken = 0

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        return Reply(200, self._answer(path, body), self.attempts)

    def once(self, method: str, path: str, body: Any = None) -> tuple[int, Any, float]:
        answer = self._answer(path, body)
        if self.broken:
            self.broken -= 1
            raise BrokenError("the connection was reset")
        return 201, answer, 0.0

    def _answer(self, path: str, body: Any) -> dict[str, Any]:
        self.sent.append((path, body))
        return self.answers[path.partition("?")[0].rpartition("/")[2]](body)


class Sky:
    """A server that answers as told: ``status`` for every operation, and the changes of the next pull."""

    def __init__(self) -> None:
        self.status = "applied"
        self.seq = 10
        self.extra: dict[str, Any] = {}
        self.changes: list[dict[str, Any]] = []
        self.line = Scripted(push=self.push, pull=self.pull)

    def phone(self) -> Phone:
        """An enrolled phone under this sky."""
        phone = Phone("http://127.0.0.1:1")
        phone.line = self.line
        return phone

    def push(self, body: Any) -> dict[str, Any]:
        results = []
        for operation in body["operations"]:
            result: dict[str, Any] = {"id": operation["id"], "status": self.status, **self.extra}
            if self.status in {"applied", "merged", "conflict"}:
                self.seq += 1
                result["seq"] = self.seq
            results.append(result)
        return {"results": results}

    def pull(self, body: Any) -> dict[str, Any]:
        changes, self.changes = self.changes, []
        return {"scopes": ["campaign:c"], "changes": changes, "cursors": {"campaign:c": "g.1"}, "more": False}

    def shows(self, record: str, seq: int, kind: str = "visit") -> None:
        """Let the next pull bring a record."""
        self.changes.append(
            {
                "scope": "campaign:c",
                "seq": seq,
                "kind": kind,
                "record": record,
                "version": f"g.{seq}",
                "fields": {},
            }
        )
