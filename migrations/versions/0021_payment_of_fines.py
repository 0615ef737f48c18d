"""violations have the value of goods, the case of their time limits and the payment of the fine"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WORDS = ("record_case", "goods_basis", "decision_case", "receipt_number")
DAYS = ("result_on", "ended_on", "served_on", "paid_on")
AMOUNTS = ("goods_value", "illegal_gain", "paid_amount")


def upgrade() -> None:
    for names, column in ((WORDS, sa.String()), (DAYS, sa.Date()), (AMOUNTS, sa.BigInteger())):
        for name in names:
            op.add_column("violation", sa.Column(name, column, nullable=True))


def downgrade() -> None:
    for name in (*WORDS, *DAYS, *AMOUNTS):
        op.drop_column("violation", name)
