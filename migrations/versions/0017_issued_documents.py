"""an issued report carries its number and its day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.add_column(sa.Column("issue_of", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("document_number", sa.Integer(), nullable=True))
        table.add_column(sa.Column("document_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("replaces", sa.String(length=200), nullable=True))
        table.create_foreign_key("fk_report_issue_of", "report", ["issue_of"], ["id"])
        table.create_index("ix_report_issue_of", ["issue_of"])


def downgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.drop_index("ix_report_issue_of")
        table.drop_constraint("fk_report_issue_of", type_="foreignkey")
        for column in ("replaces", "document_date", "document_number", "issue_of"):
            table.drop_column(column)
