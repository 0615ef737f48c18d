"""``flask recovery open``: take in the sealed file of a phone that can no longer send."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from config.errors import Refusal, message
from config.extensions import db
from config.settings import Settings
from config.storage import open_storage
from inspection.people.models import Account
from sync.recovery import RecoveryError, recover

commands = AppGroup("recovery", help="Nội dung niêm phong của điện thoại / a phone's sealed work.")


def register_commands(app: Flask) -> None:
    """Add the commands to ``app``."""
    app.cli.add_command(commands)


@commands.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--administrator", required=True, help="Tên đăng nhập của người mở / user name of who opens it."
)
@click.option("--reason", required=True, help="Lý do, ghi vào nhật ký / the reason, kept by the journal.")
def open_file(file: Path, administrator: str, reason: str) -> None:
    """Open FILE and take its operations and photos in under their author's name. Bringing it twice does no harm."""
    settings: Settings = current_app.config["SETTINGS"]
    person = db.session.scalar(select(Account.id).where(Account.username == administrator))
    db.session.rollback()
    if person is None:
        raise click.ClickException("không có người dùng này / no such user")
    if not reason.strip():
        raise click.ClickException("cần ghi lý do / a reason is needed")
    try:
        outcome = recover(
            file.read_bytes(), person, reason.strip(), settings.data_dir, open_storage(settings.storage_url)
        )
    except RecoveryError as problem:
        raise click.ClickException(f"tệp không mở được / the file does not open: {problem}") from problem
    except Refusal as refusal:
        raise click.ClickException(message(refusal.code, "vi")) from refusal
    click.echo(
        f"đã nhận / taken in {outcome.admitted}, đã có / known {outcome.known}, "
        f"chờ xử lý / kept aside {outcome.kept_aside}, ảnh / photos {outcome.photos}, "
        f"ảnh chưa nhận / photos left {outcome.photos_left}"
    )
