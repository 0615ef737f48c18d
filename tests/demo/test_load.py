"""Loading the demonstration, on both databases."""

import json
import stat
import uuid
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from config.extensions import Base, db, write
from inspection.campaigns.models import Assignment, Campaign
from inspection.campaigns.queries import campaigns_on
from inspection.checklists.queries import editions_on, violation_types_on
from inspection.complaints import keys, sealing
from inspection.complaints.models import Complaint, SealedIdentity
from inspection.complaints.queries import register_of
from inspection.demo.district import JURISDICTION, PEOPLE, REFERENCE
from inspection.demo.petitions import IDENTITY
from inspection.journal import rebuild
from inspection.journal.edit import edit
from inspection.journal.models import ConflictRow, Entry, Parked, Record
from inspection.journal.store import generations
from inspection.people.operations import authenticate
from inspection.places.models import Establishment, Unit
from inspection.places.queries import units_on
from inspection.setup.writer import author
from inspection.visits.models import Answer, Signature, Violation, Visit
from inspection.visits.queries import visit_record
from tests.demo.conftest import TODAY, load_into


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_district_is_there_after_a_load(district: Flask) -> None:
    with district.app_context():
        session = db.session()
        assert count(Establishment) == 60
        assert len(units_on(session, REFERENCE, date(2022, 9, 1), ["commune", "township"])) == 16
        assert len(editions_on(session, REFERENCE, TODAY)) == 4
        assert len(violation_types_on(session, REFERENCE, TODAY)) == 109
        running = campaigns_on(session, JURISDICTION, TODAY)
        assert len(running) == 1
        team = session.scalars(select(Assignment.duty).where(Assignment.campaign == running[0].id)).all()
        assert sorted(team) == ["lead", *["member"] * 5]
        assert count(Parked) == count(ConflictRow) == 0


def test_visits_stand_in_units_and_editions_of_their_day(district: Flask) -> None:
    with district.app_context():
        session = db.session()
        editions = {day: {str(e.id) for e in editions_on(session, REFERENCE, day)} for day in visited_days()}
        for visit in session.scalars(select(Visit)):
            unit = session.get_one(Unit, visit.unit)
            assert unit.valid_from <= visit.visited_on
            assert unit.valid_to is None or visit.visited_on <= unit.valid_to
            assert set(visit.checklists or ()) == editions[visit.visited_on]
            assert visit.finished_at is not None


def visited_days() -> set[date]:
    return set(db.session.scalars(select(Visit.visited_on)))


def test_every_establishment_is_in_a_unit_of_today(district: Flask) -> None:
    with district.app_context():
        session = db.session()
        today = {unit.id for unit in units_on(session, REFERENCE, TODAY, ["commune", "ward"])}
        assert set(session.scalars(select(Establishment.unit))) == today


def test_both_campaigns_have_passes_reminders_and_fines_for_a_summary(district: Flask) -> None:
    with district.app_context():
        session = db.session()
        for campaign in session.scalars(select(Campaign)):
            visits = session.scalars(select(Visit.id).where(Visit.campaign == campaign.id)).all()
            sanctions = set(session.scalars(select(Violation.sanction).where(Violation.visit.in_(visits))))
            assert {"fine", "reminder"} <= sanctions
            clean = set(visits) - set(session.scalars(select(Violation.visit)))
            assert clean


def test_a_signature_covers_what_was_written_and_the_sanction_came_after(district: Flask) -> None:
    with district.app_context():
        session = db.session()
        fined = session.scalars(select(Violation).where(Violation.sanction == "fine")).first()
        assert fined is not None
        record = visit_record(session, fined.visit)
        assert record is not None
        assert {each.party for each in record.signatures} == {"team", "establishment"}
        covers = record.signatures[0].covers
        assert covers is not None
        assert {str(answer.id) for answer in record.answers} < covers.keys()
        signed = int(covers[str(fined.id)].partition(".")[2])
        assert signed < fined.version
        amendments = session.scalars(
            select(Entry.amendment).where(Entry.record == fined.id).order_by(Entry.seq)
        ).all()
        assert amendments[0] is None
        assert amendments[-1] is not None


def test_the_register_holds_two_petitions_and_one_sealed_name(district: Flask) -> None:
    data_dir = district.config["SETTINGS"].data_dir
    with district.app_context():
        rows = register_of(db.session(), JURISDICTION, 2026)
        assert [(row.register_number, row.petition_kind, row.status) for row in rows] == [
            (1, "denunciation", "accepted"),
            (2, "recommendation", "received"),
        ]
        kept = db.session.get_one(SealedIdentity, rows[0].id)
        private = keys.private_key(data_dir, kept.key)
        assert sealing.open_sealed(private, {"key": kept.key, "box": kept.box}) == IDENTITY


def test_everybody_can_sign_in_with_the_password_in_the_file(district: Flask) -> None:
    file = district.config["SETTINGS"].data_dir / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_text())
    assert accounts.keys() == {person.key for person in PEOPLE}
    assert len({account["password"] for account in accounts.values()}) == len(accounts)
    with district.app_context():
        for key in ("admin", "lead", "inspector_medical"):
            person = authenticate(db.session(), accounts[key]["username"], accounts[key]["password"])
            assert person is not None


def test_a_second_load_changes_nothing(app: Flask) -> None:
    first = load_into(app)
    with app.app_context():
        before = count(Entry), count(Record), count(Complaint), count(Signature), count(Answer)
    assert first.renewed
    second = load_into(app, date(2026, 12, 24))
    with app.app_context():
        assert (count(Entry), count(Record), count(Complaint), count(Signature), count(Answer)) == before
    assert second.accounts == first.accounts
    assert not second.renewed


def test_what_people_changed_survives_a_load_and_what_data_files_say_comes_back(app: Flask) -> None:
    load_into(app)
    with app.app_context(), write() as session:
        establishment = session.scalars(select(Establishment).order_by(Establishment.external_id)).first()
        unit = session.scalars(select(Unit).where(Unit.code == "351")).one()
        assert establishment is not None
        somebody = author(uuid.UUID(int=1), JURISDICTION)
        for record, kind, words in (
            (establishment, "establishment", "Tên mới"),
            (unit, "unit", "Huyện khác"),
        ):
            base = generations(session).version(record.version)
            edit(
                session,
                somebody,
                kind=kind,
                scope=record.scope,
                record=record.id,
                fields={"name": words},
                base=base,
            )
        changed = establishment.id
    load_into(app)
    with app.app_context():
        assert db.session.get_one(Establishment, changed).name == "Tên mới"
        assert db.session.scalars(select(Unit.name).where(Unit.code == "351")).one() == "Huyện Thanh Liêm"


def test_lost_passwords_are_replaced(app: Flask) -> None:
    first = load_into(app)
    (app.config["SETTINGS"].data_dir / "demo-accounts.json").unlink()
    second = load_into(app)
    assert second.renewed
    assert second.accounts["lead"]["password"] != first.accounts["lead"]["password"]
    with app.app_context():
        old, new = (loaded.accounts["lead"]["password"] for loaded in (first, second))
        assert authenticate(db.session(), "lead", old) is None
        assert authenticate(db.session(), "lead", new) is not None


def test_the_demonstration_can_be_rebuilt_from_the_journal(district: Flask) -> None:
    with district.app_context():
        assert list(rebuild.differences(db.session())) == []


def test_before_the_reform_nothing_has_moved(app: Flask) -> None:
    load_into(app, date(2022, 11, 1))
    with app.app_context():
        codes = {unit.id: unit.level for unit in db.session.scalars(select(Unit))}
        levels = {codes[unit] for unit in db.session.scalars(select(Establishment.unit)) if unit is not None}
    assert levels == {"commune", "township"}


def test_the_command_says_where_the_accounts_are_and_shows_passwords_only_when_asked(app: Flask) -> None:
    file = app.config["SETTINGS"].data_dir / "demo-accounts.json"
    words = ["demo", "load", "--today", "2026-11-23"]
    first = app.test_cli_runner().invoke(args=[*words, "--show-passwords"])
    assert first.exit_code == 0, first.output
    password = json.loads(file.read_text())["lead"]["password"]
    assert password in first.output
    again = app.test_cli_runner().invoke(args=[*words, "--show-passwords"])
    assert str(file) in again.output
    assert password not in again.output
    file.unlink()
    silent = app.test_cli_runner().invoke(args=words)
    assert json.loads(file.read_text())["lead"]["password"] not in silent.output
