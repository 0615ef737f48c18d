"""Two petitions of the demonstration: a recommendation, and a denunciation whose writer is sealed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.complaints import keys, sealing
from inspection.complaints.models import Complaint
from inspection.complaints.operations import move, receive
from inspection.complaints.rules import Status
from inspection.demo.district import JURISDICTION, person_id
from inspection.demo.records import establishments, unit_on
from inspection.journal import store
from inspection.journal.operation import Result
from inspection.setup.writer import ACCEPTED, NotTakenError, author

IDENTITY = json.dumps(
    {"name": "Nguyễn Văn Mẫu (nhân vật trình diễn)", "address": "không có thật", "contact": "0900 000 999"},
    ensure_ascii=False,
)
"""As the office's page seals it."""


def write_petitions(session: Session, data_dir: Path, today: date) -> bool:
    """Enter the two petitions unless the register of the demonstration has any; True when they were entered."""
    if (
        session.scalar(select(Complaint.id).where(Complaint.jurisdiction == JURISDICTION).limit(1))
        is not None
    ):
        return False
    _denunciation(session, data_dir, today)
    _recommendation(session, today)
    return True


def _recommendation(session: Session, today: date) -> None:
    market = establishments()[28]
    fields: dict[str, object] = {
        "petition_kind": "recommendation",
        "channel": "reception",
        "received_on": (today - timedelta(days=4)).isoformat(),
        "field": "measurement",
        "summary": "Phản ánh một số quầy thịt ở chợ cân thiếu, đề nghị đặt cân đối chứng ở cổng chợ.",
        "establishment": str(market.id),
        "subject_name": market.name,
        "unit": str(unit_on(market.unit, today).id),
        "petitioner_type": "several",
        "people": 3,
        "handler": str(person_id("handler")),
    }
    _, result = receive(session, author(person_id("desk"), JURISDICTION), JURISDICTION, fields)
    _must_be_accepted(result)


def _denunciation(session: Session, data_dir: Path, today: date) -> None:
    bakery = establishments()[12]
    fields: dict[str, object] = {
        "petition_kind": "denunciation",
        "channel": "post",
        "received_on": (today - timedelta(days=10)).isoformat(),
        "field": "food_safety",
        "summary": "Tố cáo cơ sở dùng bột và nhân bánh quá hạn để sản xuất bánh bán dịp lễ.",
        "establishment": str(bakery.id),
        "subject_name": bakery.name,
        "unit": str(unit_on(bakery.unit, today).id),
        "petitioner_type": "one",
        "people": 1,
        "handler": str(person_id("handler")),
    }
    sealed = sealing.seal(keys.current_public_key(data_dir), IDENTITY)
    desk = author(person_id("desk"), JURISDICTION)
    record, result = receive(session, desk, JURISDICTION, fields, sealed)
    _must_be_accepted(result)
    accepted = {"accepted_on": (today - timedelta(days=5)).isoformat(), "acceptance_number": "TD-01/QĐ-TLTC"}
    version = store.generations(session).version(result.seq or 0)
    _must_be_accepted(move(session, desk, record, Status.ACCEPTED, accepted, version))


def _must_be_accepted(result: Result) -> None:
    if result.status not in ACCEPTED:
        raise NotTakenError(f"complaint: {result.status} {result.error}")
