"""A district with one campaign, on each of the two databases, and the people who order reports."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

import pytest
from flask import Flask

from config.extensions import db, write
from config.settings import Settings
from config.storage import Storage, Stored, open_storage
from inspection.reports import compiling, issuing, operations
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.periods import Period, PeriodKind, legal
from tests.world import World

QUARTER = legal(PeriodKind.QUARTER, 2022, 3)
SUMMARY, REGISTER = ReportKind.VIOLATION_SUMMARY, ReportKind.COMPLAINT_REGISTER


@dataclass
class District:
    """The world with what the reports need: one campaign, and short ways to add to it and to order."""

    world: World
    campaign: uuid.UUID = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        world.add(
            "unit",
            world.reference,
            world.jurisdiction,
            code="351",
            name="Thanh Liêm",
            level="district",
            valid_from="2004-01-01",
        )
        self.campaign = self.new_campaign("Tết Trung thu năm 2022")

    @property
    def app(self) -> Flask:
        return self.world.app

    @property
    def storage(self) -> Storage:
        settings: Settings = self.app.config["SETTINGS"]
        return open_storage(settings.storage_url)

    def new_campaign(self, name: str, jurisdiction: uuid.UUID | None = None) -> uuid.UUID:
        campaign = uuid.uuid4()
        return self.world.add(
            "campaign",
            f"campaign:{campaign}",
            campaign,
            jurisdiction=str(jurisdiction or self.world.jurisdiction),
            name=name,
            campaign_type="periodic",
            starts_on="2022-06-15",
            ends_on="2022-09-14",
        )

    def visit(
        self, place: uuid.UUID, day: str, campaign: uuid.UUID | None = None, **fields: Any
    ) -> uuid.UUID:
        chosen = campaign or self.campaign
        return self.world.add(
            "visit",
            f"campaign:{chosen}",
            campaign=str(chosen),
            establishment=str(place),
            visited_on=day,
            **fields,
        )

    def violation(self, visit: uuid.UUID, code: str = "ATTP-18", **fields: Any) -> uuid.UUID:
        return self.world.add("violation", f"campaign:{self.campaign}", visit=str(visit), code=code, **fields)

    def complaint(self, received_on: str, **fields: Any) -> uuid.UUID:
        complaint = uuid.uuid4()
        needed: dict[str, Any] = {
            "jurisdiction": str(self.world.jurisdiction),
            "petition_kind": "complaint",
            "channel": "desk",
            "received_on": received_on,
            "field": "food_safety",
            "summary": "Khiếu nại về kết quả kiểm tra",
            "status": "received",
        }
        return self.world.add("complaint", f"complaint:{complaint}", complaint, **{**needed, **fields})

    def order(
        self,
        kind: ReportKind = SUMMARY,
        period: Period = QUARTER,
        formats: Iterable[Format] = Format,
    ) -> uuid.UUID:
        with self.app.app_context(), write() as session:
            return operations.order(
                session,
                jurisdiction=self.world.jurisdiction,
                kind=kind,
                period=period,
                formats=formats,
                ordered_by=None,
            ).id

    def issue(self, draft: uuid.UUID, number: int | None = 15, day: date | None = None) -> uuid.UUID:
        """Order the issue of a draft, today unless another ``day`` is given."""
        with self.app.app_context(), write() as session:
            on = day or datetime.now(VIETNAM).date()
            return issuing.issue(session, draft, number=number, day=on, issued_by=None).id

    def compile(self, report: uuid.UUID, storage: Storage | None = None) -> bool:
        with self.app.app_context():
            return compiling.compile_report(report, storage or self.storage)

    def report(self, report: uuid.UUID) -> Report:
        """The row as it stands, figures included."""
        with self.app.app_context():
            found = db.session.get_one(Report, report)
            assert found.figures is None or found.figures
            db.session.expunge(found)
            return found

    def content(self, report: uuid.UUID, made: str) -> bytes:
        """The bytes of one document."""
        with self.app.app_context():
            kept = operations.document_of(db.session(), report, made)
            assert kept is not None
            with self.storage.open(kept.key) as stream:
                return stream.read()

    def files(self, report: uuid.UUID) -> dict[str, str]:
        """The digests of the documents by format."""
        with self.app.app_context():
            return {one.format: one.sha256 for one in operations.files_of(db.session(), report)}


class FailingStorage:
    """A disk that fails at the given write; what came before is kept."""

    def __init__(self, kept: Storage, fails_at: int, problem: BaseException) -> None:
        self.kept, self.writes, self.fails_at, self.problem = kept, 0, fails_at, problem

    def put(self, key: str, stream: BinaryIO) -> Stored:
        self.writes += 1
        if self.writes == self.fails_at:
            raise self.problem
        return self.kept.put(key, stream)

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.kept.open(key).read())

    def exists(self, key: str) -> bool:
        return self.kept.exists(key)

    def delete(self, key: str) -> None:
        self.kept.delete(key)

    def check(self) -> None:
        self.kept.check()

    def keys(self) -> Iterator[str]:
        return self.kept.keys()


@pytest.fixture
def district(app: Flask) -> District:
    return District(World(app))


@pytest.fixture
def busy(district: District) -> District:
    """Two shops, three visits inside the quarter and one after it, two violations."""
    first, second = district.world.establishment("Bún Bảy"), district.world.establishment("Phở Tám")
    district.visit(first, date(2022, 6, 15).isoformat())
    breached = district.visit(second, "2022-09-14")
    district.visit(first, "2022-08-01")
    district.visit(first, "2022-09-15")
    district.violation(
        breached,
        severity="nặng",
        sanction="fine",
        amount=3_000_000,
        authority="Chủ tịch",
        decision_number=None,
        decided_on=None,
    )
    district.violation(breached, "NH-03")
    return district
