"""why a report was revised, what printed it, and what has changed since it was issued"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("renderer", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("due", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in ("superseded", "looked_at", "due", "renderer", "reason"):
        op.drop_column("report", name)
