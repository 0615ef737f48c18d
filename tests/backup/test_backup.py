"""Backups: made beside the running system, checked, and restored into an empty machine that phones then meet."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade

from config.extensions import db, snapshot
from config.settings import Settings
from config.storage import open_storage
from inspection.backup import files
from inspection.complaints import keys
from inspection.evidence.rules import content_key
from inspection.journal import rebuild, signing
from tests import services
from tests.conftest import release, settings_for
from tests.evidence.samples import photo
from tests.evidence.sending import Sender, announce
from tests.world import Phone, World, statuses

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class District:
    """A district at work: one phone, one visit with its photo."""

    world: World
    phone: Phone
    campaign: uuid.UUID
    shop: uuid.UUID
    photo: str

    @property
    def settings(self) -> Settings:
        found: Settings = self.world.app.config["SETTINGS"]
        return found


@pytest.fixture
def district(app: Flask) -> District:
    world = World(app)
    campaign = world.campaign(world.person("an", "inspector"))
    shop, phone, content = world.establishment(), world.phone("an"), photo()
    visit = phone.visit(campaign, shop)
    assert statuses(phone.push(visit)) == ["applied"]
    evidence = announce(phone, visit, content)
    sender = Sender(phone, evidence)
    sender.create(len(content))
    assert sender.patch(0, content).status_code == 204
    data_dir = world.app.config["SETTINGS"].data_dir
    keys.current_public_key(data_dir)
    signing.private_key(data_dir)
    key = next(iter(open_storage(world.app.config["SETTINGS"].storage_url).keys()))
    return District(world, phone, campaign, shop, key)


@pytest.fixture
def empty_machine(request: pytest.FixtureRequest, app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An application of the same kind of database that holds nothing at all, not even tables."""
    from wsgi import create_app

    settings: Settings = app.config["SETTINGS"]
    folder = tmp_path / "another machine"
    url = f"sqlite:///{folder / 'inspection.sqlite3'}"
    if not settings.sqlite:
        cluster: services.Postgresql = request.getfixturevalue("postgresql")
        cluster.drop("another")
        url = cluster.create("another")
    empty = create_app(settings_for(folder, url))
    yield empty
    release(empty)


def run(app: Flask, *words: str | Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["backup", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    release(app)
    return result.exit_code, result.output


def backed_up(app: Flask, folder: Path, keys_to: Path) -> Path:
    code, output = run(app, "create", folder, "--keys-to", keys_to)
    assert code == 0, output
    return Path(output.splitlines()[-1])


def test_a_district_is_restored_into_an_empty_machine_and_its_phones_lose_nothing(
    district: District, empty_machine: Flask, tmp_path: Path
) -> None:
    place = backed_up(district.world.app, tmp_path / "backups", tmp_path / "safe")
    phone = district.phone
    after_backup = phone.visit(district.campaign, district.shop)
    assert statuses(phone.push(after_backup)) == ["applied"]
    unsent = phone.visit(district.campaign, district.shop)
    seen = phone.pull()["cursors"]

    code, output = run(empty_machine, "restore", place, "--keys", tmp_path / "safe")
    assert code == 0, output
    assert "0 lỗi / faults" in output

    phone.app = empty_machine
    page = phone.pull(seen)
    scope = f"campaign:{district.campaign}"
    [told] = [one for one in page["resync"] if one["scope"] == scope]
    restored_to = told["restored_to"]
    assert 0 < restored_to < int(seen[scope].split(".")[1])
    assert statuses(phone.push(after_backup, unsent)) == ["applied", "applied"]
    assert {after_backup["record"], unsent["record"]} <= phone.pull_all().keys()

    settings: Settings = empty_machine.config["SETTINGS"]
    assert open_storage(settings.storage_url).exists(district.photo)
    old = keys.current_public_key(district.settings.data_dir)
    assert keys.current_public_key(settings.data_dir) == old
    with empty_machine.app_context(), snapshot() as session:
        assert list(rebuild.differences(session)) == []
    code, output = run_journal(empty_machine, "verify")
    assert code == 0, output


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_backup_from_before_the_partitions_is_moved_into_them(
    district: District, empty_machine: Flask, tmp_path: Path
) -> None:
    app = district.world.app
    with app.app_context():
        downgrade(revision="0024")
    release(app)
    place = backed_up(app, tmp_path / "backups", tmp_path / "safe")
    code, output = run(empty_machine, "restore", place, "--keys", tmp_path / "safe")
    assert code == 0, output
    assert "0 lỗi / faults" in output
    with empty_machine.app_context():
        parts = db.session.scalars(
            db.text("SELECT relid FROM pg_partition_tree('journal_entry') WHERE isleaf")
        )
        assert len(parts.all()) == 16


def run_journal(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["journal", *words])
    return result.exit_code, result.output


def test_nothing_is_restored_over_data(district: District, tmp_path: Path) -> None:
    place = backed_up(district.world.app, tmp_path / "backups", tmp_path / "safe")
    code, output = run(district.world.app, "restore", place, "--keys", tmp_path / "safe")
    assert (code, "restored into an empty one only" in output) == (1, True), output
    assert statuses(district.phone.push(district.phone.visit(district.campaign, district.shop))) == [
        "applied"
    ]


def flip(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


@on_sqlite
@pytest.mark.parametrize("what", ["database", "photo", "lost photo", "manifest"])
def test_a_damaged_backup_is_named_and_restores_nothing(
    district: District, empty_machine: Flask, tmp_path: Path, what: str
) -> None:
    place = backed_up(district.world.app, tmp_path / "backups", tmp_path / "safe")
    [pooled] = (tmp_path / "backups" / files.POOL).glob("*/*")
    match what:
        case "database":
            flip(place / "database.sqlite3")
        case "photo":
            flip(pooled)
        case "lost photo":
            pooled.unlink()
        case _:
            (place / "manifest.json").write_text("{")
    assert run(district.world.app, "verify", place)[0] == 1
    code, output = run(empty_machine, "restore", place, "--keys", tmp_path / "safe")
    assert code == 1, output
    settings: Settings = empty_machine.config["SETTINGS"]
    assert not (settings.data_dir / "inspection.sqlite3").exists()
    assert not (settings.data_dir / keys.FOLDER).exists()


@on_sqlite
def test_the_same_photo_is_kept_once_and_old_backups_go(district: District, tmp_path: Path) -> None:
    backups, safe = tmp_path / "backups", tmp_path / "safe"
    first = backed_up(district.world.app, backups, safe)
    renamed = first.rename(first.with_name("20200101T000000Z"))
    second = backed_up(district.world.app, backups, safe)
    [pooled] = (backups / files.POOL).glob("*/*")
    assert content_key(pooled.name) == district.photo
    settings = district.settings
    open_storage(settings.storage_url).delete(district.photo)
    (second / "manifest.json").unlink()
    code, output = run(district.world.app, "create", backups, "--keep", "1")
    if code:  # within the same second
        second.rename(second.with_name("gone"))
        code, output = run(district.world.app, "create", backups, "--keep", "1")
    assert code == 0, output
    assert not renamed.exists()
    assert not pooled.exists(), "no backup that is left needs it"


@on_sqlite
def test_keys_are_never_put_beside_the_database(district: District, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    for wrong in (backups, backups / "keys", tmp_path):
        code, output = run(district.world.app, "create", backups, "--keys-to", wrong)
        assert (code, "keys go to a folder apart" in output) == (1, True), output
    place = backed_up(district.world.app, backups, tmp_path / "safe")
    secret = next((district.settings.data_dir / keys.FOLDER).glob("*.pem")).read_bytes()
    assert all(secret not in path.read_bytes() for path in backups.rglob("*") if path.is_file())
    assert (tmp_path / "safe" / keys.FOLDER).is_dir()
    closed = (place, backups / files.POOL, tmp_path / "safe" / keys.FOLDER)
    assert all(path.stat().st_mode & 0o077 == 0 for path in closed)


@on_sqlite
def test_a_restore_asks_for_the_keys_and_for_the_same_kind_of_database(
    district: District, empty_machine: Flask, tmp_path: Path
) -> None:
    place = backed_up(district.world.app, tmp_path / "backups", tmp_path / "safe")
    code, output = run(empty_machine, "restore", place)
    assert (code, "--keys" in output) == (2, True)
    settings: Settings = empty_machine.config["SETTINGS"]
    empty_machine.config["SETTINGS"] = replace(settings, database_url="postgresql+psycopg://x@127.0.0.1:1/x")
    code, output = run(empty_machine, "restore", place, "--keys", tmp_path / "safe")
    assert (code, "the backup is one of sqlite" in output) == (1, True), output


@on_sqlite
def test_a_backup_of_a_later_program_is_refused(
    district: District, empty_machine: Flask, tmp_path: Path
) -> None:
    with district.world.app.app_context():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
    place = backed_up(district.world.app, tmp_path / "backups", tmp_path / "safe")
    code, output = run(empty_machine, "restore", place, "--keys", tmp_path / "safe")
    assert (code, "newer than this program" in output) == (1, True), output
