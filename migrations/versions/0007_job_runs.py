"""runs of jobs are noted, and phones say what they have not sent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("device", sa.Column("unsent", sa.Integer(), nullable=True))
    op.add_column("device", sa.Column("oldest_unsent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("device", sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Column by column and not by a copy of the table: tokens refer to devices.
    for name in ("reported_at", "oldest_unsent_at", "unsent"):
        op.drop_column("device", name)
    op.drop_table("job_run")
