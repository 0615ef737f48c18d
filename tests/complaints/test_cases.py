"""The course of a case as everybody meets it: the office, the API and what a phone pushes."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from config.extensions import db, write
from inspection.calendar.kinds import day_id
from inspection.campaigns.models import Campaign
from inspection.complaints import inspections, marks, operations, queries, reminders, sealing
from inspection.complaints.keys import current_public_key
from inspection.complaints.models import Complaint, PetitionerMark
from inspection.complaints.rules import Because, Relation, Status, StepKind
from inspection.journal import store
from inspection.journal.edit import edit
from inspection.journal.operation import Result
from inspection.journal.operation import Status as Answer
from inspection.mail.models import Mail
from tests.complaints.test_operations import PETITION, enter, read, step
from tests.world import World, codes, system_author

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What the law allows does not depend on the database."""
ACCEPT: dict[str, Any] = {"accepted_on": "2026-07-24", "acceptance_number": "5/QĐ"}


def take(world: World, record: uuid.UUID, kind: StepKind, on: str, **fields: object) -> Result:
    with world.app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        return operations.take_step(session, author, record, kind, {"happened_on": on, **fields})


def accepted(world: World, kind: str = "denunciation", **fields: Any) -> uuid.UUID:
    record = enter(world, petition_kind=kind, received_on="2026-07-20", **fields)
    assert step(world, record, Status.ACCEPTED, **ACCEPT).status is Answer.APPLIED
    return record


def due(world: World, record: uuid.UUID) -> tuple[str, str | None]:
    return read(world, record, lambda row: (str(row.due_on), row.due_because))


def pushed(world: World, *made: dict[str, Any]) -> list[str | None]:
    world.person("desk", "desk")
    phone = world.phone("desk")
    return codes(phone.push(*[{**each, "n": at + 1} for at, each in enumerate(made)]))


def raw(
    world: World, kind: str, record: uuid.UUID, of: uuid.UUID | None = None, **fields: object
) -> dict[str, Any]:
    """An operation as a phone would make it, past every office page."""
    with world.app.app_context():
        session = db.session()
        row = session.get(Complaint, of or record)
        base = "0" if row is None or of else store.generations(session).version(row.version)
    return {
        "id": str(uuid.uuid4()),
        "schema": 1,
        "kind": kind,
        "record": str(record),
        "scope": f"complaint:{of or record}",
        "base": base,
        "fields": fields,
        "made_at": "2026-08-01T08:00:00+07:00",
    }


@on_sqlite
def test_a_pushed_operation_meets_the_same_law_as_an_office_page(app: Flask) -> None:
    world = World(app)
    record = enter(world, received_on="2026-07-20")
    settle: dict[str, Any] = {
        "status": "settled",
        "settled_on": "2026-07-30",
        "outcome": "right",
        "decision_number": "1",
    }
    early: dict[str, Any] = {"status": "accepted", "accepted_on": "2026-07-01", "acceptance_number": "1"}
    bare: dict[str, Any] = {"status": "filed"}
    answers = pushed(world, *[raw(world, "complaint", record, **each) for each in (settle, early, bare)])
    assert answers == ["illegal_transition", "validation", "validation"]
    assert read(world, record, lambda row: row.status) == "received"


@on_sqlite
def test_a_petition_enters_the_register_as_received_and_not_as_settled(app: Flask) -> None:
    world = World(app)
    fields: dict[str, Any] = {**PETITION, "status": "settled", "jurisdiction": str(world.jurisdiction)}
    assert pushed(world, raw(world, "complaint", uuid.uuid4(), **fields)) == ["illegal_transition"]


@on_sqlite
def test_three_extensions_pushed_at_once_are_two(app: Flask) -> None:
    world = World(app)
    record = accepted(world, complexity="especially")
    extension: dict[str, Any] = {"complaint": str(record), "step": "extension", "number": "1/QĐ"}
    days = ("2026-08-10", "2026-08-11", "2026-08-12")
    made = [raw(world, "complaint_step", uuid.uuid4(), record, **extension, happened_on=day) for day in days]
    assert pushed(world, *made) == [None, None, "illegal_transition"]


@on_sqlite
def test_each_extension_moves_the_due_date_and_says_why(app: Flask) -> None:
    world = World(app)
    record = accepted(world, complexity="especially")
    assert due(world, record) == ("2026-08-24", "accepted")
    assert take(world, record, StepKind.EXTENSION, "2026-08-20", number="8/QĐ").status is Answer.APPLIED
    assert due(world, record) == ("2026-09-22", "step")
    refused = take(world, record, StepKind.EXTENSION, "2026-09-20")
    assert refused.error is not None
    assert refused.error["fields"].keys() == {"number"}


@on_sqlite
def test_a_suspended_complaint_has_no_due_date_until_it_goes_on(app: Flask) -> None:
    world = World(app)
    record = accepted(world, "complaint")
    take(world, record, StepKind.SUSPENSION, "2026-08-03", number="1/QĐ")
    assert due(world, record) == ("None", "step")
    take(world, record, StepKind.RESUMPTION, "2026-08-10", number="2/QĐ")
    assert due(world, record) == ("2026-09-03", "step")


@on_sqlite
def test_a_case_withdrawn_twice_was_withdrawn_once(app: Flask) -> None:
    world = World(app)
    record = accepted(world)
    withdrawal = raw(world, "complaint", record, status="withdrawn", ended_on="2026-08-01")
    again = {
        **withdrawal,
        "id": str(uuid.uuid4()),
        "fields": {"status": "withdrawn", "ended_on": "2026-08-02"},
    }
    back = {**again, "id": str(uuid.uuid4()), "fields": {"status": "accepted"}}
    answers = pushed(world, withdrawal, again, back)
    assert answers[0] is None
    assert answers[2] == "illegal_transition"
    assert read(world, record, lambda row: (row.status, str(row.ended_on))) == ("withdrawn", "2026-08-01")


@on_sqlite
def test_a_case_is_reclassified_only_before_it_is_handled(app: Flask) -> None:
    world = World(app)
    fresh, handled = enter(world, received_on="2026-07-20"), accepted(world)
    answers = pushed(
        world,
        raw(world, "complaint", fresh, petition_kind="denunciation"),
        raw(world, "complaint", handled, petition_kind="complaint"),
    )
    assert answers == [None, "illegal_transition"]


def test_one_paper_with_two_contents_is_two_cases_with_two_numbers(app: Flask) -> None:
    world = World(app)
    first = enter(world, received_on="2026-07-20", channel="forwarded", forwarded_by="Thường trực HĐND")
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        content = {"petition_kind": "denunciation", "field": "labels", "summary": "Ghi sai nhãn"}
        second, result = operations.receive_content(session, author, first, content)
        assert result.status is Answer.APPLIED, result
    with app.app_context():
        row = db.session.get_one(Complaint, second)
        assert (row.register_number, row.paper, row.forwarded_by) == (2, first, "Thường trực HĐND")
        links = queries.links_of(db.session(), first)
        assert [(link.complaint, link.relation, link.target) for link in links] == [
            (second, "same_paper", first)
        ]


def sealed_identity(app: Flask, name: str, address: str, contact: str = "") -> dict[str, Any]:
    identity = {"name": name, "address": address, "contact": contact}
    box = sealing.seal(current_public_key(app.config["SETTINGS"].data_dir), str(identity))
    return {**box, "marks": marks.tokens(identity)}


def alike(world: World, record: uuid.UUID) -> dict[uuid.UUID, tuple[bool, bool]]:
    with world.app.app_context():
        session = db.session()
        found = queries.alike(session, session.get_one(Complaint, record))
        return {one.complaint.id: (one.same_petitioner, one.same_subject) for one in found}


def test_a_repeat_is_found_by_its_writer_without_opening_who_that_is(app: Flask) -> None:
    world = World(app)
    composed = sealed_identity(app, "Nguyễn Văn Ấm", "thôn Đông, xã Thanh Lâm")
    decomposed = sealed_identity(app, "Nguyê\u0303n  va\u0306n Â\u0301m", "Thôn Đông - xã Thanh Lâm")
    first, other = enter(world, composed), enter(world, sealed_identity(app, "Trần Thị B", "thôn Tây"))
    second = enter(world, decomposed, received_on="2026-07-20")
    assert alike(world, second) == {first: (True, False)}
    assert alike(world, other) == {}
    with app.app_context():
        kept = db.session.query(PetitionerMark).all()
        assert not {one.mark for one in kept} & set(composed["marks"]), "what the browser sent is not kept"


@on_sqlite
def test_a_denunciation_is_never_matched_with_what_else_its_writer_wrote(app: Flask) -> None:
    world = World(app)
    identity = sealed_identity(app, "Nguyễn Văn Mẫu", "thôn Đông, xã Thanh Lâm")
    complaint, denunciation = enter(world, identity), enter(world, identity, petition_kind="denunciation")
    assert alike(world, complaint) == {}
    assert alike(world, denunciation) == {}


@on_sqlite
def test_two_petitions_about_one_shop_within_weeks_may_be_one_matter(app: Flask) -> None:
    world = World(app)
    shop = str(world.establishment())
    first = enter(world, establishment=shop, received_on="2026-07-20")
    near, far = enter(world, establishment=shop, received_on="2026-08-20"), enter(world, establishment=shop)
    assert alike(world, near) == {first: (False, True)}
    assert alike(world, far) == {}
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        assert operations.link(session, author, near, Relation.REPEAT, first).status is Answer.APPLIED
        again = operations.link(session, author, near, Relation.REPEAT, first)
        itself = operations.link(session, author, near, Relation.REPEAT, near)
        assert [one.error and one.error["code"] for one in (again, itself)] == ["validation", "validation"]
    assert alike(world, near) == {}, "what a person linked is not proposed again"


@on_sqlite
def test_a_tip_leads_to_an_inspection_and_the_way_back_is_found(app: Flask) -> None:
    world = World(app)
    tip = enter(
        world,
        petition_kind="denunciation",
        petitioner_type="anonymous",
        concrete_evidence=True,
        processable=True,
    )
    inspector = world.person("lead", "lead")
    campaign = world.campaign(leads=(inspector,))
    shop = world.establishment()
    phone = world.phone("lead")
    visit = phone.visit(campaign, shop)
    phone.push(visit)
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        operations.link(session, author, tip, Relation.VISIT, uuid.UUID(visit["record"]))
    with app.app_context():
        session = db.session()
        found = inspections.triggered_by(session, tip)
        assert [(one.campaign.id, [str(each.id) for each, _ in one.visits]) for one in found] == [
            (campaign, [visit["record"]])
        ]
        assert [row.id for row in inspections.cases_about(session, [uuid.UUID(visit["record"])])] == [tip]
        behind = inspections.cases_behind(session, session.get_one(Campaign, campaign))
        assert [row.id for row in behind] == [tip]
        row = session.get_one(Complaint, tip)
        assert (row.register_number, row.accepted_on) == (1, None)


@on_sqlite
def test_a_petition_taken_on_a_phone_stays_sealed(app: Flask) -> None:
    world = World(app)
    for name in ("inspector", "desk"):
        world.person(name, name)
    phone, record = world.phone("inspector"), uuid.uuid4()
    box = sealing.seal(current_public_key(app.config["SETTINGS"].data_dir), "Nguyễn Thị Kín, thôn Đông")
    fields: dict[str, Any] = {**PETITION, "status": "received", "jurisdiction": str(world.jurisdiction)}
    made = phone.operation("complaint", f"complaint:{record}", record, **fields)
    given = marks.tokens(
        {"name": "Nguyễn  Văn Á", "address": "Thôn Đông, xã Liêm Hà", "contact": "0900-000-001"}
    )
    assert [one[:8] for one in given] == ["21e3029f", "b1b2f6b3"], "what phone/tests/sealing.test.ts expects"
    for strange in ([1], ["x"], "x", given * 6):
        stray = phone.operation("complaint", f"complaint:{record}", record, **fields)
        assert codes(phone.push({**stray, "sealed": {**box, "marks": strange}})) != [None]
    assert codes(phone.push({**made, "sealed": {**box, "marks": given}})) == [None]
    with app.app_context():
        assert db.session.query(PetitionerMark).count() == 2, "a repeat will be noticed"
    assert read(world, record, lambda row: row.register_number) == 1
    pulled = str(world.phone("desk").record(record))
    assert "Kín" not in pulled
    assert box["box"] not in pulled


def list_day(world: World, day: str, day_type: str = "statutory") -> None:
    scope = world.reference
    world.add(
        "calendar_day",
        scope,
        day_id(scope, day),
        day=day,
        off=day_type != "swapped_work",
        day_type=day_type,
        name="Nghỉ theo thông báo",
        source="Thông báo số 1",
    )


def test_a_day_off_that_is_announced_late_moves_open_deadlines_and_says_so(app: Flask) -> None:
    world = World(app)
    record = accepted(world, "complaint")
    ended = accepted(world, "complaint")
    step(world, ended, Status.WITHDRAWN, ended_on="2026-08-01")
    list_day(world, "2026-08-24")
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        rows = queries.open_cases(session, world.jurisdiction)
        assert operations.set_clocks(session, author, rows, Because.CALENDAR) == 1
        assert operations.set_clocks(session, author, rows, Because.CALENDAR) == 0
    assert due(world, record) == ("2026-08-25", "calendar")
    assert due(world, ended) == ("2026-08-24", "accepted")


@on_sqlite
def test_a_day_of_the_calendar_has_one_record(app: Flask) -> None:
    world = World(app)
    list_day(world, "2026-08-24")
    with app.app_context(), write() as session:
        author = system_author(session, world.jurisdiction)
        fields = {"day": "2026-08-24", "off": True, "day_type": "statutory", "name": "x", "source": "y"}
        result = edit(session, author, kind="calendar_day", scope=world.reference, fields=fields)
        assert result.error is not None
        assert result.error["fields"].keys() == {"day"}


@on_sqlite
def test_reminders_go_to_the_handler_once_for_each_due_date(app: Flask) -> None:
    world = World(app)
    handler = world.person("handler", "handler")
    desk = world.person("desk", "desk")
    for person, email in ((handler, "handler@example.vn"), (desk, "desk@example.vn")):
        world.edit("person", world.reference, person, "0", email=email)
    mine = enter(world, received_on="2026-07-20", handler=str(handler))
    nobodys = enter(world, received_on="2026-07-20")
    with app.app_context(), write() as session:
        for day in (date(2026, 7, 28), date(2026, 7, 29), date(2026, 8, 3)):
            reminders.remind(session, world.jurisdiction, day, "http://office")
    with app.app_context():
        sent = [
            (mail.recipient, mail.subject, mail.about) for mail in db.session.query(Mail).order_by(Mail.id)
        ]
    soon, late = "Sắp đến hạn: đơn số {}/2026, hạn 30/7/2026", "Quá hạn: đơn số {}/2026, hạn 30/7/2026"
    assert sorted(sent) == sorted(
        [
            ("handler@example.vn", soon.format(1), f"/complaints/{mine}"),
            ("handler@example.vn", late.format(1), f"/complaints/{mine}"),
            ("desk@example.vn", soon.format(2), f"/complaints/{nobodys}"),
            ("desk@example.vn", late.format(2), f"/complaints/{nobodys}"),
        ]
    )


def test_of_two_officers_who_handle_one_case_at_once_one_is_told_that_it_moved_on(app: Flask) -> None:
    world = World(app)
    record = enter(world, received_on="2026-07-20")
    moves: list[tuple[Status, dict[str, Any]]] = [
        (Status.ACCEPTED, ACCEPT),
        (Status.FILED, {"ended_on": "2026-07-24"}),
    ]

    def handle(at: int) -> str:
        target, fields = moves[at]
        made = raw(world, "complaint", record, status=target.value, **fields)
        with app.app_context(), write() as session:
            author = replace(system_author(session, world.jurisdiction), device=uuid.uuid4())
            result = edit(
                session,
                author,
                kind="complaint",
                scope=made["scope"],
                record=record,
                fields=made["fields"],
                base=made["base"],
            )
            return str(result.status)

    with ThreadPoolExecutor(2) as desks:
        answers = sorted(desks.map(handle, range(2)))
    assert answers == ["applied", "rejected"]


@on_sqlite
def test_script_and_strange_unicode_are_kept_as_text_and_in_one_form(app: Flask) -> None:
    world = World(app)
    script = "<script>alert(1)</script>"
    record = enter(world, summary=f"{script} Nguye\u0302\u0303n", subject_name=script, settled_by=script)
    assert read(world, record, lambda row: (row.summary, row.subject_name)) == (f"{script} Nguyễn", script)
