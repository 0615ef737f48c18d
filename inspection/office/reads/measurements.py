"""What was measured and sampled on a visit, judged by the law of its day, for the visit's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
