"""Alembic's environment: migrations run inside the application, on its engine, in one transaction."""

from __future__ import annotations

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Engine, MetaData

from config.extensions import Base

engine: Engine = current_app.extensions["migrate"].db.engine
metadata: MetaData = Base.metadata


PLAIN_TYPES = {
    "UtcDateTime": "sa.DateTime(timezone=True)",
    "ExactDecimal": 'sa.Numeric().with_variant(sa.String(), "sqlite")',
}
"""Our own column types as a migration writes them, so that it stays true when their code changes."""


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """How autogeneration writes ``item`` down; False for its own way."""
    return PLAIN_TYPES.get(type(item).__name__, False) if kind == "type" else False


def migrate() -> None:
    """Bring the database to the wanted revision."""
    with engine.connect().execution_options(begin="IMMEDIATE") as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            compare_type=True,
            render_item=render,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need the database: run without --sql.")
migrate()
