"""``flask identities``: the key that identities are sealed to, replaced without losing one."""

from __future__ import annotations

import uuid
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config.errors import Refusal, message
from config.extensions import snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.complaints import keys, rotation
from inspection.complaints.attachments import storage_key
from inspection.complaints.sealing import SealingError
from inspection.people.commands import administrator

group = AppGroup("identities", help="Danh tính niêm phong / sealed identities")


def register_commands(app: Flask) -> None:
    """Offer ``flask identities …``."""
    app.cli.add_command(group)


@group.command("rotate")
def rotate() -> None:
    """Make a new key and seal every identity to it. Old keys stay until they are removed by hand."""
    key = keys.new_key(_data_dir())
    click.echo(f"khóa mới / new key: {key}")
    try:
        with write() as session:
            changed = rotation.reseal(session, _data_dir())
    except SealingError as problem:
        raise click.ClickException(
            f"Chưa niêm phong lại được; không có gì thay đổi / not sealed anew, nothing was changed: {problem}"
        ) from problem
    click.echo(f"{changed} danh tính đã niêm phong lại / identities sealed anew")


@group.command("unused-keys")
def unused_keys() -> None:
    """Name the keys that nothing in the database needs any more. Backups and phones that have not sent may."""
    with snapshot() as session:
        for kid in rotation.unused(session, _data_dir()):
            click.echo(f"{keys.FOLDER}/{kid}.pem")


@group.command("erase")
@click.argument("complaint", type=click.UUID)
@click.option("--basis", required=True, help="Văn bản làm căn cứ / the document that orders it.")
@click.option(
    "--by", "username", required=True, help="Quản trị viên thực hiện / the administrator who does it."
)
@click.confirmation_option(prompt="Không lấy lại được. Tiếp tục? / This cannot be taken back. Go on?")
def erase(complaint: uuid.UUID, basis: str, username: str) -> None:
    """Xóa danh tính của đơn COMPLAINT theo pháp luật / erase the identity of a case under the law."""
    try:
        with write() as session:
            author, reference = administrator(session, username)
            erased = rotation.forget(session, author, complaint, basis, reference)
    except Refusal as refusal:
        words = f"{message(refusal.code, 'vi')} / {message(refusal.code, 'en')}"
        raise click.ClickException(words) from refusal
    storage = open_storage(_settings().storage_url)
    for attachment in erased:
        storage.delete(storage_key(complaint, attachment))
    click.echo(f"đã xóa; tệp kèm theo: {len(erased)} / erased; attachments: {len(erased)}")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _data_dir() -> Path:
    return _settings().data_dir
