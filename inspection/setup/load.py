"""Setting up in one transaction: everything, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from inspection.administration.kinds import Act
from inspection.administration.operations import note
from inspection.journal.models import Scope
from inspection.people.kinds import AgencyCode
from inspection.people.models import Account, Person
from inspection.people.operations import create_account, system_device
from inspection.people.passwords import username_key
from inspection.people.permissions import Role
from inspection.people.policy import policy_record, scope_of
from inspection.places.reference import UnitEntry
from inspection.setup.reference import unit_named, write_agencies, write_catalogues
from inspection.setup.writer import Writer

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SECOND_FACTOR_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)
"""Who needs a second factor from the first day; the office's rules may say otherwise later."""


class SetupError(Exception):
    """The installation cannot be set up like this; the message says why, in both languages."""


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """Who is to administer. ``password`` is what they sign in with at first; ``initial`` when it was made for them."""

    username: str
    full_name: str
    password: str
    initial: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was set up; ``made`` tells whether the administrator is new."""

    unit: UnitEntry
    made: bool


def set_up(
    session: Session,
    unit_code: str,
    administrator: NewAdministrator | None,
    agencies: Mapping[AgencyCode, str],
    moment: datetime,
) -> SetUp:
    """Bring the reference data of a jurisdiction up to date and make its first administrator, once.

    An ``administrator`` who is there already under the same user name keeps the password. Flushes; the caller commits.

    :raises SetupError: the unit is unknown, the installation belongs to another one, there is another administrator,
        or there is none and none was named.
    :raises Refusal: the user name or the password cannot be used.
    """
    unit = unit_named(unit_code, moment.astimezone(VIETNAM).date())
    if unit is None:
        raise SetupError(f"{unit_code}: không có đơn vị này trong danh mục / no such unit in the catalogue")
    scope = f"reference:{unit.id}"
    _refuse_another_jurisdiction(session, scope, unit)
    present = administrators(session, scope)
    if administrator is None and not present:
        raise SetupError("cần tên đăng nhập của quản trị viên / the administrator's user name is needed")
    if administrator is not None and present:
        _refuse_another_administrator(present, administrator)
    system_device(session, moment)
    writer = Writer(session, unit.id, moment)
    write_catalogues(writer, scope)
    write_agencies(writer, scope, agencies)
    writer.flush()
    if administrator is None or present:
        return SetUp(unit, made=False)
    _make_administrator(session, writer, scope, administrator, moment)
    return SetUp(unit, made=True)


def administrators(session: Session, scope: str) -> list[str]:
    """The user names of those who administer a jurisdiction, active or not."""
    rows = session.execute(
        select(Account.username, Person.roles)
        .join(Person, Person.id == Account.id)
        .where(Person.scope == scope, ~Person.voided)
        .order_by(Account.created_at)
    )
    return [username for username, roles in rows if Role.ADMINISTRATOR.value in roles]


def _make_administrator(
    session: Session, writer: Writer, scope: str, administrator: NewAdministrator, moment: datetime
) -> None:
    person = uuid7()
    fields = {"full_name": administrator.full_name, "roles": [Role.ADMINISTRATOR.value], "active": True}
    writer.create("person", person, scope, fields)
    writer.flush()
    # The journal has locked the scope by now: another set-up at the same moment has committed, or will wait.
    _refuse_another_administrator(administrators(session, scope), administrator)
    create_account(
        session, person, administrator.username, administrator.password, moment, initial=administrator.initial
    )
    asked = {"second_factor_roles": [role.value for role in SECOND_FACTOR_ROLES]}
    writer.create("office_policy", policy_record(writer.jurisdiction), scope_of(writer.jurisdiction), asked)
    writer.flush()
    note(session, writer.jurisdiction, Act.ACCOUNT_CREATED, person=person)


def _refuse_another_jurisdiction(session: Session, scope: str, unit: UnitEntry) -> None:
    others = session.scalars(select(Scope.id).where(Scope.id.startswith("reference:"), Scope.id != scope))
    if others.first() is not None:
        raise SetupError(
            f"bản cài đặt này đã thuộc về một đơn vị khác, không phải {unit.name} / "
            f"this installation belongs to another unit, not to {unit.name}"
        )


def _refuse_another_administrator(present: list[str], administrator: NewAdministrator) -> None:
    if present and username_key(administrator.username) not in present:
        raise SetupError(
            f"đã có quản trị viên ({', '.join(present)}); thêm người ở trang Người dùng / "
            f"there is an administrator already ({', '.join(present)}); add people on the People page"
        )
