"""the office's own rules, what is done to somebody's access, and a second factor"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PROJECTION = (
    ("id", sa.Uuid()),
    ("scope", sa.String(length=64)),
    ("version", sa.Integer()),
    ("voided", sa.Boolean()),
    ("conflicts", sa.Integer()),
)


def upgrade() -> None:
    op.create_table(
        "office_policy",
        *(sa.Column(name, kind, nullable=False) for name, kind in PROJECTION),
        sa.Column("second_factor_roles", sa.JSON(), nullable=True),
        sa.Column("session_hours", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_office_policy_scope", "office_policy", ["scope"])
    op.create_table(
        "access_event",
        *(sa.Column(name, kind, nullable=False) for name, kind in PROJECTION),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_access_event_scope", "access_event", ["scope"])
    op.create_index("ix_access_event_person", "access_event", ["person"])
    op.create_table(
        "second_factor",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )


def downgrade() -> None:
    for name in ("second_factor", "access_event", "office_policy"):
        op.drop_table(name)
