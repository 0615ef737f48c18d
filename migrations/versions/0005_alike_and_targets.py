"""establishments that repeat another or are two, imports of establishments, and the target lists of campaigns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _projection() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    ]


def upgrade() -> None:
    op.add_column("establishment", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_table(
        "distinction",
        sa.Column("first", sa.Uuid(), nullable=False),
        sa.Column("second", sa.Uuid(), nullable=False),
        *_projection(),
    )
    op.create_index("ix_distinction_scope", "distinction", ["scope"])
    op.create_table(
        "target",
        sa.Column("campaign", sa.Uuid(), nullable=False),
        sa.Column("establishment", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *_projection(),
    )
    for column in ("scope", "campaign", "establishment"):
        op.create_index(f"ix_target_{column}", "target", [column])
    op.create_table(
        "establishment_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_establishment_import_jurisdiction_made_at", "establishment_import", ["jurisdiction", "made_at"]
    )


def downgrade() -> None:
    op.drop_table("establishment_import")
    op.drop_table("target")
    op.drop_table("distinction")
    with op.batch_alter_table("establishment") as table:
        table.drop_column("merged_into")
