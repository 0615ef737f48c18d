"""A visit with everything on it, made by a phone: one failed item, a violation, a measure, a scale, a photo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from inspection.checklists.catalogue import violation_types
from inspection.checklists.reference import editions
from inspection.visits.record.content import frozen_id
from tests.office.conftest import Office
from tests.world import Phone

STROKES = [[100, 200, 300, 80, 520, 300, 700, 120], [720, 240, 900, 200]]


@dataclass
class Visited:
    """The phone of the lead and the visit it made."""

    office: Office
    phone: Phone
    visit: str
    violation: str

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.visit)

    def sign(
        self, content: dict[str, Any], digest: str, party: str = "team", **fields: Any
    ) -> list[dict[str, Any]]:
        """Freeze a content and sign it, as a phone does in one push."""
        scope = self.office.scope
        frozen = self.phone.operation(
            "frozen_record",
            scope,
            frozen_id(self.id, digest),
            visit=self.visit,
            digest=digest,
            content=content,
        )
        given = {"name": "Nguyễn Thị Quê", "strokes": STROKES, "refused": False, **fields}
        signature = self.phone.operation(
            "signature",
            scope,
            visit=self.visit,
            party=party,
            digest=digest,
            covers={self.visit: "1.1"},
            **given,
        )
        return self.phone.push(frozen, signature)


def visited(office: Office) -> Visited:
    """A visit that ended at 09:30, nothing signed."""
    world = office.world
    edition = next(one for one in editions() if one.code == "ATTP" and one.valid_to is None)
    act = next(one for one in violation_types() if one.code == "ATTP-21")
    world.add("checklist", world.reference, edition.id, **edition.record())
    world.add("violation_type", world.reference, act.id, **act.record())
    phone = world.phone("lead")
    opened = phone.visit(
        office.campaign,
        office.shop,
        visit_type="routine",
        started_at="2026-09-20T08:05:10+07:00",
        finished_at="2026-09-20T09:30:00+07:00",
        lead=str(office.people["lead"]),
        representative="Nguyễn Thị Quê",
        opinion="Cơ sở sẽ bổ sung giấy xác nhận trong tuần.",
        note="Quầy hàng sạch, thoáng.",
    )
    visit, scope = opened["record"], office.scope
    answers = [
        phone.operation(
            "answer",
            scope,
            uuid.uuid5(uuid.UUID(visit), f"{item}\n"),
            visit=visit,
            checklist=str(edition.id),
            item=item,
            result=result,
            reason=reason,
        )
        for item, result, reason in (
            ("ATTP-C01", "pass", None),
            ("ATTP-C03", "fail", "Chưa có giấy xác nhận tập huấn của 02 người chế biến"),
        )
    ]
    violation = phone.operation(
        "violation",
        scope,
        visit=visit,
        code="ATTP-21",
        violation_type=str(act.id),
        description="02 người trực tiếp chế biến chưa được tập huấn",
        found_on="2026-09-20",
        due_on="2026-09-30",
    )
    measure = phone.operation(
        "measure", scope, visit=visit, measure_type="destruction", quantity="3.60", quantity_unit="kg"
    )
    scale = phone.operation(
        "instrument_check",
        scope,
        visit=visit,
        instrument="spring_scale",
        subject="Cân số 1",
        evidence="sticker",
        verified_on="2026-01-10",
        verdict="pass",
    )
    photo = phone.operation(
        "evidence",
        scope,
        visit=visit,
        subject=violation["record"],
        sha256="ab" * 32,
        size=1234,
        media_type="image/jpeg",
        taken_at="2026-09-20T08:40:00+07:00",
    )
    results = phone.push(opened, *answers, violation, measure, scale, photo)
    assert {one["status"] for one in results} == {"applied"}, results
    return Visited(office, phone, visit, violation["record"])
