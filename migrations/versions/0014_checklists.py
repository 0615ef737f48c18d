"""answers by choice and by date, and workbooks of checklists that wait to be published"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer", sa.Column("chosen", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("answer", sa.Column("day", sa.Date(), nullable=True))
    op.create_table(
        "checklist_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("follows", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Uuid(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_checklist_draft_scope_made_at", "checklist_draft", ["scope", "made_at"])


def downgrade() -> None:
    op.drop_table("checklist_draft")
    op.drop_column("answer", "day")
    op.drop_column("answer", "chosen")
