"""The national load: 700 districts with their registers, campaigns, visits and what was found on them, by ``load.sql``.

The projections are filled, which is what figures are counted from, and the counter rows of the scopes, which a
checkpoint seals. Journal entries are not: no figure reads one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from inspection.checklists.reference import DATA
from tests.services import Postgresql

HERE = Path(__file__).parent
FIRST = date(2023, 12, 15)
DAYS = 3 * 365
"""Three years of reporting, the windows of law: from the 15th of December."""

FILLED = ("answer", "visit", "violation", "measure", "sample", "instrument_check", "package_check")
"""The large tables: their indexes are made when they are full."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much: each visit has 12 answers."""

    districts: int = 700
    establishments: int = 500
    visits: int = 1_000_000

    @property
    def jurisdictions(self) -> list[UUID]:
        """Those of all districts."""
        return [district(number) for number in range(self.districts)]


def fill(cluster: Postgresql, name: str, load: Load, alone: int | None = None) -> None:
    """Fill the migrated database ``name``; with ``alone``, only the rows of that district."""
    address = f"host=127.0.0.1 port={cluster.port} user=postgres dbname={name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE TEMPORARY TABLE size "
            "(districts int, establishments int, visits int, first date, days int, alone int)"
        )
        size = (load.districts, load.establishments, load.visits, FIRST, DAYS, alone)
        connection.execute("INSERT INTO size VALUES (%s, %s, %s, %s, %s, %s)", size)
        connection.execute("CREATE TEMPORARY TABLE act (n int, code text, domain text, name_vi text)")
        with connection.cursor().copy("COPY act FROM STDIN") as copy:
            for act in _acts():
                copy.write_row(act)
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
            "AND indexname NOT LIKE '%%pkey'",
            (list(FILLED),),
        ).fetchall()
        for index, _ in indexes:
            connection.execute(f"DROP INDEX {index}")
        for statement in (HERE / "load.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(statement.encode())
        for _, definition in indexes:
            connection.execute(definition.encode())
        connection.execute("VACUUM ANALYZE")


def district(number: int) -> UUID:
    """The jurisdiction of the district with that number, as the load names it."""
    return UUID(hashlib.md5(f"district{number}".encode(), usedforsecurity=False).hexdigest())


def _acts() -> list[tuple[int, str, str, str]]:
    """The acts of the real catalogue, numbered."""
    listed = json.loads((DATA / "violation-types.json").read_text(encoding="utf-8"))["violation_types"]
    codes = {act["code"]: (act["domain"], act["name_vi"]) for act in listed}
    return [(number, code, *named) for number, (code, named) in enumerate(sorted(codes.items()), 1)]
