"""``flask demo load``: the demonstration district on the command line."""

from __future__ import annotations

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config.extensions import now, write
from config.settings import Settings
from inspection.demo.accounts import FILE
from inspection.demo.load import load
from inspection.documents.signing import demonstration

group = AppGroup("demo", help="Dữ liệu trình diễn huyện Thanh Liêm / the demonstration district.")


@group.command("load")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="Ngày coi là hôm nay / the day taken for today."
)
@click.option("--show-passwords", is_flag=True, help="In mật khẩu mới / print new passwords.")
def load_command(today: datetime | None, show_passwords: bool) -> None:
    """Load the demonstration, or complete it. Safe to run again."""
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        loaded = load(session, settings.data_dir, now(), None if today is None else today.date())
    if settings.demonstration:
        demonstration(settings.data_dir)
    click.echo(f"Dữ liệu trình diễn đã sẵn sàng / demonstration data ready: {settings.data_dir / FILE}")
    if loaded.renewed and show_passwords:
        for key, account in loaded.accounts.items():
            click.echo(f"  {key:<20} {account['username']:<20} {account['password']}")


def register_commands(app: Flask) -> None:
    """Give the application its ``demo`` commands."""
    app.cli.add_command(group)
