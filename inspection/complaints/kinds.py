"""The record kinds of the register: ``complaint``, ``complaint_step``, ``complaint_link``, ``complaint_remedy``,
``complaint_attachment``, ``identity_opening``, ``reading``. The petitioner's identity is not a field of any and never
becomes one."""

from __future__ import annotations

from inspection.complaints.attachments import MEDIA_TYPES
from inspection.complaints.belonging import CASES
from inspection.complaints.checking import (
    check_attachment,
    check_complaint,
    check_link,
    check_remedy,
    check_step,
)
from inspection.complaints.intake import attach, prepare, seal, unseal, well_formed
from inspection.complaints.models import (
    Complaint,
    ComplaintAttachment,
    ComplaintLink,
    ComplaintRemedy,
    ComplaintStep,
    IdentityOpening,
    Reading,
)
from inspection.complaints.rules import (
    AttachmentType,
    Because,
    Channel,
    Complexity,
    Field,
    Level,
    Outcome,
    PetitionerType,
    PetitionKind,
    Previously,
    Refusal,
    Relation,
    Stage,
    Status,
    StepKind,
    Topic,
    Unprocessable,
)
from inspection.evidence.rules import LARGEST
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.people.belonging import belonging


class ComplaintSchema(fields.RecordSchema):
    """One petition. ``register_number`` and ``register_year`` are given by the server when the record is created."""

    jurisdiction = fields.Identifier(required=True)
    petition_kind = fields.Choice(PetitionKind, required=True)
    channel = fields.Choice(Channel, required=True)
    received_on = fields.Date(required=True)
    register_number = fields.Whole(minimum=1)
    register_year = fields.Whole(minimum=1900, maximum=9999)
    field = fields.Choice(Field, required=True)
    summary = fields.Text(required=True, maximum=8000)
    establishment = fields.Identifier()
    subject_name = fields.Text(maximum=300)
    unit = fields.Identifier()
    petitioner_type = fields.Choice(PetitionerType)
    identity_held_at = fields.Text(maximum=300)
    people = fields.Whole(minimum=1)
    forwarded_by = fields.Text(maximum=300)
    forwarded_number = fields.Text(maximum=100)
    forwarded_on = fields.Date()
    status = fields.Choice(Status, required=True)
    accepted_on = fields.Date()
    acceptance_number = fields.Text(maximum=100)
    due_on = fields.Date()
    handler = fields.Identifier()
    refusal_reason = fields.Text(maximum=4000)
    refusal_number = fields.Text(maximum=100)
    outcome = fields.Choice(Outcome)
    settled_on = fields.Date()
    decision_number = fields.Text(maximum=100)
    visit = fields.Identifier()
    note = fields.Text(maximum=8000)
    paper = fields.Identifier()
    topic = fields.Choice(Topic)
    level = fields.Choice(Level)
    previously = fields.Choice(Previously)
    settled_by = fields.Text(maximum=300)
    processable = fields.Flag()
    unprocessable_reason = fields.Choice(Unprocessable)
    competent = fields.Flag()
    concrete_evidence = fields.Flag()
    complexity = fields.Choice(Complexity)
    remote = fields.Flag()
    several_places = fields.Flag()
    act_known_on = fields.Date()
    agency = fields.Identifier()
    due_because = fields.Choice(Because)
    refusal_code = fields.Choice(Refusal)
    ended_on = fields.Date()
    closing_number = fields.Text(maximum=100)
    receiver = fields.Text(maximum=300)
    closing_reason = fields.Text(maximum=4000)


class ComplaintStepSchema(fields.RecordSchema):
    """One step of a case that leaves its status as it is."""

    complaint = fields.Identifier(required=True)
    step = fields.Choice(StepKind, required=True)
    happened_on = fields.Date(required=True)
    number = fields.Text(maximum=100)
    receiver = fields.Text(maximum=300)
    content = fields.Text(maximum=4000)


class ComplaintLinkSchema(fields.RecordSchema):
    """One link of a case, made by a person."""

    complaint = fields.Identifier(required=True)
    relation = fields.Choice(Relation, required=True)
    target = fields.Identifier(required=True)
    note = fields.Text(maximum=2000)


class ComplaintRemedySchema(fields.RecordSchema):
    """What was ordered or carried out on one day: money in million VND, land in square metres."""

    complaint = fields.Identifier(required=True)
    stage = fields.Choice(Stage, required=True)
    on = fields.Date(required=True)
    state_money = fields.Amount(minimum="0")
    state_land = fields.Amount(minimum="0")
    organisations_money = fields.Amount(minimum="0")
    organisations_land = fields.Amount(minimum="0")
    individuals_money = fields.Amount(minimum="0")
    individuals_land = fields.Amount(minimum="0")
    organisations = fields.Whole()
    individuals = fields.Whole()
    sanctioned_organisations = fields.Whole()
    sanctioned_people = fields.Whole()
    sanctioned_officials = fields.Whole()
    prosecuted_cases = fields.Whole()
    prosecuted_people = fields.Whole()
    prosecuted_officials = fields.Whole()
    note = fields.Text(maximum=2000)


class ComplaintAttachmentSchema(fields.RecordSchema):
    """One scan or file of a case; ``size`` in bytes. What it is called is written by an officer: the name that the file
    had may be its writer's."""

    complaint = fields.Identifier(required=True)
    attachment_type = fields.Choice(AttachmentType, required=True)
    title = fields.Text(maximum=300)
    redacts = fields.Identifier()
    sha256 = fields.Sha256(required=True, maximum=64)
    size = fields.Whole(required=True, minimum=1, maximum=LARGEST)
    media_type = fields.Choice(MEDIA_TYPES, required=True)


class IdentityOpeningSchema(fields.RecordSchema):
    """One opening of a sealed identity, or of a sealed attachment, by the handler of the case. Written once, never
    changed."""

    complaint = fields.Identifier(required=True)
    reason = fields.Text(required=True, maximum=2000)
    attachment = fields.Identifier()


class ReadingSchema(fields.RecordSchema):
    """An auditor opened a file. Written once for each auditor, file and day; its id is derived, see
    :func:`inspection.complaints.readings.reading_id`."""

    complaint = fields.Identifier(required=True)
    opened_on = fields.Date(required=True)


registry.add(
    Kind(
        name="reading",
        scope="complaint",
        schema=ReadingSchema,
        model=Reading,
        parent="complaint",
        fixed=("opened_on",),
    )
)
registry.add(
    Kind(
        name="identity_opening",
        scope="complaint",
        schema=IdentityOpeningSchema,
        model=IdentityOpening,
        parent="complaint",
        fixed=("reason", "attachment"),
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint",
        scope="complaint",
        schema=ComplaintSchema,
        model=Complaint,
        groups={
            "register": ("register_number", "register_year"),
            "acceptance": ("accepted_on", "acceptance_number"),
            "refusal": ("refusal_reason", "refusal_number", "refusal_code"),
            "closing": ("ended_on", "closing_number", "receiver", "closing_reason"),
            "condition": ("processable", "unprocessable_reason"),
            "settlement": ("outcome", "settled_on", "decision_number"),
        },
        opens_scope=True,
        fixed=("jurisdiction",),
        server_fields=frozenset({"register_number", "register_year"}),
        prepare=prepare,
        check=check_complaint,
        attach=attach,
        sealed_form=well_formed,
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint_step",
        scope="complaint",
        schema=ComplaintStepSchema,
        model=ComplaintStep,
        parent="complaint",
        fixed=("step",),
        check=check_step,
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint_link",
        scope="complaint",
        schema=ComplaintLinkSchema,
        model=ComplaintLink,
        parent="complaint",
        fixed=("relation", "target"),
        check=check_link,
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint_remedy",
        scope="complaint",
        schema=ComplaintRemedySchema,
        model=ComplaintRemedy,
        parent="complaint",
        fixed=("stage",),
        check=check_remedy,
        seal=seal,
        unseal=unseal,
    )
)
registry.add(
    Kind(
        name="complaint_attachment",
        scope="complaint",
        schema=ComplaintAttachmentSchema,
        model=ComplaintAttachment,
        parent="complaint",
        fixed=("redacts", "sha256", "size", "media_type"),
        server_fields=frozenset({"sha256", "size", "media_type"}),
        check=check_attachment,
        seal=seal,
        unseal=unseal,
    )
)
belonging["complaint"] = CASES
