"""Who and where in the demonstration district. Pure data and ids."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from inspection.places.rules import unit_id

NAMESPACE = uuid.UUID("5b2f6d34-7f0c-5d0a-8f43-0d9a2b6c1e77")
DISTRICT_CODE = "351"
JURISDICTION = unit_id(DISTRICT_CODE, date(2021, 1, 1))
"""The demonstration keeps the district's id although the district level ended on 1 July 2025: its scopes carry it."""
REFERENCE = f"reference:{JURISDICTION}"
ESTABLISHMENTS = f"establishments:{JURISDICTION}"


def demo_id(*words: object) -> uuid.UUID:
    """The id of a demonstration record, the same at every load."""
    return uuid.uuid5(NAMESPACE, "\n".join(str(word) for word in words))


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An agency of the interagency team."""

    code: str
    name_vi: str
    name_en: str

    @property
    def id(self) -> uuid.UUID:
        """The id of its record."""
        return demo_id("agency", self.code)


AGENCIES = (
    AgencyEntry("police", "Công an huyện Thanh Liêm", "Thanh Liêm District Police"),
    AgencyEntry("market", "Đội Quản lý thị trường", "Market Surveillance Team"),
    AgencyEntry("economy", "Phòng Kinh tế và Hạ tầng", "Economy and Infrastructure Office"),
    AgencyEntry("health", "Phòng Y tế", "Health Office"),
    AgencyEntry("medical", "Trung tâm Y tế huyện", "District Medical Centre"),
)


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A made-up person; ``key`` is also the user name and the key in the accounts file."""

    key: str
    full_name: str
    roles: tuple[str, ...]
    position: str
    agency: str | None = None

    @property
    def id(self) -> uuid.UUID:
        """The id of the person's record and account."""
        return demo_id("person", self.key)


PEOPLE = (
    PersonEntry("admin", "Ngô Quang Huy", ("administrator",), "Quản trị hệ thống"),
    PersonEntry("manager", "Lê Thị Thanh Bình", ("manager",), "Phó Chánh Văn phòng", "economy"),
    PersonEntry("auditor", "Phạm Gia Khiêm", ("auditor",), "Thanh tra viên"),
    PersonEntry("desk", "Nguyễn Thị Mai Lan", ("desk",), "Cán bộ tiếp công dân"),
    PersonEntry("handler", "Hoàng Đức Trọng", ("handler",), "Chuyên viên xử lý đơn"),
    PersonEntry("lead", "Trần Văn Nghiệp", ("lead",), "Trưởng đoàn kiểm tra", "economy"),
    PersonEntry("inspector_police", "Đỗ Mạnh Cường", ("inspector",), "Cán bộ Đội Cảnh sát kinh tế", "police"),
    PersonEntry(
        "inspector_market", "Vũ Thị Hồng Nhung", ("inspector",), "Kiểm soát viên thị trường", "market"
    ),
    PersonEntry(
        "inspector_economy", "Bùi Anh Tú", ("inspector",), "Chuyên viên đo lường, chất lượng", "economy"
    ),
    PersonEntry(
        "inspector_health", "Trịnh Thu Phương", ("inspector",), "Chuyên viên an toàn thực phẩm", "health"
    ),
    PersonEntry(
        "inspector_medical", "Đặng Quốc Việt", ("inspector",), "Bác sĩ, khoa An toàn thực phẩm", "medical"
    ),
)
TEAM = tuple(person for person in PEOPLE if {"lead", "inspector"} & set(person.roles))
"""The people of the interagency team, its lead first."""


def agency_id(code: str) -> uuid.UUID:
    """The id of an agency by its code."""
    return next(agency.id for agency in AGENCIES if agency.code == code)


def person_id(key: str) -> uuid.UUID:
    """The id of a person by key."""
    return next(person.id for person in PEOPLE if person.key == key)
