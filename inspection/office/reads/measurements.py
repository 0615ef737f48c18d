"""What was measured and sampled on a visit, judged by the law of its day, for the visit's page."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.measurement import queries
from inspection.measurement.judging import Judgement
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample
from inspection.visits.models import Visit


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A lot with its judgement. ``weights`` pairs each content as it was typed with its class of error: 0, 1 or 2."""

    check: PackageCheck
    judgement: Judgement
    weights: Sequence[tuple[str, int]]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument with its judgement. ``readings`` pairs each load and indication with what became of them."""

    check: InstrumentCheck
    judgement: Judgement
    readings: Sequence[tuple[str, str, Judgement]]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class MeasurementView:
    """Everything measured and sampled on one visit."""

    instruments: list[InstrumentLine] = field(default_factory=list)
    packages: list[PackageLine] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def rows(self) -> list[InstrumentCheck | PackageCheck | Sample]:
        """The records themselves."""
        return [
            *(line.check for line in self.instruments),
            *(line.check for line in self.packages),
            *self.samples,
        ]


def of_visit(session: Session, visit: Visit) -> MeasurementView:
    """What was measured and sampled on ``visit``."""
    return MeasurementView(
        instruments=[_instrument(check, visit) for check in queries.instruments_of(session, visit.id)],
        packages=[_package(check, visit) for check in queries.packages_of(session, visit.id)],
        samples=queries.samples_of(session, visit.id),
    )


def _package(check: PackageCheck, visit: Visit) -> PackageLine:
    judgement = queries.package_judgement(check, visit.visited_on)
    weights = check.weights or []
    errors = judgement.get("errors") or [0] * len(weights)
    pairs = list(zip(weights, errors, strict=True))
    return PackageLine(check, judgement, pairs, queries.disagrees(check, judgement))


def _instrument(check: InstrumentCheck, visit: Visit) -> InstrumentLine:
    judgement = queries.instrument_judgement(check, visit.visited_on)
    loads, shown = check.references or [], check.indications or []
    lines = judgement.get("lines") or [{}] * len(loads)
    readings = list(zip(loads, shown, lines, strict=False))
    return InstrumentLine(check, judgement, readings, queries.disagrees(check, judgement))


FAILED, SCREENED = "failed", "screened"
"""What measuring says of a visit on which something failed: with the force of a verdict (an instrument, a sample's
result), or as screening only."""


def outcomes(session: Session, visits: Iterable[Visit]) -> dict[uuid.UUID, str]:
    """Of ``visits`` those on which a measurement or a sample failed, judged by the law of their days."""
    known = {visit.id: visit for visit in visits}
    found: dict[uuid.UUID, str] = {}
    judged = [
        (check.visit, queries.package_judgement(check, known[check.visit].visited_on))
        for check in _parts(session, PackageCheck, known)
    ]
    judged += [
        (check.visit, queries.instrument_judgement(check, known[check.visit].visited_on))
        for check in _parts(session, InstrumentCheck, known)
    ]
    for visit, judgement in judged:
        if judgement["verdict"] == "fail" and found.get(visit) != FAILED:
            found[visit] = SCREENED if judgement["indicative"] else FAILED
    failed = {sample.visit for sample in _parts(session, Sample, known) if sample.result == "fail"}
    return found | dict.fromkeys(failed, FAILED)


def failed_in(session: Session, campaigns: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """The campaigns and establishments of visits on which a measurement or a sample failed with the force of a verdict.
    Weighing packages is screening by rule (see :mod:`inspection.measurement.judging`) and is not read."""
    checks = session.execute(
        select(InstrumentCheck, Visit)
        .join(Visit, Visit.id == InstrumentCheck.visit)
        .where(Visit.campaign.in_(campaigns), ~Visit.voided, ~InstrumentCheck.voided)
    )
    found = []
    for check, visit in checks:
        judgement = queries.instrument_judgement(check, visit.visited_on)
        if judgement["verdict"] == "fail" and not judgement["indicative"]:
            found.append((visit.campaign, visit.establishment))
    samples = session.execute(
        select(Visit.campaign, Visit.establishment)
        .join(Sample, Sample.visit == Visit.id)
        .where(Visit.campaign.in_(campaigns), ~Visit.voided, ~Sample.voided, Sample.result == "fail")
    )
    return [*found, *((campaign, establishment) for campaign, establishment in samples)]


Part = TypeVar("Part", InstrumentCheck, PackageCheck, Sample)


def _parts(session: Session, model: type[Part], visits: Collection[uuid.UUID]) -> list[Part]:
    ordered = sorted(visits)
    return [
        row
        for start in range(0, len(ordered), 500)
        for row in session.scalars(
            select(model).where(model.visit.in_(ordered[start : start + 500]), model.voided.is_(False))
        )
    ]
