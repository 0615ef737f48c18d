"""``flask setup``: an installation that is no demonstration, made ready for its administrator."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect

from config.errors import Refusal, message
from config.extensions import db, now, write
from config.settings import Settings
from inspection.people.kinds import AgencyCode
from inspection.people.passwords import new_password
from inspection.setup import first_run
from inspection.setup.load import NewAdministrator, SetupError, set_up


@click.command("setup")
@click.argument("unit", required=False)
@click.argument("username", required=False)
@click.option(
    "--full-name", help="Họ và tên quản trị viên / the administrator's name; mặc định / default: USERNAME."
)
@click.option(
    "--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào / read the password from standard input."
)
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    metavar="CODE=NAME",
    help="Tên riêng của một cơ quan / an agency's own name: police, market, economy, health, medical.",
)
@with_appcontext
def setup_command(
    unit: str | None,
    username: str | None,
    full_name: str | None,
    password_stdin: bool,
    agencies: tuple[str, ...],
) -> None:
    """Chuẩn bị bản cài đặt thật / make a real installation ready.

    UNIT is the code of the administrative unit that it serves. USERNAME is the first administrator's; it may be left
    out when there is one. Safe to run again: it brings the reference data up to date. Without UNIT: the address and the
    code of the page where all of this is filled in, once.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if settings.demonstration:
        raise click.ClickException("Cần DEMONSTRATION=0 / DEMONSTRATION=0 is needed")
    if not inspect(db.engine).has_table("account"):
        raise click.ClickException("Chạy lệnh này trước / run this first: flask db upgrade")
    if unit is None:
        _show_code(settings)
        return
    names = _agency_names(agencies)
    given = _given_password() if username and password_stdin else None
    password = given or new_password()
    administrator = (
        NewAdministrator(username, full_name or username, password, initial=given is None)
        if username
        else None
    )
    try:
        with write() as session:
            done = set_up(session, unit, administrator, names, now())
    except SetupError as problem:
        raise click.ClickException(str(problem)) from problem
    except Refusal as refusal:
        raise click.ClickException(
            f"{message(refusal.code, 'vi')} / {message(refusal.code, 'en')}"
        ) from refusal
    click.echo(f"Danh mục đã sẵn sàng / reference data ready: {done.unit.name} ({done.unit.id})")
    if not done.made:
        click.echo("Quản trị viên đã có từ trước / the administrator was there already")
        return
    click.echo(f"Quản trị viên / administrator: {username}")
    if given is None:
        click.echo(f"Mật khẩu, chỉ hiện lần này / password, shown only now: {password}")


def _show_code(settings: Settings) -> None:
    if not first_run.is_empty(db.session()):
        raise click.ClickException(
            "Đã có quản trị viên; thêm người ở trang Người dùng / "
            "there is an administrator already; add people on the People page"
        )
    click.echo(f"Mở / open: {settings.public_url}/first-run")
    click.echo(
        f"Mã, dùng trong một giờ / code, good for an hour: {first_run.code_at(settings.secret_key, now())}"
    )


def _given_password() -> str:
    """The password of the first line of standard input, or typed twice unseen at a terminal."""
    if sys.stdin.isatty():
        typed: str = click.prompt(
            "Mật khẩu / password", hide_input=True, confirmation_prompt="Nhập lại / again"
        )
        return typed
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise click.ClickException("Đầu vào không có mật khẩu / no password on standard input")
    return line


def _agency_names(given: tuple[str, ...]) -> dict[AgencyCode, str]:
    names = {}
    for text in given:
        code, _, name = text.partition("=")
        if code not in list(AgencyCode) or not name.strip():
            raise click.BadParameter(f"{text!r}: CODE=NAME", param_hint="--agency")
        names[AgencyCode(code)] = name.strip()
    return names


def register_commands(app: Flask) -> None:
    """Give the application its ``setup`` command."""
    app.cli.add_command(setup_command)
