"""Proving a report: its figures counted again from the journal alone, at the heads of the checkpoint it cites, and its
documents printed again.

The entries up to those heads are replayed into a temporary database and counted by the same queries and the same pure
figures: what was entered later, however much, has no part in it.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy.orm import Session

from inspection import documents
from inspection.journal import checkpoint
from inspection.reports import counting, operations, printing
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.past import NoProofError, as_it_stood, checkpoint_of
from inspection.reports.periods import PeriodDocument
from inspection.reports.revisions import differing
from inspection.reports.shapes import canonical

__all__ = ["NoProofError", "Proof", "prove"]


@dataclass(slots=True)
class Proof:
    """What came of proving a report. ``broken`` names places where the journal of today contradicts the checkpoint;
    ``differences`` are paths of figures that were counted differently; ``files`` maps a format to ``same``,
    ``differs``, or ``other_renderer`` where the libraries that print are not those that printed it."""

    figures_sha256: str
    broken: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether everything that could be compared is the same."""
        return not self.broken and not self.differences and "differs" not in self.files.values()


def prove(session: Session, report: uuid.UUID) -> Proof:
    """Count and print a report again. ``session`` is one read snapshot.

    :raises NoProofError: where there is nothing to prove.
    """
    found = session.get(Report, report)
    if found is None or found.figures is None:
        raise NoProofError("no such report, or not compiled")
    sealed = checkpoint_of(session, found)
    proof = Proof(hashlib.sha256(canonical(found.figures)).hexdigest())
    places = checkpoint.against(session, checkpoint.to_json(sealed))
    proof.broken = [f"{place.scope} {place.seq} {place.problem}" for place in places]
    with as_it_stood(session, found) as then:
        recounted = counting.figures_of(
            then,
            ReportKind(found.kind),
            found.jurisdiction,
            counting.period_of(cast(PeriodDocument, found.period)),
            found.taken_at,
        )
    proof.differences = list(differing(found.figures, recounted))
    document = printing.document_of(found)
    for kept in operations.files_of(session, report):
        printed = printing.RENDERERS[Format(kept.format)].render(document)
        same = hashlib.sha256(printed).hexdigest() == kept.sha256
        other = found.renderer not in (None, documents.renderer())
        proof.files[kept.format] = "same" if same else "other_renderer" if other else "differs"
    return proof
