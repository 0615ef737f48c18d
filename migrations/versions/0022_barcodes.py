"""goods that were weighed are found again by their barcode"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("package_check", sa.Column("barcode", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("package_check", "barcode")
