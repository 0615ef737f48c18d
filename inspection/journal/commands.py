"""``flask journal``: verify the chain, compare and rebuild the projections, begin a new generation after a
restore."""

from __future__ import annotations

import secrets
import sys

import click
from flask import Flask
from flask.cli import AppGroup

from config.extensions import snapshot, write
from inspection.journal import history, rebuild, store

group = AppGroup("journal", help="Nhật ký / the journal")


def register_commands(app: Flask) -> None:
    """Offer ``flask journal …``."""
    app.cli.add_command(group)


@group.command("verify")
def verify() -> None:
    """Check every hash chain; exit 1 and name each place that does not hold."""
    with snapshot() as session:
        found = history.verify(session)
        total = sum(head.seq for head in history.heads(session))
    for fault in found:
        click.echo(f"{fault.scope} {fault.seq}: {fault.problem}")
    click.echo(f"{total} mục / entries, {len(found)} lỗi / faults")
    sys.exit(1 if found else 0)


@group.command("rebuild")
@click.option("--verify", "only_compare", is_flag=True, help="Compare with the journal and change nothing.")
def rebuild_projections(only_compare: bool) -> None:
    """Empty all projections and fill them from the journal, or compare them with it."""
    if only_compare:
        with snapshot() as session:
            found = list(rebuild.differences(session))
        for difference in found:
            click.echo(f"{difference.table} {difference.record}: {', '.join(difference.columns)}")
        click.echo(f"{len(found)} khác biệt / differences")
        sys.exit(1 if found else 0)
    with write() as session:
        total = rebuild.rebuild(session)
    click.echo(f"{total} bản ghi / records")


@group.command("restored")
def restored() -> None:
    """Begin a new generation, once, after a database was restored from backup and before phones reach it
    again."""
    with write() as session:
        heads = {head.scope: head.seq for head in history.heads(session)}
        name = new_generation_name(set(store.generations(session).restored))
        store.start_generation(session, name, heads)
    click.echo(f"thế hệ / generation {name}")


def new_generation_name(taken: set[str]) -> str:
    """Four hex digits that no earlier generation has."""
    while True:
        name = secrets.token_hex(2)
        if name not in taken:
            return name
