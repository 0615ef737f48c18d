"""People from a workbook: every row read, every fault named at once, nothing written before all of it is right."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from inspection.people.passwords import username_key
from inspection.people.permissions import Role
from inspection.workbooks import Fault, Limits, Row, Sheet, WorkbookError, columns_of, read_workbook

HEADERS = ("Họ và tên", "Tên đăng nhập", "Cơ quan", "Vai trò", "Chức vụ", "Thư điện tử")
NAME, USERNAME, AGENCY, ROLES, POSITION, EMAIL = HEADERS
NEEDED = (NAME, USERNAME, ROLES)
MOST = 200
"""People of one workbook: each gets a password of their own, to be handed over on paper."""

LIMITS = Limits(sheets=3, rows=MOST + 1, columns=20, text=300, unpacked=5_000_000)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """One row: what becomes a person and an account."""

    full_name: str
    username: str
    roles: tuple[str, ...]
    agency: uuid.UUID | None
    position: str | None
    email: str | None

    def fields(self) -> dict[str, object]:
        """The person as the journal takes it."""
        said: dict[str, object | None] = {
            "full_name": self.full_name,
            "roles": list(self.roles),
            "agency": str(self.agency) if self.agency else None,
            "position": self.position,
            "email": self.email,
            "active": True,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a workbook mean: agencies and roles by any of their names, folded; user names in use."""

    agencies: Mapping[str, uuid.UUID]
    roles: Mapping[str, Role]
    taken: frozenset[str]


def fold(text: str) -> str:
    """The form in which names are compared: case, diacritics and white space looked through."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())


def read_people(content: bytes, known: Vocabulary) -> list[NewPerson]:
    """The people of a workbook's first sheet.

    :raises WorkbookError: with every fault of form and of meaning.
    """
    sheet = next(iter(read_workbook(content, LIMITS).values()))
    faults: list[Fault] = []
    columns_of(
        sheet,
        lambda header: header if header in HEADERS else None,
        {name: name for name in NEEDED},
        faults,
    )
    if faults:
        raise WorkbookError(faults)
    seen: dict[str, int] = {}
    people = [_person(sheet, row, known, seen, faults) for row in sheet.rows]
    if not people:
        faults.append(Fault(("Không có dòng nào", "There is no row"), sheet.name))
    if faults:
        raise WorkbookError(faults)
    return people


def _person(
    sheet: Sheet, row: Row, known: Vocabulary, seen: dict[str, int], faults: list[Fault]
) -> NewPerson:
    def wrong(header: str, vietnamese: str, english: str, **values: object) -> None:
        faults.append(Fault((vietnamese, english), sheet.name, sheet.at(row, header), values))

    for header in NEEDED:
        if not row.text(header):
            wrong(header, "Thiếu “{column}”", "“{column}” is missing", column=header)
    username = username_key(row.text(USERNAME))
    if username:
        _check_username(username, row, known, seen, wrong)
    agency = known.agencies.get(fold(row.text(AGENCY)))
    if row.text(AGENCY) and agency is None:
        wrong(AGENCY, "Không có cơ quan “{text}”", "There is no agency “{text}”", text=row.text(AGENCY))
    roles = []
    for word in (part.strip() for part in re.split(r"[,;]", row.text(ROLES)) if part.strip()):
        role = known.roles.get(fold(word))
        if role is None:
            wrong(ROLES, "Không có vai trò “{text}”", "There is no role “{text}”", text=word)
        else:
            roles.append(role.value)
    email = row.text(EMAIL) or None
    if email and not _EMAIL.fullmatch(email):
        wrong(EMAIL, "“{text}” không phải địa chỉ thư", "“{text}” is no e-mail address", text=email)
    ordered = tuple(role.value for role in Role if role.value in roles)
    return NewPerson(row.text(NAME), username, ordered, agency, row.text(POSITION) or None, email)


class _Wrong(Protocol):
    def __call__(self, header: str, vietnamese: str, english: str, **values: object) -> None: ...


def _check_username(username: str, row: Row, known: Vocabulary, seen: dict[str, int], say: _Wrong) -> None:
    if not _USERNAME.fullmatch(username):
        say(
            USERNAME,
            "Tên đăng nhập “{text}”: chỉ chữ không dấu, số, dấu chấm, gạch; từ 3 đến 64 ký tự",
            "User name “{text}”: letters without marks, digits, dot and dash only; 3 to 64 of them",
            text=username,
        )
    elif username in known.taken:
        say(USERNAME, "Tên đăng nhập “{text}” đã có người dùng", "User name “{text}” is taken", text=username)
    elif username in seen:
        say(
            USERNAME,
            "Tên đăng nhập “{text}” đã có ở dòng {row}",
            "User name “{text}” is in row {row} already",
            text=username,
            row=seen[username],
        )
    seen.setdefault(username, row.number)
