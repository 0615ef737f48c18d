"""``flask journal``: verify the chain, compare and rebuild the projections, begin a new generation after a
restore."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from config.extensions import snapshot, write
from config.settings import Settings
from inspection.journal import checkpoint, export, generation, history, rebuild, signing, verification

group = AppGroup("journal", help="Nhật ký / the journal")


def register_commands(app: Flask) -> None:
    """Offer ``flask journal …``."""
    app.cli.add_command(group)


@group.command("verify")
@click.option("--against", type=click.File("rb"), help="Tệp mốc niêm phong cũ / an earlier checkpoint file.")
def verify(against: IO[bytes] | None) -> None:
    """Hold the chains, the tables and the sealed checkpoints against each other; exit 1 and name each place that does
    not hold."""
    with snapshot() as session:
        found = verification.whole(session, _data_dir())
        if against is not None:
            found += _against(session, against)
        total = sum(head.seq for head in history.heads(session))
    for fault in found:
        place = fault.seq if fault.record is None else fault.record
        click.echo(f"{fault.held}: {fault.scope} {place}: {fault.problem}")
    click.echo(f"{total} mục / entries, {len(found)} lỗi / faults")
    sys.exit(1 if found else 0)


def _against(session: Session, file: IO[bytes]) -> list[verification.Finding]:
    try:
        return verification.against(session, json.load(file))
    except (ValueError, KeyError, TypeError) as problem:
        raise click.ClickException(f"Tệp mốc không dùng được / not a checkpoint: {problem}") from problem


@group.command("checkpoint")
def seal() -> None:
    """Sign the heads of all scopes, keep the checkpoint, and write it to a file to be copied away."""
    data_dir = _data_dir()
    with write() as session:
        kept = checkpoint.keep(session, checkpoint.take(session), data_dir)
        path = checkpoint.write_file(kept, data_dir)
    click.echo(f"{kept.root}\n{path}")


@group.command("export")
@click.argument("file", type=click.File("wb"))
@click.option("--values", is_flag=True, help="Kèm giá trị / with values and salts.")
def export_journal(file: IO[bytes], values: bool) -> None:
    """Write the journal to FILE, to be checked with ``python3 bin/verify_journal.py``."""
    with snapshot() as session:
        for line in export.lines(session, values=values):
            file.write(line)


@group.command("public-key")
def public_key() -> None:
    """Print the key that checkpoints are checked with."""
    click.echo(signing.public_pem(signing.private_key(_data_dir()).public_key()).decode(), nl=False)


def _data_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir


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
        name = generation.begin_after_restore(session)
    click.echo(f"thế hệ / generation {name}")
