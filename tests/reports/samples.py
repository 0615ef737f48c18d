"""Facts made by hand, small enough to count on paper.

Seven establishments, six of them visited in the third quarter of 2022 (15/6 to 14/9), eight visits:

| establishment | type | commune | visits | what came of it |
|---|---|---|---|---|
| one | production | A | 20/6, 10/8 | nothing on 20/6; a fine of 5.000.000 on 10/8, goods destroyed (3 products) |
| two | processing_trade | A | 21/6 | nothing |
| three | processing_trade | B | 1/7, 2/9 | reminder on 1/7; a warning and a second act undecided on 2/9 |
| four | catering | B | 14/9 | reminder, reminder (two acts) |
| five | catering | B | 15/6 | violation without a decision yet |
| six | street_food | – | 14/7 | nothing |
| seven | catering | A | 15/9 (next quarter) | a fine, which does not count |
| eight | production | A | never, and closed | – |
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from inspection.reports.documents.compose import Circumstances
from inspection.reports.facts import (
    CampaignFact,
    ComplaintFact,
    ConflictFact,
    EstablishmentFact,
    Facts,
    Jurisdiction,
    MeasureFact,
    ViolationFact,
    ViolationTypeFact,
    VisitFact,
)
from inspection.reports.periods import PeriodKind, legal

NAMESPACE = uuid.UUID("5c1f6b1e-0000-4000-8000-000000000000")


def identifier(name: str) -> uuid.UUID:
    """The same id for the same name in every run."""
    return uuid.uuid5(NAMESPACE, name)


QUARTER = legal(PeriodKind.QUARTER, 2022, 3)
DISTRICT = Jurisdiction(identifier("district"), "Huyện Thanh Liêm", "351", "district")
CAMPAIGN = CampaignFact(
    identifier("campaign"),
    "Tết Trung thu năm 2022",
    frozenset({identifier("police"), identifier("market")}),
    "1024/QĐ-UBND",
    date(2022, 6, 10),
)
OTHER_CAMPAIGN = CampaignFact(identifier("other campaign"), "Kiểm tra đột xuất tháng 9 năm 2022")


def establishment(name: str, kind: str, unit: str | None, *, operating: bool = True) -> EstablishmentFact:
    """One establishment of the register."""
    return EstablishmentFact(
        identifier(name), f"Cơ sở {name}", kind, identifier(f"commune {unit}") if unit else None, operating
    )


def visit(name: str, place: str, day: date, *domains: str, campaign: CampaignFact = CAMPAIGN) -> VisitFact:
    """One visit to the establishment called ``place``."""
    return VisitFact(
        identifier(f"visit {name}"), identifier(place), campaign.id, day, None, frozenset(domains)
    )


def found(
    number: int,
    on: str,
    code: str,
    severity: str | None = None,
    sanction: str | None = None,
    amount: int | None = None,
    authority: str | None = None,
) -> ViolationFact:
    """One violation found on the visit called ``on``."""
    return ViolationFact(
        id=identifier(f"violation {number}"),
        visit=identifier(f"visit {on}"),
        code=code,
        severity=severity,
        sanction=sanction,
        amount=amount,
        authority=authority,
    )


def act(code: str, domain: str, name: str) -> ViolationTypeFact:
    """One act of the catalogue."""
    return ViolationTypeFact(
        identifier(f"act {code}"), code, domain, name, f"{code} in English", date(2018, 10, 20)
    )


CHAIRMAN = "Chủ tịch UBND huyện"

FACTS = Facts(
    jurisdiction=DISTRICT,
    visits=(
        visit("1a", "one", date(2022, 6, 20), "food_safety", "labels"),
        visit("1b", "one", date(2022, 8, 10), "food_safety"),
        visit("2a", "two", date(2022, 6, 21), "food_safety"),
        visit("3a", "three", date(2022, 7, 1), "food_safety", "measurement"),
        visit("3b", "three", date(2022, 9, 2), "food_safety"),
        visit("4a", "four", date(2022, 9, 14), "food_safety"),
        visit("5a", "five", date(2022, 6, 15), "food_safety"),
        visit("6a", "six", date(2022, 7, 14), "food_safety", campaign=OTHER_CAMPAIGN),
        visit("7a", "seven", date(2022, 9, 15), "food_safety"),
    ),
    violations=(
        found(1, "1b", "ATTP-01", "nặng", "fine", 5_000_000, CHAIRMAN),
        found(2, "3a", "DL-01", "nhẹ", "reminder"),
        found(3, "3b", "ATTP-18", "nhẹ", "warning", None, CHAIRMAN),
        found(4, "3b", "NH-03", "nhẹ", None),
        found(5, "4a", "ATTP-18", "nhẹ", "reminder"),
        found(6, "4a", "ATTP-39", None, "reminder"),
        found(7, "5a", "ATTP-18", "nặng", None),
        found(8, "7a", "ATTP-18", "nặng", "fine", 9_000_000, CHAIRMAN),
        found(9, "voided visit", "ATTP-18", "nặng", "fine", 7_000_000, CHAIRMAN),
    ),
    measures=(MeasureFact(identifier("visit 1b"), "destruction", 3),),
    establishments=(
        establishment("one", "production", "A"),
        establishment("two", "processing_trade", "A"),
        establishment("three", "processing_trade", "B"),
        establishment("four", "catering", "B"),
        establishment("five", "catering", "B"),
        establishment("six", "street_food", None),
        establishment("seven", "catering", "A"),
        establishment("eight", "production", "A", operating=False),
    ),
    violation_types=(
        act(
            "ATTP-01",
            "food_safety",
            "Dùng nguyên liệu quá hạn/không có hạn dùng, không rõ nguồn gốc, hoặc động vật, sản phẩm động vật chưa kiểm"
            " dịch hay kiểm tra vệ sinh thú y",
        ),
        act("ATTP-18", "food_safety", "Cống rãnh ứ đọng/không che kín, thùng rác không nắp"),
        act("ATTP-39", "food_safety", "Người trực tiếp chế biến chưa được xác nhận tập huấn kiến thức ATTP"),
        act("DL-01", "measurement", "Dùng phương tiện đo nhóm 2 không có hoặc hết hạn kiểm định"),
        act("NH-03", "labels", "Thiếu hoặc sai nội dung bắt buộc trên nhãn"),
    ),
    campaigns=(CAMPAIGN, OTHER_CAMPAIGN),
    agency_names=((identifier("police"), "Công an huyện"), (identifier("market"), "Quản lý thị trường")),
    unit_names=(
        (identifier("commune A"), "Xã Thanh Hà"),
        (identifier("commune B"), "Thị trấn Kiện Khê"),
    ),
    conflicts=(
        ConflictFact("violation", identifier("violation 4"), "severity", visit=identifier("visit 3b")),
        ConflictFact("violation", identifier("violation 8"), "severity", visit=identifier("visit 7a")),
    ),
)


def complaint(
    number: int, kind: str, received_on: date, status: str = "received", **values: object
) -> ComplaintFact:
    """One petition of the register of 2022."""
    known: dict[str, object] = {
        "id": identifier(f"complaint {number}"),
        "petition_kind": kind,
        "channel": "desk",
        "received_on": received_on,
        "field": "food_safety",
        "summary": f"Nội dung đơn số {number}",
        "status": status,
        "register_number": number,
        "register_year": 2022,
        "petitioner_type": "one",
    }
    return ComplaintFact(**{**known, **values})  # type: ignore[arg-type]  # values are named after the fields


COMPLAINTS = (
    complaint(
        1,
        "complaint",
        date(2022, 5, 30),
        "settled",
        accepted_on=date(2022, 6, 7),
        acceptance_number="12/TB-UBND",
        due_on=date(2022, 7, 7),
        settled_on=date(2022, 7, 5),
        outcome="partly",
        decision_number="45/QĐ-UBND",
        subject_name="Đội kiểm tra số 2",
    ),
    complaint(
        2,
        "denunciation",
        date(2022, 6, 15),
        "settled",
        petitioner_type="several",
        people=4,
        due_on=date(2022, 7, 20),
        settled_on=date(2022, 7, 28),
        outcome="right",
        subject_name="Cơ sở bún tươi Ông Bảy",
        unit_name="Xã Thanh Hà",
        triggered_visit=True,
    ),
    complaint(
        3, "denunciation", date(2022, 8, 1), "received", due_on=date(2022, 8, 10), petitioner_type="anonymous"
    ),
    complaint(
        4,
        "complaint",
        date(2022, 9, 14),
        "accepted",
        accepted_on=date(2022, 9, 14),
        channel="forwarded",
        forwarded_by="Hội đồng nhân dân huyện",
        forwarded_number="7/CV",
        forwarded_on=date(2022, 9, 12),
    ),
    complaint(5, "complaint", date(2022, 9, 15)),
    complaint(6, "complaint", date(2022, 3, 1), "filed", ended_on=date(2022, 3, 9)),
)

CIRCUMSTANCES = Circumstances(
    report="0199f5a0-1111-7000-8000-00000000000a",
    revision=1,
    checkpoint="4f0c" * 16,
    taken_at=datetime(2022, 9, 14, 17, 5, tzinfo=UTC),
)
