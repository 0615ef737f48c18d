"""The comparison at the end: the outside log of the phones against what the server holds and shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bench.torture.district import District
from bench.torture.phones import NodePhone
from config.extensions import snapshot
from inspection.journal import history, rebuild
from inspection.journal.examine import by_key
from inspection.journal.kinds import registry
from inspection.journal.models import ConflictRow, Entry, Parked, ParkedStatus

ACKNOWLEDGED = ("applied", "merged", "conflict", "held")
SHOWN = ("kind", "scope", "version", "fields", "voided")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``wanted`` is what it has to be, None when it only informs."""

    name: str
    value: int
    wanted: int | None = None

    @property
    def holds(self) -> bool:
        """Whether it is what it has to be."""
        return self.wanted is None or self.value == self.wanted


class Server:
    """What the server holds."""

    def __init__(self, district: District) -> None:
        self.district = district
        with district.world.app.app_context(), snapshot() as session:
            self.entries = list(session.scalars(select(Entry).order_by(Entry.scope, Entry.seq)))
            self.aside = list(session.scalars(select(Parked)))
            self.conflicts = list(session.scalars(select(ConflictRow).where(ConflictRow.open.is_(True))))
            session.expunge_all()
            self.faults = len(history.verify(session)) + len(list(rebuild.differences(session)))
        self.entry_of = {str(entry.operation): entry for entry in self.entries}
        self.aside_of = {str(row.operation): row for row in self.aside}

    def keeps(self, operation: Mapping[str, Any], status: str) -> bool:
        """Whether every value of an acknowledged operation is stored: in its entry, or aside with the whole of
        it."""
        entry, row = self.entry_of.get(operation["id"]), self.aside_of.get(operation["id"])
        if entry is not None:
            sent = by_key(registry[operation["kind"]], operation["fields"])
            return {key: kept[1] for key, kept in entry.content.items()} == sent
        return row is not None and row.content == operation and status in ("held", "rejected")

    def differs_from(self, phone: NodePhone, contents: Mapping[str, Any]) -> int:
        """How many records a phone shows otherwise than the server shows them to its person."""
        there = self.district.world.phone(phone.username).pull_all()
        shown = {r["record"]: {name: r[name] for name in SHOWN} for r in contents["records"]}
        expected = {r: {name: change[name] for name in SHOWN} for r, change in there.items()}
        return sum(shown.get(r) != expected.get(r) for r in shown.keys() | expected.keys())


def figures(
    district: District, phones: Sequence[NodePhone], contents: Sequence[Mapping[str, Any]]
) -> list[Figure]:
    """The lines of the table."""
    server = Server(district)
    lines = [line for phone in phones for line in phone.lines()]
    made = {line["made"]["id"]: line["made"] for line in lines if "made" in line}
    answers = [line["answer"] for line in lines if "answer" in line]
    told = {answer["id"]: answer["status"] for answer in answers if answer["status"] in ACKNOWLEDGED}
    refused = {answer["id"] for answer in answers if answer["status"] == "rejected"}
    lost = [one for one, status in told.items() if not server.keeps(made[one], status)]
    unkept = [one for one in refused if not server.keeps(made[one], "rejected")]
    times = Counter(entry.operation for entry in server.entries)
    disagreed, met = _disagreements(server, made)
    different = sum(server.differs_from(phone, shown) for phone, shown in zip(phones, contents, strict=True))
    states = Counter(row["state"] for each in contents for row in each["outbox"])
    return [
        Figure("operations made", len(made)),
        Figure("answers heard", len(answers)),
        Figure("  of them replayed", sum(bool(answer.get("replayed")) for answer in answers)),
        Figure("  of them held at first", sum(answer["status"] == "held" for answer in answers)),
        Figure("acknowledged", len(told)),
        Figure("acknowledged − stored", len(lost), 0),
        Figure("refused − kept for the office", len(unkept), 0),
        Figure("made − answered", len(made.keys() - told.keys() - refused), 0),
        Figure("duplicates", sum(count - 1 for count in times.values()), 0),
        Figure("still waiting on a phone", states["waiting"], 0),
        Figure("held without need", sum(row.status == ParkedStatus.HELD for row in server.aside), 0),
        Figure("planned disagreements", disagreed),
        Figure("  of them conflicts, both values kept", met, disagreed),
        Figure("open conflicts", len(server.conflicts), disagreed),
        Figure("records that a phone shows otherwise", different, 0),
        Figure("faults of chains and projections", server.faults, 0),
    ]


def _disagreements(server: Server, made: Mapping[str, Mapping[str, Any]]) -> tuple[int, int]:
    """Pairs that wrote unseen by each other, by the bases frozen on the phones and the numbers of the journal; and
    how many of them are open conflicts with both values."""
    disagreed = met = 0
    for record in server.district.planned:
        writes = [one for one in made.values() if one["record"] == str(record)]
        entered = sorted(
            (server.entry_of[one["id"]].seq, one) for one in writes if one["id"] in server.entry_of
        )
        if len(entered) < 2 or int(entered[1][1]["base"].split(".")[1]) >= entered[0][0]:
            continue
        disagreed += 1
        values = sorted(one["fields"]["note"] for _, one in entered)
        for row in server.conflicts:
            kept = [row.stored["value"], *(candidate["value"] for candidate in row.candidates)]
            met += row.target == record and sorted(kept) == values
    return disagreed, met
