"""Finished visits of the demonstration: answers, violations, readings, signatures and, days later, the sanctions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from inspection.checklists.catalogue import violation_types
from inspection.checklists.rules import Payer, fine_range
from inspection.demo.district import demo_id, person_id
from inspection.demo.measuring import measured
from inspection.demo.records import (
    CampaignEntry,
    EstablishmentEntry,
    at,
    editions_for,
    establishments,
    unit_on,
)
from inspection.setup.writer import Writer
from inspection.visits.rules import answer_id

AUTHORITY = "Chủ tịch UBND huyện Thanh Liêm (trình diễn)"
DAYS_TO_DECISION = 5
INSPECTOR_OF = {
    "food_safety": "inspector_health",
    "measurement": "inspector_economy",
    "quality": "inspector_market",
    "labels": "inspector_market",
}
CATERING_ONLY = frozenset({"ATTP-C15", "ATTP-C16"})
STREET_ONLY = frozenset({"ATTP-C17", "ATTP-C18"})
READINGS = {"ATTP-C10": ("4.5", "°C"), "DL-C06": ("5", "g"), "DL-C07": ("2", "kg")}


@dataclass(frozen=True, slots=True)
class Finding:
    """A failed item: the act it raises and what becomes of it. ``measure`` is type, products, quantity, unit."""

    item: str
    code: str
    description: str
    sanction: str
    corrected: bool = False
    goods_value: int | None = None
    measure: tuple[str, int, str | None, str | None] | None = None


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """A visit: which establishment, how many days after the campaign's first, at what hour."""

    establishment: int
    day: int
    hour: int
    findings: tuple[Finding, ...] = ()


CLOTHES = Finding(
    "ATTP-C06", "ATTP-35", "Hai người chế biến không đội mũ, không mang khẩu trang", "reminder", True
)
SAMPLES = Finding("ATTP-C16", "ATTP-37", "Không lưu mẫu thức ăn bữa trưa", "fine")
DRAINS = Finding("ATTP-C13", "ATTP-18", "Rãnh thoát nước ứ đọng, thùng rác không nắp", "fine")
SCALE = Finding("DL-C02", "DL-01", "Cân đồng hồ lò xo hết hạn kiểm định", "fine")
LABEL = Finding(
    "NH-C02",
    "NH-03",
    "Nhãn bánh thiếu địa chỉ cơ sở chịu trách nhiệm",
    "reminder",
    measure=("label_remedy", 3, None, None),
)
EXPIRED = Finding(
    "CL-C04",
    "CL-11",
    "Bày bán 12 gói bánh quá hạn sử dụng",
    "fine",
    goods_value=480_000,
    measure=("destruction", 1, "3.6", "kg"),
)
HANDS = Finding("ATTP-C17", "ATTP-42", "Thức ăn bày bán không che đậy", "warning", True)

PAST = (
    VisitPlan(13, 1, 8, (LABEL,)),
    VisitPlan(2, 1, 14, (EXPIRED,)),
    VisitPlan(3, 3, 8, (CLOTHES,)),
    VisitPlan(28, 3, 14),
    VisitPlan(30, 8, 8, (DRAINS, SCALE)),
    VisitPlan(15, 8, 14, (SAMPLES,)),
    VisitPlan(54, 9, 8),
    VisitPlan(16, 9, 14, (HANDS,)),
)
RUNNING = (
    VisitPlan(5, 1, 8, (DRAINS,)),
    VisitPlan(9, 1, 14, (EXPIRED, SCALE)),
    VisitPlan(31, 4, 8),
    VisitPlan(50, 4, 14, (LABEL,)),
    VisitPlan(41, 8, 8, (SAMPLES,)),
    VisitPlan(44, 8, 14),
)


def write_visits(writer: Writer, campaign: CampaignEntry, today: date) -> None:
    """Make the finished visits of a campaign, with sanctions as far as they were decided by ``today``."""
    places = {entry.number: entry for entry in establishments()}
    for plan in PAST if campaign.key == "2022" else RUNNING:
        _VisitWriter(writer, campaign, plan, places[plan.establishment]).write(today)


@dataclass
class _VisitWriter:
    writer: Writer
    campaign: CampaignEntry
    plan: VisitPlan
    place: EstablishmentEntry

    def __post_init__(self) -> None:
        self.day = self.campaign.starts_on + timedelta(days=self.plan.day)
        self.visit = demo_id("visit", self.campaign.key, self.plan.establishment)
        self.finished = at(self.day, self.plan.hour + 2, 15)
        self.failed = {finding.item: finding for finding in self.plan.findings}
        self.mine: list[uuid.UUID] = []

    def write(self, today: date) -> None:
        lead = person_id("lead")
        editions = editions_for(self.day)
        fields: dict[str, object] = {
            "campaign": str(self.campaign.id),
            "establishment": str(self.place.id),
            "visited_on": self.day.isoformat(),
            "visit_type": "routine",
            "started_at": at(self.day, self.plan.hour, 30).isoformat(),
            "finished_at": self.finished.isoformat(),
            "unit": str(unit_on(self.place.unit, self.day).id),
            "lead": str(lead),
            "checklists": [str(edition.id) for edition in editions],
            "representative": self.place.owner,
        }
        self._add("visit", self.visit, fields, lead)
        for edition in editions:
            by = person_id(INSPECTOR_OF[edition.domain])
            for item in edition.items:
                self._answer(str(edition.id), str(item["id"]), item["answer"], by)
        for finding in self.plan.findings:
            self._violation(finding)
        for kind, measured_fields in measured(self.day, frozenset(self.failed)):
            self._add(
                kind,
                demo_id(kind, self.visit),
                {"visit": str(self.visit), **measured_fields},
                person_id("inspector_economy"),
            )
        self.writer.flush()
        self._sign()
        self._decide(today)

    def _add(self, kind: str, record: uuid.UUID, fields: dict[str, object], by: uuid.UUID) -> None:
        self.mine.append(record)
        self.writer.add(kind, record, self.campaign.scope, fields, by=by, at=self.finished)

    def _answer(self, checklist: str, item: str, asked: object, by: uuid.UUID) -> None:
        kind = asked.get("kind") if isinstance(asked, dict) else None
        fields: dict[str, object] = {"visit": str(self.visit), "checklist": checklist, "item": item}
        if kind == "pass_fail_na":
            fields["result"] = self._result(item)
            if item in self.failed:
                fields["reason"] = self.failed[item].description
        elif kind == "number" and item in READINGS:
            fields["value"], fields["unit"] = READINGS[item]
        elif kind == "text" and item in (texts := self._texts()):
            fields["text"] = texts[item]
        else:
            return
        self._add("answer", answer_id(self.visit, item), fields, by)

    def _result(self, item: str) -> str:
        if item in self.failed:
            return "fail"
        place = self.place.establishment_type
        if item in CATERING_ONLY and place != "catering":
            return "na"
        if item in STREET_ONLY and place != "street_food":
            return "na"
        return "pass"

    def _texts(self) -> dict[str, str]:
        year = self.day.year
        return {
            "ATTP-C02": f"Số TD-{self.place.number}/{year - 1}/ATTP, cấp 10/3/{year - 1}, hết hạn 10/3/{year + 2}",
            "DL-C01": "Cân đồng hồ lò xo 5 kg, d = 20 g, quầy bán hàng",
            "DL-C03": f"31/12/{year - 1 if 'DL-C02' in self.failed else year}",
        }

    def _violation_id(self, finding: Finding) -> uuid.UUID:
        return demo_id("violation", self.campaign.key, self.plan.establishment, finding.code)

    def _violation(self, finding: Finding) -> None:
        act = next(each for each in violation_types() if each.code == finding.code)
        by = person_id("inspector_health" if finding.code.startswith("ATTP") else "inspector_market")
        fields: dict[str, object] = {
            "visit": str(self.visit),
            "answer": str(answer_id(self.visit, finding.item)),
            "code": finding.code,
            "violation_type": str(act.id),
            "description": finding.description,
            "corrected": finding.corrected,
            "found_on": self.day.isoformat(),
            "due_on": None if finding.corrected else (self.day + timedelta(days=15)).isoformat(),
        }
        self._add("violation", self._violation_id(finding), fields, by)
        if finding.measure is not None:
            measure_type, products, quantity, unit = finding.measure
            measure: dict[str, object] = {
                "visit": str(self.visit),
                "violation": str(self._violation_id(finding)),
                "measure_type": measure_type,
                "product_count": products,
                "quantity": quantity,
                "quantity_unit": unit,
            }
            self._add("measure", demo_id("measure", self._violation_id(finding)), measure, by)

    def _sign(self) -> None:
        covers = {str(record): self.writer.versions[record] for record in self.mine}
        signed_by = {
            "team": ("Trần Văn Nghiệp", "Trưởng đoàn kiểm tra"),
            "establishment": (self.place.owner, "Đại diện cơ sở"),
        }
        for party, (name, position) in signed_by.items():
            fields: dict[str, object] = {
                "visit": str(self.visit),
                "party": party,
                "name": name,
                "position": position,
                "refused": False,
                "covers": covers,
            }
            self._add("signature", demo_id("signature", self.visit, party), fields, person_id("lead"))
        self.writer.flush()

    def _decide(self, today: date) -> None:
        decided_on = self.day + timedelta(days=DAYS_TO_DECISION)
        if decided_on > today:
            return
        for number, finding in enumerate(self.plan.findings, start=1):
            record = self._violation_id(finding)
            formal = finding.sanction != "reminder"
            fields: dict[str, object] = {
                "sanction": finding.sanction,
                "authority": AUTHORITY if formal else None,
                "decision_number": f"TD-{self.plan.establishment:02d}{number}/QĐ-XPHC" if formal else None,
                "decided_on": decided_on.isoformat(),
                "amount": middle_fine(finding, self.day) if finding.sanction == "fine" else None,
            }
            self.writer.add(
                "violation",
                record,
                self.campaign.scope,
                fields,
                by=person_id("lead"),
                at=at(decided_on, 10),
                base=self.writer.versions[record],
            )
        self.writer.flush()


def middle_fine(finding: Finding, day: date) -> int:
    """The middle of the range that the catalogue states, for a household, in dong (NĐ 118/2021 Điều 9)."""
    act = next(each for each in violation_types() if each.code == finding.code and each.valid_from <= day)
    fields = act.record()
    low, high = fields["fine_minimum"], fields["fine_maximum"]
    tiers = fields["tiers"]
    if finding.goods_value is not None and isinstance(tiers, list):
        tier = next(each for each in tiers if _within(finding.goods_value, each["goods_value_vnd"]))
        low, high = tier["minimum"], tier["maximum"]
    if not isinstance(low, int) or not isinstance(high, int):
        raise ValueError(f"{finding.code} has no amount on {day}")
    low, high = fine_range(low, high, Payer(str(fields["fine_for"])), Payer.INDIVIDUAL)
    return (low + high) // 2


def _within(value: int, bounds: list[int | None]) -> bool:
    lower, upper = bounds
    return (lower or 0) <= value and (upper is None or value < upper)
