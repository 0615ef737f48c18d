"""``flask backup``: create, verify, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config.extensions import now
from config.settings import Settings
from inspection.backup import files, operations
from inspection.backup.manifest import BackupError
from inspection.health import runs

group = AppGroup("backup", help="Sao lưu và khôi phục / backup and restore")
FOLDER = click.Path(file_okay=False, path_type=Path)


def register_commands(app: Flask) -> None:
    """Offer ``flask backup …``."""
    app.cli.add_command(group)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@group.command("create")
@click.argument("folder", type=FOLDER)
@click.option("--keys-to", type=FOLDER, help="Chép khóa vào thư mục riêng / copy the keys to a folder apart.")
@click.option("--keep", type=click.IntRange(1), help="Chỉ giữ N bản mới nhất / keep the N newest only.")
def create(folder: Path, keys_to: Path | None, keep: int | None) -> None:
    """Sao lưu cơ sở dữ liệu và tệp vào FOLDER / back up database and files into FOLDER.

    Runs beside the running system. The last line printed is the folder of this backup.
    """
    settings = _settings()
    try:
        with runs.noted(runs.BACKUP, runs.DAY):
            place = _create(settings, folder, keys_to)
        for gone in operations.prune(folder, keep) if keep else ():
            click.echo(f"đã bỏ bản cũ / removed: {gone.name}")
    except BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(place)


def _create(settings: Settings, folder: Path, keys_to: Path | None) -> Path:
    if keys_to is not None:
        written = files.save_keys(settings.data_dir, keys_to, folder)
        click.echo(f"{written} tệp khóa mới / new key files")
    place = operations.create(settings, folder, now())
    if faults := operations.verify(place):
        raise BackupError("; ".join(faults))
    return place


@group.command("verify")
@click.argument("backup", type=FOLDER)
def verify(backup: Path) -> None:
    """Đọc lại trọn một bản sao lưu / read a backup from end to end; exit 1 when anything does not hold."""
    try:
        faults = operations.verify(backup)
    except BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} lỗi / faults")
    sys.exit(1 if faults else 0)


@group.command("restore")
@click.argument("backup", type=FOLDER)
@click.option("--keys", type=FOLDER, help="Thư mục khóa / the folder of keys.")
@click.option("--without-keys", is_flag=True, help="Không có khóa nào / there are no keys to bring back.")
def restore(backup: Path, keys: Path | None, without_keys: bool) -> None:
    """Khôi phục vào một bản cài đặt trống / restore into an empty installation.

    Checks the whole backup first, migrates an older one, proves the journal, and begins a new generation, so that
    phones send again what the backup does not hold.
    """
    if keys is None and not without_keys:
        raise click.UsageError(
            "cần --keys (không có khóa thì danh tính đã niêm phong không bao giờ đọc được), hoặc --without-keys / "
            "--keys is needed (without the keys sealed identities stay shut for ever), or --without-keys"
        )
    try:
        made, faults, generation = operations.restore(_settings(), backup, keys)
    except BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    for fault in faults:
        click.echo(fault)
    click.echo(f"{made.entries} mục / entries, {len(made.files)} tệp / files, {len(faults)} lỗi / faults")
    if generation is None:
        raise click.ClickException("ĐỪNG cho điện thoại kết nối / do NOT let phones connect")
    click.echo(f"thế hệ / generation {generation}")
