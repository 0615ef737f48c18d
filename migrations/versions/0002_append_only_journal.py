"""the journal only grows, and has its first generation

Rows of ``journal_entry`` are never deleted, and never changed but for one thing: an erasure under the law may
empty ``content``. The database itself refuses the rest, whoever asks.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "the journal only grows"
FIXED = (
    "scope", "seq", "operation", "device", "user", "n", "kind", "record", "parent", "base", "made_at", "received_at",
    "outcomes", "settled", "amendment", "admitted_by", "digests", "hash",
)  # fmt: skip


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        columns = ", ".join(f'"{name}"' for name in FIXED)
        op.execute(
            "CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        op.execute(
            f"CREATE TRIGGER journal_entry_fixed BEFORE UPDATE OF {columns} ON journal_entry "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    else:
        changed = " OR ".join(f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text' for name in FIXED)
        op.execute(
            "CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry "
            "FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()"
        )
        op.execute(
            "CREATE TRIGGER journal_entry_truncated BEFORE TRUNCATE ON journal_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()"
        )
        op.execute(
            "CREATE TRIGGER journal_entry_fixed BEFORE UPDATE ON journal_entry "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION journal_entry_refuse()"
        )
    generation = sa.table(
        "journal_generation",
        sa.column("number", sa.Integer),
        sa.column("name", sa.String),
        sa.column("started_at", sa.DateTime(timezone=True)),
        sa.column("restored", sa.JSON),
    )
    first = {"number": 1, "name": secrets.token_hex(2), "started_at": datetime.now(UTC), "restored": {}}
    op.bulk_insert(generation, [first])
    if op.get_bind().dialect.name != "sqlite":
        op.execute("SELECT setval(pg_get_serial_sequence('journal_generation', 'number'), 1)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_entry_kept")
        op.execute("DROP TRIGGER journal_entry_fixed")
    else:
        for name in ("kept", "truncated", "fixed"):
            op.execute(f"DROP TRIGGER journal_entry_{name} ON journal_entry")
        op.execute("DROP FUNCTION journal_entry_refuse()")
    op.execute("DELETE FROM journal_generation")
