"""An honest phone: what the protocol asks of the app, in Python and without a screen.

It freezes bases when operations are made, shows its own operations over what was pulled, keeps acknowledged ones,
follows cursors page by page, and obeys a resync. Everything goes to the real server over HTTP.
"""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from tests.sync.stateful.ledger import Ledger
from tests.sync.stateful.reading import Reader
from tests.sync.stateful.server import NEW_SCHEMA, Server
from tests.sync.stateful.tables import SHOWN, Row, Store, newest
from tests.world import Phone

IDS = uuid.UUID("5d0b9a35-6f1b-4a1d-8c77-6f0c1f0e98a4")


class ModelPhone(Reader):
    """One phone in somebody's hand."""

    def __init__(self, server: Server, ledger: Ledger, username: str, label: str) -> None:
        self.server, self.ledger, self.username, self.label = server, ledger, username, label
        self.store = Store()
        self.modern = False
        self.clock = "2026-09-20T08:11:02+07:00"
        self.line: Phone = server.world.phone(username)

    def cloned(self, label: str) -> ModelPhone:
        """Another phone made from a copy of this one's storage: the same device to the server."""
        other = copy.copy(self)
        other.label, other.store = label, copy.deepcopy(self.store)
        return other

    def reinstall(self) -> None:
        """Everything on the phone is gone; the newest app is on it."""
        self.ledger.give_up(row.operation["id"] for row in self.store.outbox)
        self.store, self.modern = Store(), True
        self.sign_in()

    # ------------------------------------------------------------------------------------------------ making

    def live(self, record: str) -> list[Row]:
        """The own operations that are laid over a record."""
        return [r for r in self.store.outbox if r.operation["record"] == record and r.state in SHOWN]

    def view(self, record: str) -> dict[str, Any] | None:
        """What the person sees of a record, or nothing."""
        pulled, live = self.store.records.get(record), self.live(record)
        if pulled is None and not live:
            return None
        base = pulled or live[0].operation
        shown = {"kind": base["kind"], "scope": base["scope"], "record": record, "voided": None} | (
            pulled or {}
        )
        shown["fields"] = dict(pulled["fields"]) if pulled else {}
        for row in live:
            shown["fields"] |= {k: v for k, v in row.operation["fields"].items() if k != "voided"}
            if "voided" in row.operation["fields"]:
                shown["voided"] = row.operation["fields"]["voided"]
        return shown

    def visible(self, kind: str) -> list[str]:
        """The records of a kind on the screen, in a stable order."""
        seen = {row.operation["record"]: None for row in self.store.outbox if row.operation["kind"] == kind}
        seen |= {record: None for record, pulled in self.store.records.items() if pulled["kind"] == kind}
        return sorted(record for record in seen if self.view(record) is not None)

    def make(
        self, kind: str, scope: str, record: str, fields: Mapping[str, Any], settles: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Write an operation down: numbered, and with its base frozen."""
        self.store.n += 1
        sent = dict(fields)
        if kind == "visit" and not self.modern and "note" in sent:
            sent["remark"] = sent.pop("note")
        operation: dict[str, Any] = {
            "id": str(uuid.uuid5(IDS, f"{self.label} {self.line.device} {self.store.n}")),
            "n": self.store.n,
            "schema": NEW_SCHEMA if self.modern else 1,
            "kind": kind,
            "record": record,
            "scope": scope,
            "base": self.frozen_base(record, sent),
            "fields": sent,
            "made_at": self.clock,
        } | ({"settles": list(settles)} if settles else {})
        self.ledger.made(operation, fields, self._seen(record), self._seen_below(record))
        self.store.outbox.append(Row(operation, json.dumps(operation)))
        return operation

    def frozen_base(self, record: str, fields: Mapping[str, Any]) -> str:
        """The version before the person's eyes. A void covers what lies below its record."""
        pulled = self.store.records.get(record)
        counted = [
            r for r in self.live(record) if r.state != "rejected" or r.operation["fields"].keys() & fields
        ]
        base: str = counted[-1].operation["base"] if counted else pulled["version"] if pulled else "0"
        if fields.get("voided") is None:
            return base
        below = [r["version"] for r in self.store.records.values() if r["fields"].get("visit") == record]
        own = [pulled["version"]] if pulled else []
        return newest([base, *own, *below])

    def _seen(self, record: str) -> frozenset[str]:
        pulled = self.store.records.get(record)
        own = {row.operation["id"] for row in self.live(record)}
        return frozenset(own | (pulled["seen"] if pulled else set()))

    def _seen_below(self, record: str) -> frozenset[str]:
        below = {r for r, pulled in self.store.records.items() if pulled["fields"].get("visit") == record}
        own = [row.operation for row in self.store.outbox if row.operation["fields"].get("visit") == record]
        below |= {operation["record"] for operation in own}
        return frozenset().union(self._seen(record), *(self._seen(each) for each in below))

    # ----------------------------------------------------------------------------------------------- pushing

    def batch(self, most: int) -> list[Row]:
        """What is to be sent now, in order of number."""
        waiting = [
            row
            for row in self.store.outbox
            if row.state == "waiting" and row.refused_device != self.line.device
        ]
        return sorted(waiting, key=lambda row: int(row.operation["n"]))[:most]

    def request(self, batch: list[Row]) -> bytes:
        """The text of a push; a resend is the first sending byte for byte."""
        return ('{"operations": [' + ",".join(row.body for row in batch) + "]}").encode()

    def hear(self, batch: list[Row], response: Any) -> None:
        """Act upon the answer to a push."""
        if response.status_code in (401, 403):
            self.sign_in()
            return
        if response.status_code == 503:
            return
        assert response.status_code == 200, response.get_data(as_text=True)
        results = {result["id"]: result for result in response.json["results"]}
        cloned = False
        for row in batch:
            result = results[row.operation["id"]]
            if result["status"] == "retry":
                break
            if row.state == "waiting":
                cloned |= self._hear_one(row, result)
        if cloned:
            self.sign_in()

    def _hear_one(self, row: Row, result: Mapping[str, Any]) -> bool:
        code = result.get("error", {}).get("code")
        if code == "device_cloned" and row.refused_device is None:
            row.refused_device = self.line.device
            return True
        self.ledger.answered(row.operation["id"], result["status"], code)
        row.state = {"held": "held", "rejected": "rejected"}.get(result["status"], "acknowledged")
        row.acknowledged = row.acknowledged or row.state != "rejected"
        row.seq, row.waits_for = result.get("seq"), result.get("waits_for", {}).get("record")
        return False
