"""The record kinds of a visit: ``visit``, ``answer``, ``violation``, ``measure``, ``signature``, ``frozen_record``, and
``visit_merge`` for two visits that are one."""

from __future__ import annotations

from inspection.checklists.rules import Payer
from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.visits.models import Answer, FrozenRecord, Measure, Signature, Violation, Visit, VisitMerge
from inspection.visits.rules import (
    DecisionCase,
    Finding,
    GoodsBasis,
    MeasureType,
    Party,
    RecordCase,
    Sanction,
    VisitType,
)


class VisitSchema(fields.RecordSchema):
    """One establishment, one team, one day."""

    campaign = fields.Identifier(required=True)
    establishment = fields.Identifier(required=True)
    visited_on = fields.Date(required=True)
    visit_type = fields.Choice(VisitType)
    started_at = fields.Timestamp()
    finished_at = fields.Timestamp()
    unit = fields.Identifier()
    lead = fields.Identifier()
    checklists = fields.Identifiers()
    representative = fields.Text(maximum=200)
    opinion = fields.Text(maximum=4000)
    note = fields.Text(maximum=4000)
    external_id = fields.Text(maximum=100)


class AnswerSchema(fields.RecordSchema):
    """An answer to one item about one subject. Its id is derived, see ``rules.answer_id``."""

    visit = fields.Identifier(required=True)
    checklist = fields.Identifier()
    item = fields.Text(required=True, maximum=50)
    subject = fields.Text(maximum=300)
    result = fields.Choice(Finding)
    reason = fields.Text(maximum=4000)
    value = fields.Amount()
    unit = fields.Text(maximum=50)
    text = fields.Text(maximum=4000)
    chosen = fields.Texts(maximum=200)
    day = fields.Date()
    note = fields.Text(maximum=4000)


class ViolationSchema(fields.RecordSchema):
    """A violation found, and the sanction decided for it; ``amount`` in whole dong."""

    visit = fields.Identifier(required=True)
    answer = fields.Identifier()
    code = fields.Text(required=True, maximum=50)
    violation_type = fields.Identifier()
    description = fields.Text(maximum=4000)
    severity = fields.Text(maximum=100)
    corrected = fields.Flag()
    found_on = fields.Date()
    sanction = fields.Choice(Sanction)
    authority = fields.Text(maximum=300)
    decision_number = fields.Text(maximum=100)
    decided_on = fields.Date()
    amount = fields.Whole()
    due_on = fields.Date()
    remedied_on = fields.Date()
    payer = fields.Choice(Payer)
    amount_reason = fields.Text(maximum=4000)
    recorded_on = fields.Date()
    record_number = fields.Text(maximum=100)
    record_case = fields.Choice(RecordCase)
    result_on = fields.Date()
    ended_on = fields.Date()
    goods_value = fields.Whole()
    goods_basis = fields.Choice(GoodsBasis)
    illegal_gain = fields.Whole()
    decision_case = fields.Choice(DecisionCase)
    served_on = fields.Date()
    paid_on = fields.Date()
    paid_amount = fields.Whole()
    receipt_number = fields.Text(maximum=100)
    followed_up_by = fields.Identifier()


class MeasureSchema(fields.RecordSchema):
    """A measure taken on the spot or demanded."""

    visit = fields.Identifier(required=True)
    violation = fields.Identifier()
    measure_type = fields.Choice(MeasureType, required=True)
    product_count = fields.Whole()
    quantity = fields.Amount()
    quantity_unit = fields.Text(maximum=50)
    note = fields.Text(maximum=4000)


class SignatureSchema(fields.RecordSchema):
    """A party's signature, or its refusal; ``covers`` maps record ids to the versions that were signed."""

    visit = fields.Identifier(required=True)
    party = fields.Choice(Party, required=True)
    name = fields.Text(required=True, maximum=200)
    position = fields.Text(maximum=200)
    refused = fields.Flag()
    refusal_reason = fields.Text(maximum=4000)
    covers = fields.Document()
    digest = fields.Sha256(maximum=64)
    strokes = fields.Document(maximum=30_000)
    witnesses = fields.Texts(maximum=5)


class FrozenRecordSchema(fields.RecordSchema):
    """The content that was signed, see :mod:`inspection.visits.record.content`. Absent when it was too large to
    travel in one operation; the signature then names its digest alone."""

    visit = fields.Identifier(required=True)
    digest = fields.Sha256(required=True, maximum=64)
    content = fields.Document()


class VisitMergeSchema(fields.RecordSchema):
    """That two visits are one, or, voided, that they are not. ``records`` maps what was carried over to what it
    became, by the entries ``first`` to ``last``."""

    campaign = fields.Identifier(required=True)
    kept = fields.Identifier(required=True)
    merged = fields.Identifier(required=True)
    first = fields.Whole(required=True)
    last = fields.Whole(required=True)
    records = fields.Document(maximum=2_000_000, required=True)


registry.add(Kind(name="visit", scope="campaign", schema=VisitSchema, model=Visit, parent="campaign"))
registry.add(
    Kind(
        name="answer",
        scope="campaign",
        schema=AnswerSchema,
        model=Answer,
        parent="visit",
        groups={"finding": ("result", "reason"), "reading": ("value", "unit")},
    )
)
registry.add(
    Kind(
        name="violation",
        scope="campaign",
        schema=ViolationSchema,
        model=Violation,
        parent="visit",
        groups={
            "decision": ("sanction", "authority", "decision_number", "decided_on", "amount"),
            "payment": ("paid_on", "paid_amount", "receipt_number"),
        },
    )
)
registry.add(
    Kind(
        name="measure",
        scope="campaign",
        schema=MeasureSchema,
        model=Measure,
        parent="visit",
        groups={"measured": ("quantity", "quantity_unit")},
    )
)
registry.add(
    Kind(
        name="signature",
        scope="campaign",
        schema=SignatureSchema,
        model=Signature,
        parent="visit",
        fixed=("party", "covers", "digest", "strokes"),
        seals_parent=True,
    )
)
registry.add(
    Kind(
        name="frozen_record",
        scope="campaign",
        schema=FrozenRecordSchema,
        model=FrozenRecord,
        parent="visit",
        fixed=("digest", "content"),
        seals_parent=True,
    )
)
registry.add(
    Kind(
        name="visit_merge",
        scope="campaign",
        schema=VisitMergeSchema,
        model=VisitMerge,
        parent="campaign",
        fixed=("kept", "merged", "first", "last", "records"),
        server_fields=frozenset({"first", "last", "records"}),
    )
)
