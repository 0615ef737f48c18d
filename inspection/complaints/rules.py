"""The words of the register, each explained where it is defined. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

NEW_RULES = date(2026, 7, 1)
"""From this day Luật 136/2025/QH15 lets a complaint be withdrawn in part, suspended and terminated (secondary
source)."""


class PetitionKind(StrEnum):
    """Decided by the content and not by the title the writer gave it (TT 05/2021/TT-TTCP Điều 6).

    Complaint: khiếu nại, against an administrative decision or act that harms the writer. Denunciation: tố
    cáo, a person reports somebody's breach of the law. Recommendation: kiến nghị, phản ánh.
    """

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RECOMMENDATION = "recommendation"


class Channel(StrEnum):
    """How the petition came: post, handed in at the desk, citizen reception, taken down where the team inspects,
    forwarded by another body, telephone, online. A denunciation that comes by telephone or online is not handled as one
    (Luật Tố cáo Điều 22, 25); one that is taken down from a person present is."""

    POST = "post"
    DESK = "desk"
    RECEPTION = "reception"
    ON_SITE = "on_site"
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
    TERMINATED = (
        "terminated"  # đình chỉ: the complainant died or ceased to be, and nobody follows in the right
    )


OPEN = (Status.RECEIVED, Status.ACCEPTED)
ENDS = frozenset(Status) - frozenset(OPEN)


class Topic(StrEnum):
    """What the statistical forms 02–04/XLĐ sort cases by."""

    POLICY = "policy"  # chế độ, chính sách
    LAND = "land"  # đất đai, nhà cửa
    DUTY = "duty"  # công chức, công vụ
    ADMINISTRATIVE = "administrative"  # another administrative matter
    CORRUPTION = "corruption"  # tham nhũng
    JUDICIAL = "judicial"  # tư pháp
    PARTY = "party"  # Đảng, đoàn thể
    OTHER = "other"


class Unprocessable(StrEnum):
    """Why a paper cannot be processed (TT 05/2021/TT-TTCP Điều 6)."""

    NO_TRANSLATION = "no_translation"  # not in Vietnamese and without a notarised translation
    UNSIGNED = "unsigned"  # no date, name, address, signature or fingerprint
    INCOMPLETE = "incomplete"  # lacks what its kind must state
    UNREADABLE = "unreadable"  # torn, erased, unreadable (secondary source)
    SEVERAL_BODIES = "several_bodies"  # sent to several bodies of which one is competent (from memory)
    GUIDED_BEFORE = "guided_before"  # the same content was guided once (from memory)
    ANONYMOUS = "anonymous"  # anonymous or under a borrowed name, without evidence (from memory)


class Refusal(StrEnum):
    """Why a complaint is not accepted (Luật Khiếu nại Điều 11; the last item from memory), or a denunciation (Luật Tố
    cáo Điều 29)."""

    INTERNAL_ACT = "internal_act"  # internal, steering or normative act, or a state secret
    NOT_AFFECTED = "not_affected"  # does not touch the complainant directly
    NO_CAPACITY = "no_capacity"  # no full capacity and no lawful representative
    UNLAWFUL_REPRESENTATIVE = "unlawful_representative"
    UNSIGNED = "unsigned"
    TIME_BARRED = "time_barred"
    SECOND_DECISION = "second_decision"  # a second-level decision was issued
    NOT_RESUMED = "not_resumed"  # suspended and not resumed within 30 days
    COURT = "court"  # a court has accepted or decided it
    NOT_COMPETENT = "not_competent"
    NO_GROUNDS = "no_grounds"  # no grounds to identify violator and breach


class Previously(StrEnum):
    """What was decided in the same matter before. The forms count cases by it."""

    NEVER = "never"
    ONCE = "once"
    SEVERAL = "several"
    COURT = "court"  # a judgment exists
    OVERDUE = "overdue"  # tố cáo tiếp: the body before did not settle in time
    CONCLUDED = "concluded"  # tố cáo tiếp: a conclusion exists


class Complexity(StrEnum):
    """How complex a case is (NĐ 31/2019 Điều 3: one criterion, or two and more)."""

    ORDINARY = "ordinary"
    COMPLEX = "complex"
    ESPECIALLY = "especially"


class Level(StrEnum):
    """First or second settlement of a complaint."""

    FIRST = "first"
    SECOND = "second"


class StepKind(StrEnum):
    """Steps of a case that leave its status as it is. Each is a record of its own, with its document."""

    EXTENSION = "extension"  # gia hạn giải quyết tố cáo
    SUSPENSION = "suspension"  # tạm đình chỉ giải quyết khiếu nại
    RESUMPTION = "resumption"  # tiếp tục giải quyết
    PARTIAL_WITHDRAWAL = "partial_withdrawal"
    NOTICE = "notice"  # writer and the other side are told of the acceptance
    REPLY_TO_FORWARDER = "reply_to_forwarder"
    REPLY_AFTER_RECEPTION = "reply_after_reception"
    VERIFICATION = "verification"
    DIALOGUE = "dialogue"
    DECISION_SENT = "decision_sent"
    PUBLICATION = "publication"  # công khai kết luận
    REMINDER = "reminder"  # đôn đốc the body it was passed to
    REPLY_RECEIVED = "reply_received"  # that body's answer
    OVERDUE_REQUEST = (
        "overdue_request"  # the superior asks why a denunciation is overdue (Luật Tố cáo Điều 38)
    )
    OVERDUE_REPORT = "overdue_report"  # and is told


class Relation(StrEnum):
    """How a case belongs to something else. A person makes every link."""

    SAME_PAPER = "same_paper"  # another content of one received paper
    DUPLICATE = "duplicate"  # the same paper came twice
    REPEAT = "repeat"  # the same matter again, later
    EARLIER_LEVEL = "earlier_level"  # the case that this second complaint or further denunciation follows
    CAMPAIGN = "campaign"  # the inspection that it triggered
    VISIT = "visit"
    VIOLATION = "violation"  # what was found on it
    ATTACHMENT = "attachment"


CASES = frozenset({Relation.SAME_PAPER, Relation.DUPLICATE, Relation.REPEAT, Relation.EARLIER_LEVEL})
"""The relations from case to case."""


class AttachmentType(StrEnum):
    """What an attached paper is."""

    PETITION = "petition"  # the petition itself
    ANNEX = "annex"  # what its writer handed in with it
    OFFICIAL = "official"  # a document of a body: decision, conclusion, minutes, reply


class Stage(StrEnum):
    """Ordered by the decision, or carried out."""

    DUE = "due"
    DONE = "done"


class Because(StrEnum):
    """What last moved the due date of a case."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    CLASSIFIED = "classified"  # kind, level, complexity or place were corrected
    STEP = "step"  # extension, suspension, resumption
    CALENDAR = "calendar"  # the calendar of days off was changed
    OFFICER = "officer"  # set by an officer, where the law sets none
