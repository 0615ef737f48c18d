"""the journal of a PostgreSQL lies in partitions by its scope

``journal_entry`` is copied once, whole, while nobody else may use it; rows, keys, indexes and what refuses a change
are the same before and after. The partitions have a schema of their own: nothing but the journal's table leads to
them, and a role that may not use that schema cannot go round it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SCHEMA = "journal_partitions"
PARTITIONS = 16
MAY_CHANGE = {"content"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    names = [f"{SCHEMA}.journal_entry_{number:02}" for number in range(PARTITIONS)]
    _begin(" PARTITION BY HASH (scope)")
    op.execute(f"CREATE SCHEMA {SCHEMA}")
    for number, name in enumerate(names):
        within = f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number})"
        op.execute(f"CREATE TABLE {name} PARTITION OF journal_entry {within}")
    _finish()
    for name in names:
        _refuse_truncation(name)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    _begin("")
    _finish()
    op.execute(f"DROP SCHEMA {SCHEMA}")


def _begin(kind: str) -> None:
    """Set the present table aside and create an empty one beside it."""
    op.execute("ALTER TABLE journal_entry RENAME TO journal_entry_before")
    op.execute(f"CREATE TABLE journal_entry (LIKE journal_entry_before){kind}")


def _finish() -> None:
    """Copy the rows; keys and indexes come after, which is faster, and what refuses a change comes last."""
    op.execute("INSERT INTO journal_entry SELECT * FROM journal_entry_before")
    op.execute("DROP TABLE journal_entry_before")
    op.create_primary_key("journal_entry_pkey", "journal_entry", ["scope", "seq"])
    op.create_index("journal_entry_opened", "journal_entry", ["user", "seq"])
    op.create_index("journal_entry_record", "journal_entry", ["record", "seq"])
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("journal_entry")}
    changed = " OR ".join(
        f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text' for name in sorted(columns - MAY_CHANGE)
    )
    op.execute(
        "CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()"
    )
    op.execute(
        "CREATE TRIGGER journal_entry_fixed BEFORE UPDATE ON journal_entry "
        f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION journal_entry_refuse()"
    )
    _refuse_truncation("journal_entry")


def _refuse_truncation(name: str) -> None:
    op.execute(
        f"CREATE TRIGGER journal_entry_truncated BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()"
    )
