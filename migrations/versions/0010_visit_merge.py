"""visits that were opened twice"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_merge",
        sa.Column("campaign", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Uuid(), nullable=False),
        sa.Column("merged", sa.Uuid(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("campaign", "kept", "merged", "scope"):
        op.create_index(f"ix_visit_merge_{name}", "visit_merge", [name])


def downgrade() -> None:
    op.drop_table("visit_merge")
