"""``flask erase``: a value taken out of the journal because the law says so."""

from __future__ import annotations

import uuid

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from config.errors import Refusal, message
from config.extensions import now, write
from inspection.journal.erasure import erase
from inspection.journal.operation import Author
from inspection.people.grants import system_grants
from inspection.people.models import Account, Person
from inspection.people.operations import system_device
from inspection.people.passwords import username_key
from inspection.people.permissions import Role


@click.command("erase")
@click.argument("record", type=click.UUID)
@click.argument("field")
@click.option("--basis", required=True, help="Văn bản làm căn cứ / the document that orders it.")
@click.option(
    "--by", "username", required=True, help="Quản trị viên thực hiện / the administrator who does it."
)
@click.confirmation_option(prompt="Không lấy lại được. Tiếp tục? / This cannot be taken back. Go on?")
@with_appcontext
def erase_command(record: uuid.UUID, field: str, basis: str, username: str) -> None:
    """Xóa giá trị FIELD của bản ghi RECORD theo pháp luật / erase the value FIELD of RECORD under the law.

    The chain stays whole, the erasure is a record of the journal, and phones drop the value at their next pull. Issued
    documents and backups keep what they hold.
    """
    try:
        with write() as session:
            author, reference = administrator(session, username)
            emptied = erase(session, author, record, field, basis, reference)
    except Refusal as refusal:
        words = f"{message(refusal.code, 'vi')} / {message(refusal.code, 'en')}"
        raise click.ClickException(words) from refusal
    click.echo(f"{emptied} mục nhật ký / entries")


def administrator(session: Session, username: str) -> tuple[Author, str]:
    """The server writing in the name of an administrator, and the scope of the administrator's reference data.

    :raises Refusal: ``forbidden`` when nobody of that name administers.
    """
    account = session.query(Account).filter_by(username=username_key(username)).one_or_none()
    person = None if account is None else session.get(Person, account.id)
    if person is None or person.voided or not person.active or Role.ADMINISTRATOR not in person.roles:
        raise Refusal("forbidden")
    device = system_device(session, now())
    jurisdiction = uuid.UUID(person.scope.partition(":")[2])
    return Author(device.id, person.id, system_grants(person.id, jurisdiction)), person.scope


def register_commands(app: Flask) -> None:
    """Offer ``flask erase``."""
    app.cli.add_command(erase_command)
