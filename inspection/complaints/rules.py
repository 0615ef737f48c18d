"""Pure rules of the register: vocabulary, legal transitions, and what each of them must bring along."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PetitionKind(StrEnum):
    """Decided by the content and not by the title the writer gave it (TT 05/2021/TT-TTCP Điều 6).

    Complaint: khiếu nại, against an administrative decision or act that harms the writer. Denunciation: tố
    cáo, a person reports somebody's breach of the law. Recommendation: kiến nghị, phản ánh.
    """

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RECOMMENDATION = "recommendation"


class Channel(StrEnum):
    """How the petition came: post, handed in at the desk, citizen reception, forwarded by another body,
    telephone, online."""

    POST = "post"
    DESK = "desk"
    RECEPTION = "reception"
    FORWARDED = "forwarded"
    PHONE = "phone"
    ONLINE = "online"


class Field(StrEnum):
    """What the petition is about."""

    FOOD_SAFETY = "food_safety"
    MEASUREMENT = "measurement"
    QUALITY = "quality"
    LABELS = "labels"
    OTHER = "other"


class PetitionerType(StrEnum):
    """Signed by one, signed by several, or anonymous. The statistical forms of the register count by it."""

    ONE = "one"
    SEVERAL = "several"
    ANONYMOUS = "anonymous"


class Outcome(StrEnum):
    """The result of a settled case: right (đúng), wrong (sai), partly right (đúng một phần)."""

    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"


class Status(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"  # entered in the register; the first clock runs
    ACCEPTED = "accepted"  # thụ lý: the settlement clock runs
    REFUSED = "refused"  # not accepted, with the reason
    TRANSFERRED = "transferred"  # passed to the competent body
    GUIDED = "guided"  # the writer was told where to turn or what is missing
    SETTLED = "settled"  # decision, conclusion or answer given
    FILED = "filed"  # lưu đơn: kept without handling (TT 05/2021 Điều 28)
    WITHDRAWN = "withdrawn"  # withdrawn whole by its writer


FROM_RECEIVED = frozenset(
    {Status.ACCEPTED, Status.REFUSED, Status.TRANSFERRED, Status.GUIDED, Status.FILED, Status.WITHDRAWN}
)
FROM_ACCEPTED = frozenset({Status.SETTLED, Status.WITHDRAWN})
ENDS = frozenset(Status) - {Status.RECEIVED, Status.ACCEPTED}

BROUGHT_ALONG: Mapping[Status, tuple[str, ...]] = {
    Status.ACCEPTED: ("accepted_on",),
    Status.REFUSED: ("refusal_reason",),
    Status.SETTLED: ("settled_on",),
}
"""The fields that must be filled for a case to stand at a status."""


def next_statuses(kind: PetitionKind, status: Status, petitioner: PetitionerType | None) -> frozenset[Status]:
    """Where a case may go from ``status``.

    An anonymous denunciation is never accepted as one, though it may lead to an inspection (Luật Tố cáo 2018
    Điều 25). A recommendation may be answered at once: no law asks for its acceptance.
    """
    if status is Status.ACCEPTED:
        return FROM_ACCEPTED
    if status is not Status.RECEIVED:
        return frozenset()
    if kind is PetitionKind.RECOMMENDATION:
        return FROM_RECEIVED | {Status.SETTLED}
    if kind is PetitionKind.DENUNCIATION and petitioner is PetitionerType.ANONYMOUS:
        return FROM_RECEIVED - {Status.ACCEPTED}
    return FROM_RECEIVED


def may_move(
    kind: PetitionKind, status: Status, target: Status, petitioner: PetitionerType | None = None
) -> bool:
    """Whether a case of ``kind`` may go from ``status`` to ``target``."""
    return target in next_statuses(kind, status, petitioner)


def missing_for(kind: PetitionKind, target: Status, values: Mapping[str, object]) -> tuple[str, ...]:
    """The fields still empty that ``target`` needs. A settled complaint or denunciation also needs its
    outcome, which the statistical forms 01/KQGQ and 03/KQGQ count."""
    needed = BROUGHT_ALONG.get(target, ())
    if target is Status.SETTLED and kind is not PetitionKind.RECOMMENDATION:
        needed = (*needed, "outcome")
    return tuple(name for name in needed if values.get(name) in (None, ""))
