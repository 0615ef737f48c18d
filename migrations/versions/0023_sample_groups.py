"""a sample says which group of indicators it is tested for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sample", sa.Column("tested_for", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("sample", "tested_for")
