"""editions of checklists say which establishments they are meant for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COLUMNS = ("establishment_types", "risk_groups")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("checklist", sa.Column(column, sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("checklist", column)
