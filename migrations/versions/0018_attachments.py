"""scans and files of a case, sealed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_attachment",
        sa.Column("complaint", sa.Uuid(), nullable=False),
        sa.Column("attachment_type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("redacts", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_complaint_attachment_scope", "complaint_attachment", ["scope"])
    op.create_index("ix_complaint_attachment_complaint", "complaint_attachment", ["complaint"])
    op.create_table(
        "sealed_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sealed_attachment_complaint", "sealed_attachment", ["complaint"])
    op.add_column("identity_opening", sa.Column("attachment", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("identity_opening") as table:
        table.drop_column("attachment")
    op.drop_table("sealed_attachment")
    op.drop_table("complaint_attachment")
