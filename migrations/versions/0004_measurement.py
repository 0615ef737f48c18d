"""what a team measures and samples on a visit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_check",
        sa.Column("visit", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("maker", sa.String(), nullable=True),
        sa.Column("serial", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("stated_until", sa.Date(), nullable=True),
        sa.Column("capacity", sa.Numeric().with_variant(sa.String(), "sqlite"), nullable=True),
        sa.Column("division", sa.Numeric().with_variant(sa.String(), "sqlite"), nullable=True),
        sa.Column("accuracy_class", sa.String(), nullable=True),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("reading_unit", sa.String(), nullable=True),
        sa.Column("references", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("indications", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("instrument_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instrument_check_scope"), ["scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_instrument_check_visit"), ["visit"], unique=False)

    op.create_table(
        "package_check",
        sa.Column("visit", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=True),
        sa.Column("nominal", sa.Numeric().with_variant(sa.String(), "sqlite"), nullable=True),
        sa.Column("nominal_unit", sa.String(), nullable=True),
        sa.Column("reading_unit", sa.String(), nullable=True),
        sa.Column("lot_size", sa.BigInteger(), nullable=True),
        sa.Column("tares", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("weights", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("package_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_check_scope"), ["scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_check_visit"), ["visit"], unique=False)

    op.create_table(
        "sample",
        sa.Column("visit", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric().with_variant(sa.String(), "sqlite"), nullable=True),
        sa.Column("quantity_unit", sa.String(), nullable=True),
        sa.Column("lot", sa.String(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=True),
        sa.Column("sampled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_to", sa.String(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_number", sa.String(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("required_value", sa.String(), nullable=True),
        sa.Column("found_value", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sample_scope"), ["scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_sample_visit"), ["visit"], unique=False)


def downgrade() -> None:
    op.drop_table("sample")
    op.drop_table("package_check")
    op.drop_table("instrument_check")
