"""How the model phone reads: page by page, a scope shown when it is whole, a resync obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.sync.stateful.ledger import Ledger
from tests.sync.stateful.server import Server
from tests.sync.stateful.tables import Row, Store
from tests.world import Phone


class Reader:
    """The pulling half of a phone."""

    server: Server
    ledger: Ledger
    username: str
    store: Store
    line: Phone

    def sign_in(self) -> None:
        """Enrol anew; the outbox stays."""
        self.line = self.server.world.phone(self.username)

    def pull_page(self, limit: int) -> bool:
        """Ask for one page and absorb it; whether another must be asked for."""
        response = self.line.post("/api/sync/pull", {"cursors": self.store.cursors, "limit": limit})
        if response.status_code in (401, 403):
            self.sign_in()
            return True
        assert response.status_code == 200, response.get_data(as_text=True)
        return self.absorb(response.json)

    def absorb(self, page: Mapping[str, Any]) -> bool:
        """Take a page in, all of it or (had the line been cut) nothing."""
        store, unread = self.store, False
        covered = set(store.cursors)
        for item in page.get("resync", []):
            self._start_over(item["scope"], item["restored_to"])
            unread = unread or item["scope"] not in page["cursors"]
        if page.get("resync"):
            self._send_again([row for row in store.outbox if row.operation["scope"] not in covered])
        seen = self.ledger.entries_behind(self.server, page["changes"])
        for change in page["changes"]:
            store.incoming[change["record"]] = {**change, "seen": seen[change["record"]]}
        store.cursors |= page["cursors"]
        if not page["more"]:
            for scope in page["scopes"]:
                self._show(scope)
            for row in store.outbox:
                if row.state == "held" and row.waits_for in store.records:
                    row.state = "waiting"
            self._drop_lost(set(page["scopes"]))
        return bool(page["more"]) or unread

    def _start_over(self, scope: str, restored_to: int | None) -> None:
        store = self.store
        store.incoming = {r: c for r, c in store.incoming.items() if c["scope"] != scope}
        store.cursors.pop(scope, None)
        store.replacing.add(scope)
        here = [row for row in store.outbox if row.operation["scope"] == scope]
        self._send_again(here, -1 if restored_to is None else restored_to)

    @staticmethod
    def _send_again(rows: list[Row], restored_to: int = -1) -> None:
        """Send kept operations again. A scope that was left, or never read, has no cursor to tell how far the backup
        reaches: there all of them are sent."""
        for row in rows:
            if row.acknowledged and row.state != "rejected" and (row.seq is None or row.seq > restored_to):
                row.state = "waiting"

    def _show(self, scope: str) -> None:
        store = self.store
        if scope not in store.cursors:
            return
        if scope in store.replacing:
            store.records = {r: c for r, c in store.records.items() if c["scope"] != scope}
            store.replacing.discard(scope)
        arrived = {r: c for r, c in store.incoming.items() if c["scope"] == scope}
        store.records |= arrived
        store.incoming = {r: c for r, c in store.incoming.items() if r not in arrived}
        reached = int(store.cursors[scope].split(".")[1])
        for row in store.outbox:
            if row.operation["scope"] == scope and row.state == "acknowledged" and (row.seq or 0) <= reached:
                row.state = "finished"

    def _drop_lost(self, ours: set[str]) -> None:
        store = self.store
        mentioned = {*store.cursors, *(row.operation["scope"] for row in store.outbox)}
        for scope in mentioned - ours:
            if any(row.operation["scope"] == scope and row.state == "waiting" for row in store.outbox):
                continue
            store.records = {r: c for r, c in store.records.items() if c["scope"] != scope}
            store.incoming = {r: c for r, c in store.incoming.items() if c["scope"] != scope}
            store.cursors.pop(scope, None)
            for row in store.outbox:
                if row.operation["scope"] == scope and row.state == "acknowledged":
                    row.state = "finished"
