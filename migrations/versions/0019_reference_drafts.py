"""workbooks of the violation catalogue wait to be published beside those of checklists"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("checklist_draft", "reference_draft")
    op.drop_index("ix_checklist_draft_scope_made_at", table_name="reference_draft")
    op.create_index("ix_reference_draft_scope_made_at", "reference_draft", ["scope", "made_at"])
    op.add_column(
        "reference_draft", sa.Column("kind", sa.String(), nullable=False, server_default="checklist")
    )
    op.add_column("reference_draft", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("reference_draft", sa.Column("steps", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("reference_draft", sa.Column("compared", sa.JSON(), nullable=False, server_default="[]"))
    _carry()
    with op.batch_alter_table("reference_draft") as table:
        table.alter_column("kind", server_default=None)
        table.alter_column("steps", server_default=None)
        table.drop_column("follows")
        table.drop_column("edition")
        table.drop_column("ended")
        table.alter_column("compared", new_column_name="follows", server_default=None)


def _carry() -> None:
    """What a draft of before followed and became, in the form of now."""
    drafts = sa.table(
        "reference_draft",
        sa.column("id", sa.Uuid()),
        sa.column("follows", sa.Uuid()),
        sa.column("edition", sa.Uuid()),
        sa.column("ended", sa.Date()),
        sa.column("valid_from", sa.Date()),
        sa.column("steps", sa.JSON()),
        sa.column("compared", sa.JSON()),
    )
    checklists = sa.table("checklist", sa.column("id", sa.Uuid()), sa.column("valid_from", sa.Date()))
    connection = op.get_bind()
    for draft in connection.execute(
        sa.select(drafts.c.id, drafts.c.follows, drafts.c.edition, drafts.c.ended)
    ).all():
        values: dict[str, object] = {"compared": [str(draft.follows)]}
        if isinstance(draft.edition, uuid.UUID):
            step = {"made": str(draft.edition), "before": str(draft.follows), "ended": None}
            values["steps"] = [step | {"ended": draft.ended and draft.ended.isoformat()}]
            values["valid_from"] = connection.scalar(
                sa.select(checklists.c.valid_from).where(checklists.c.id == draft.edition)
            )
        connection.execute(drafts.update().where(drafts.c.id == draft.id).values(**values))


def downgrade() -> None:
    op.drop_table("reference_draft")
    op.create_table(
        "checklist_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("follows", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Uuid(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_checklist_draft_scope_made_at", "checklist_draft", ["scope", "made_at"])
