"""what was signed: the content of a visit record, drawn signatures and witnesses; how a violation is handled"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frozen_record",
        sa.Column("visit", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_frozen_record_scope", "frozen_record", ["scope"])
    op.create_index("ix_frozen_record_visit", "frozen_record", ["visit"])
    op.add_column("signature", sa.Column("digest", sa.String(length=64), nullable=True))
    op.add_column("signature", sa.Column("strokes", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("signature", sa.Column("witnesses", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ix_signature_digest", "signature", ["digest"])
    op.add_column("violation", sa.Column("payer", sa.String(), nullable=True))
    op.add_column("violation", sa.Column("amount_reason", sa.Text(), nullable=True))
    op.add_column("violation", sa.Column("recorded_on", sa.Date(), nullable=True))
    op.add_column("violation", sa.Column("record_number", sa.String(), nullable=True))
    op.add_column("violation", sa.Column("followed_up_by", sa.Uuid(), nullable=True))
    op.add_column("visit", sa.Column("opinion", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("visit", "opinion")
    for column in ("followed_up_by", "record_number", "recorded_on", "amount_reason", "payer"):
        op.drop_column("violation", column)
    op.drop_index("ix_signature_digest", "signature")
    for column in ("witnesses", "strokes", "digest"):
        op.drop_column("signature", column)
    op.drop_table("frozen_record")
