"""the course of a case: its steps, links and remedies, blind marks of petitioners, days that the office lists"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COMPLAINT: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("paper", sa.Uuid()),
    ("topic", sa.String()),
    ("level", sa.String()),
    ("previously", sa.String()),
    ("settled_by", sa.String()),
    ("processable", sa.Boolean()),
    ("unprocessable_reason", sa.String()),
    ("competent", sa.Boolean()),
    ("concrete_evidence", sa.Boolean()),
    ("complexity", sa.String()),
    ("remote", sa.Boolean()),
    ("several_places", sa.Boolean()),
    ("act_known_on", sa.Date()),
    ("agency", sa.Uuid()),
    ("due_because", sa.String()),
    ("refusal_code", sa.String()),
    ("ended_on", sa.Date()),
    ("closing_number", sa.String()),
    ("receiver", sa.String()),
    ("closing_reason", sa.Text()),
)
AMOUNTS = (
    "state_money",
    "state_land",
    "organisations_money",
    "organisations_land",
    "individuals_money",
    "individuals_land",
)
COUNTS = (
    "organisations",
    "individuals",
    "sanctioned_organisations",
    "sanctioned_people",
    "sanctioned_officials",
    "prosecuted_cases",
    "prosecuted_people",
    "prosecuted_officials",
)


def _projection(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"ix_{name}_scope", name, ["scope"])


def _below_a_case(name: str, *columns: sa.Column[Any]) -> None:
    _projection(name, sa.Column("complaint", sa.Uuid(), nullable=False), *columns)
    op.create_index(f"ix_{name}_complaint", name, ["complaint"])


def upgrade() -> None:
    with op.batch_alter_table("complaint") as batch_op:
        for name, kind in COMPLAINT:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index("ix_complaint_paper", ["paper"])
    _below_a_case(
        "complaint_step",
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
    )
    _below_a_case(
        "complaint_link",
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("target", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
    )
    op.create_index("ix_complaint_link_target", "complaint_link", ["target"])
    _below_a_case(
        "complaint_remedy",
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Numeric(18, 6), nullable=True) for name in AMOUNTS),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in COUNTS),
        sa.Column("note", sa.Text(), nullable=True),
    )
    op.create_table(
        "petitioner_mark",
        sa.Column("complaint", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("complaint", "mark"),
    )
    op.create_index("ix_petitioner_mark_mark", "petitioner_mark", ["mark"])
    _projection(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("day_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
    )
    op.create_index("ix_calendar_day_day", "calendar_day", ["day"])


def downgrade() -> None:
    for name in ("calendar_day", "petitioner_mark", "complaint_remedy", "complaint_link", "complaint_step"):
        op.drop_table(name)
    with op.batch_alter_table("complaint") as batch_op:
        batch_op.drop_index("ix_complaint_paper")
        for name, _ in reversed(COMPLAINT):
            batch_op.drop_column(name)
